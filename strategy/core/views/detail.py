"""The page of one record, as far as it takes no model but the record's own."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any, ClassVar

from django.db import models
from django.http import Http404
from django.urls import reverse
from django.views.generic import DetailView

from .. import params
from ..models import CodedModel, Notional
from ..snapshots import current_snapshot
from .list import plural_title
from .pages import StrictPage
from .panels import ListLink, PageLink, PanelsMixin, TemplatePanel
from .tables import Table, TablePanel
from .urls import list_url


def find_record(rows: Any, code: str) -> Any:
    """The record with this code among ``rows``, a queryset; raises Http404."""
    # PostgreSQL refuses to be asked for a NUL.
    record = rows.filter(code=code).first() if "\x00" not in code else None
    if record is None:
        raise Http404(f"There is no {rows.model._meta.verbose_name} '{params.printable(code)}'.")
    return record


class BaseRecordDetail(PanelsMixin, StrictPage, DetailView):
    """One record: its panels, the records beside it, and the way to it.

    ``statement`` is the field that says what the record is about: it leads the page. ``within`` is the field whose
    value the records before and after it share.
    """

    model: type[CodedModel]
    slug_field = slug_url_kwarg = "code"
    context_object_name = "record"
    within: ClassVar[str] = ""
    statement: ClassVar[str] = ""

    def get_queryset(self) -> Any:
        """All records, training content included, with what the head of the page shows."""
        return self.model._default_manager.visible(Notional.INCLUDE).for_detail()

    def get_object(self, queryset: Any = None) -> Any:
        code = self.kwargs["code"]
        try:
            # PostgreSQL refuses to be asked for a NUL.
            if "\x00" in code:
                raise Http404
            return super().get_object(queryset)
        except Http404:
            name = self.model._meta.verbose_name
            raise Http404(f"There is no {name} '{params.printable(code)}'.") from None

    def get_template_names(self) -> list[str]:
        return [*super().get_template_names(), "generic/detail.html"]

    @cached_property
    def drawn(self) -> list[tuple[TemplatePanel, Any]]:
        """Each template panel with what it has read from the record."""
        return [(panel, panel.read(self.object)) for panel in self.panels_of(TemplatePanel)]

    @cached_property
    def tables(self) -> dict[TablePanel, Table]:
        """The table of each table panel, those without rows included."""
        return {panel: panel.table(self.object) for panel in self.panels_of(TablePanel)}

    def shown_rows(self) -> Iterable[models.Model]:
        """Every row in a panel of the page."""
        for _, content in self.drawn:
            yield from getattr(content, "rows", [])
        for table in self.tables.values():
            yield from table.rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        model, record = self.model, self.object
        name = str(model._meta.model_name)
        return super().get_context_data(**kwargs) | {
            "kind": str(model._meta.verbose_name).capitalize(),
            "statement": getattr(record, self.statement) if self.statement else "",
            "blocks": self.drawn,
            "tables": [table for panel, table in self.tables.items() if table.rows or panel.empty],
            "beside": model._default_manager.previous_and_next(record, self.within) if self.within else (),
            "lists": [
                (link.title, list_url(record, link.name, **{name: record.code})) for link in self.panels_of(ListLink)
            ],
            "ways_on": [(link, link.url(record)) for link in self.panels_of(PageLink)],
            "downloads": [("JSON", reverse(f"api:{name}-detail", kwargs={"code": record.code}))],
            "breadcrumbs": [
                ("Strategy", "/"),
                (plural_title(model), reverse(f"{name}-list")),
                (record.code, ""),
            ],
            "notional": record.notional,
            "edit_url": self.edit_url(),
        }

    def edit_url(self) -> str:
        """The form of the record in the admin, for whoever may change it."""
        meta, user = self.model._meta, self.request.user
        if current_snapshot() is not None or not (
            user.is_staff and user.has_perm(f"{meta.app_label}.change_{meta.model_name}")
        ):
            return ""
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[self.object.pk])
