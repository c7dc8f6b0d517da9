"""Panels: the parts that a page is made of, and the one way for an app to add some to a page of an app below it.

A page declares its own as ``panels``. What other apps add stands in their ``page_extensions.py``, which is imported
when the site starts. Two panels of one title on one page are refused then.
"""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar

from django.core.exceptions import ImproperlyConfigured
from django.db.models import QuerySet


def _caller() -> str:
    """File and line of the code that makes a panel: the caller of the ``__init__`` that calls this."""
    frame = sys._getframe(2)
    return f"{frame.f_code.co_filename}:{frame.f_lineno}"


@dataclass(frozen=True)
class Panel:
    """One part of a page. ``place`` is the file and line where it is written, for messages to developers."""

    title: str
    place: str = field(default_factory=_caller, kw_only=True, compare=False, repr=False)


@dataclass(frozen=True)
class TemplatePanel(Panel):
    """What a table cannot show: read once from the page's record, drawn by up to three templates.

    ``top`` stands over the columns of the page, ``main`` before the tables, ``side`` beside them; each template has
    what ``read`` returned as ``drawn``, and writes its own heading. Its ``rows``, if it has any, are records whose
    citations the page reads with its own, for ``evidence.of_row(row)``.
    """

    read: Callable[[Any], Any]
    top: str = ""
    main: str = ""
    side: str = ""


@dataclass(frozen=True)
class LinksPanel(Panel):
    """Records that bear on the page's own and are only linked beside it.

    At most ``limit`` are shown; ``all_url`` gives the address of all. ``note`` says how they hang together with the
    record; ``empty`` is said when there are none, and without it nothing is shown then.
    """

    rows: Callable[[Any], QuerySet]
    note: str = ""
    empty: str = ""
    all_url: Callable[[Any], str] | None = None
    limit: int = 8


@dataclass(frozen=True)
class ListLink(Panel):
    """A list that is too long for the page: linked by its ``title``, filtered by the page's record.

    ``name`` is the model name of the list's records.
    """

    name: str


@dataclass(frozen=True)
class PageLink(Panel):
    """A link from the record to another page about it, by its ``title``; ``note`` says in a sentence what is there.

    ``url`` gives the address for a record, ``icon`` is the name of a picture.
    """

    url: Callable[[Any], str]
    note: str
    icon: str


P = TypeVar("P", bound=Panel)


class PanelsMixin:
    """Mixin of a page that is made of panels: its own, and those that apps above it add."""

    panels: ClassVar[tuple[Panel, ...]] = ()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        _refuse_same_titles(cls, cls.panels)

    @classmethod
    def panels_of(cls, kind: type[P]) -> list[P]:
        """The page's panels of one kind, in their order."""
        return [panel for panel in cls.panels if isinstance(panel, kind)]


def add_panels(page: type[PanelsMixin], *panels: Panel, first: bool = False) -> None:
    """Adds panels to a page of an app below, after those that are there or, with ``first``, before them.

    For ``page_extensions.py``. Raises ImproperlyConfigured if the page has a panel of the same title already.
    """
    together = (*panels, *page.panels) if first else (*page.panels, *panels)
    _refuse_same_titles(page, together)
    page.panels = together


def _refuse_same_titles(page: type[PanelsMixin], panels: Iterable[Panel]) -> None:
    by_title: dict[str, Panel] = {}
    for panel in panels:
        other = by_title.setdefault(panel.title, panel)
        if other is not panel:
            raise ImproperlyConfigured(
                f"{page.__name__} has two panels with the title '{panel.title}': {other.place} and {panel.place}."
            )
