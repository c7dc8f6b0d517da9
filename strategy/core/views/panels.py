"""Parts of a record's page that are no table: drawn by templates of their own, or as plain links beside it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet


@dataclass(frozen=True)
class TemplatePanel:
    """What a table cannot say: read once from the record, drawn by up to three templates.

    ``top`` stands over the columns of the page, ``main`` before the tables, ``side`` beside them; each template has
    what ``read`` returned as ``drawn``. Its ``rows``, if it has any, are records whose citations the page reads with
    its own, for the filter ``citations_of``.
    """

    read: Callable[[Any], Any]
    top: str = ""
    main: str = ""
    side: str = ""


@dataclass(frozen=True)
class LinksPanel:
    """Records that bear on the page's own and are only linked beside it.

    At most ``most`` are shown; ``all_at`` gives the address of all. ``note`` says how they hang together with the
    record; ``empty`` is said when there are none, and without it nothing is shown then.
    """

    title: str
    rows: Callable[[Any], QuerySet]
    note: str = ""
    empty: str = ""
    all_at: Callable[[Any], str] | None = None
    most: int = 8
