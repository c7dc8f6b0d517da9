"""The list page and the page of one record: every model's views are declarations on top of these two."""

import datetime
from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from django.conf import settings
from django.core.paginator import EmptyPage, Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.generic import View

from ..core import exports, params
from ..core.filters import MOST_COUNTED, RecordFilter, build_facets, requested_notional
from ..core.models import CodedModel, Notional
from ..core.views import (
    Column,
    LinksPanel,
    TablePanel,
    TableRow,
    TemplatePanel,
    as_columns,
    column_cell,
    field_cell,
    list_url,
)
from ..editions import document_of, earlier
from ..evidence import Evidence
from ..models import Strategy
from ..related_links import linked


def bad_request_page(
    request: HttpRequest, error: params.BadParametersError, status: int = 400, **context: Any
) -> TemplateResponse:
    """The page that says which parameter was refused, and shows no rows; 404 for a page beyond the last."""
    context |= {"problems": error.errors, "way_on": request.path}
    return TemplateResponse(request, "generic/bad_request.html", context, status=status)


def page_citation(
    request: HttpRequest, title: str, document: str = "", changed: datetime.datetime | None = None
) -> str:
    """A page as a reader cites it: what, of which document, where it stands and how it stood when."""
    stands = f"as changed {changed:%Y-%m-%d}" if changed else ""
    address = request.build_absolute_uri()
    return f"{', '.join(filter(None, (title, document, settings.SITE_NAME, address, stands)))}."


def plural_title(model: type[models.Model]) -> str:
    name = str(model._meta.verbose_name_plural)
    return name[:1].upper() + name[1:]


class RecordList(View):
    """Filtered, searched, ordered pages of one model's records.

    ``facets`` are the filters whose values stand above the list as links with their counts. ``file_columns`` are the
    columns of a file, where a file needs other ones than the page.

    ``view_parameters`` change how the page shows the rows, not which rows there are: a file does not take them.
    """

    view_parameters: ClassVar[tuple[str, ...]] = ()
    filterset_class: ClassVar[type[RecordFilter]]
    columns: ClassVar[tuple[str | Column, ...]] = ()
    file_columns: ClassVar[tuple[str | Column, ...]] = ()
    facets: ClassVar[tuple[str, ...]] = ()
    intro: ClassVar[str] = ""
    http_method_names = ["get", "head", "options"]

    @property
    def model(self) -> type[CodedModel]:
        return self.filterset_class._meta.model

    def queryset(self) -> Any:
        """What the filters choose from, with what a row shows."""
        return self.model._default_manager.for_list()

    def get(self, request: HttpRequest, suffix: str = "") -> HttpResponseBase:
        filterset = self.filterset_class(request.GET, self.queryset(), request=request)
        try:
            # A file has every row that matches, so it has no pages.
            rows = filterset.checked(() if suffix else (*params.PAGING, *self.view_parameters), blank=True)
            if suffix:
                return exports.download(self.sheet(rows), suffix)
            paginator = Paginator(rows, params.page_size_param(request.GET))
            page = paginator.page(params.page_number_param(request.GET))
        except params.BadParametersError as error:
            return self.answer(filterset, problems=error.errors, status=400)
        except EmptyPage:
            problem = {"page": [params.no_such_page(paginator.num_pages)]}
            return self.answer(filterset, problems=problem, status=404)
        return self.answer(filterset, page=page)

    def sheet(self, rows: models.QuerySet) -> exports.Sheet:
        """What the page shows of each row, with the row's code and address."""
        wanted = as_columns(self.file_columns or self.columns)
        titles = [exports.column_name(column.title(self.model)) for column in wanted]
        return exports.Sheet(
            str(self.model._meta.verbose_name_plural).replace(" ", "-"),
            ["code", "name", *titles, "notional", "web_url"],
            (
                [
                    row.code,
                    row.label,
                    *(column_cell(row, column).text for column in wanted),
                    row.notional,
                    self.request.build_absolute_uri(row.get_absolute_url()),
                ]
                for row in rows.iterator(chunk_size=1000)
            ),
        )

    def answer(self, filterset, *, page=None, problems=None, status=200) -> TemplateResponse:
        meta, wanted = self.model._meta, as_columns(self.columns)
        few = page is not None and page.paginator.count <= MOST_COUNTED
        found = build_facets(filterset, self.facets, self.request.GET, counted=few) if page else []
        context = {
            "title": plural_title(self.model),
            "intro": self.intro,
            "filterset": filterset,
            "headers": [column.title(self.model) for column in wanted],
            "lines": [
                TableRow(row, [(c.title(self.model), column_cell(row, c)) for c in wanted], []) for row in page or ()
            ],
            "page_obj": page,
            "querystring": self._querystring(),
            "facets": found,
            "faceted": [facet.name for facet in found],
            "problems": problems,
            "way_on": reverse(f"{meta.model_name}-list"),
            "downloads": self._downloads() if page else [],
            "citation": page_citation(self.request, plural_title(self.model)),
            "breadcrumbs": [("Strategy", "/"), (plural_title(self.model), "")],
            "notional": requested_notional(self.request) == Notional.ONLY,
        }
        names = [f"{meta.app_label}/{meta.model_name}_list.html", "generic/list.html"]
        return TemplateResponse(self.request, names, context, status=status)

    def _downloads(self) -> list[tuple[str, str]]:
        return exports.download_links(self.request.path, self._querystring("page_size", *self.view_parameters))

    def _querystring(self, *without: str) -> str:
        """The filters in force as ``a=1&``, without the page, for links to other pages."""
        kept = self.request.GET.copy()
        for name in ("page", *without):
            kept.pop(name, None)
        text = kept.urlencode()
        return f"{text}&" if text else ""


class RecordDetail(View):
    """One record: its facts, its relations, and the evidence for each of them.

    ``statement`` is the field that says what the record is about: it leads the page. ``within`` is the field whose
    value the records before and after it share. ``lists`` are title and model name of related lists too long for the
    page: they are linked, filtered by this record.
    """

    model: ClassVar[type[CodedModel]]
    blocks: ClassVar[tuple[TemplatePanel, ...]] = ()
    sections: ClassVar[tuple[TablePanel, ...]] = ()
    links: ClassVar[tuple[LinksPanel, ...]] = ()
    within: ClassVar[str] = ""
    statement: ClassVar[str] = ""
    lists: ClassVar[tuple[tuple[str, str], ...]] = ()
    # Where the record is shown amid what it serves and what threatens it; set by the app that can show that.
    trace_url: ClassVar[Callable[[CodedModel], str] | None] = None
    http_method_names = ["get", "head", "options"]

    @classmethod
    def contribute(cls, *parts: TemplatePanel | TablePanel | LinksPanel, first: bool = False) -> None:
        """Adds what an app above this one brings, after what is there or before it."""
        for kind, name in ((TemplatePanel, "blocks"), (TablePanel, "sections"), (LinksPanel, "links")):
            new, held = tuple(part for part in parts if isinstance(part, kind)), getattr(cls, name)
            setattr(cls, name, (*new, *held) if first else (*held, *new))

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        try:
            params.check_params(request.GET, (), blank=False)
        except params.BadParametersError as error:
            return bad_request_page(request, error)
        # PostgreSQL refuses to be asked for a NUL.
        record = self.queryset().filter(code=code).first() if "\x00" not in code else None
        if record is None:
            raise Http404(f"There is no {self.model._meta.verbose_name} '{params.printable(code)}'.")
        meta = self.model._meta
        names = [f"{meta.app_label}/{meta.model_name}_detail.html", "generic/detail.html"]
        context = self.context(record)
        trace_url = type(self).trace_url
        context["trace_url"] = trace_url(record) if trace_url else ""
        context["edition"] = earlier(record)
        context["citation"] = page_citation(request, str(record), _named(document_of(record)), record.updated)
        context["downloads"] = [("JSON", reverse(f"api:{meta.model_name}-detail", kwargs={"code": code}))]
        return TemplateResponse(request, names, context)

    def queryset(self) -> Any:
        """All records, training content included, with what the head of the page shows."""
        return self.model._default_manager.visible(Notional.INCLUDE).for_detail()

    def context(self, record: CodedModel) -> dict[str, Any]:
        blocks = [(block, block.read(record)) for block in self.blocks]
        tables = [table for section in self.sections if (table := section.of(record)).rows or section.empty]
        shown_rows = [*(table.rows for table in tables), *(getattr(drawn, "rows", []) for _, drawn in blocks)]
        evidence = Evidence(record, [row for rows in shown_rows for row in rows])
        for table in tables:
            table.fill(partial(evidence.of_row, relation=table.section.name))
        model = self.model
        return {
            "record": record,
            "kind": str(model._meta.verbose_name).capitalize(),
            "statement": getattr(record, self.statement) if self.statement else "",
            "statement_basis": _basis_of(record, self.statement)[0] if self.statement else "",
            "statement_citations": evidence.of(self.statement).citations if self.statement else [],
            "facts": list(self._facts(record, evidence)),
            "blocks": blocks,
            "tables": tables,
            "linked": linked(record, self.links),
            "evidence": evidence,
            "beside": self.model._default_manager.beside(record, self.within) if self.within else (),
            "breadcrumbs": [
                ("Strategy", "/"),
                (plural_title(model), reverse(f"{model._meta.model_name}-list")),
                (record.code, ""),
            ],
            "notional": record.notional,
            "lists": [
                (title, list_url(record, name, **{str(model._meta.model_name): record.code}))
                for title, name in self.lists
            ],
        }

    def _facts(self, record: CodedModel, evidence):
        """The record's own fields that say something, or of which it is known that nothing is said."""
        for field in record._meta.concrete_fields:
            name = field.name
            if name in (self.statement, *OWN_PLACE) or not field.editable or name.endswith(ATTENDANTS):
                continue
            known = evidence.of(name)
            value = field_cell(record, name)
            if name == record.label_field and not known:
                continue
            if (value.kind == "empty" or (name in SAID_IF_TRUE and not getattr(record, name))) and not known:
                continue
            basis, reason = _basis_of(record, name) if value.kind != "empty" else ("", "")
            yield {
                "label": str(field.verbose_name)[:1].upper() + str(field.verbose_name)[1:],
                "cell": value,
                "basis": basis,
                "reason": reason,
                "evidence": known,
            }


def _named(document: Strategy | None) -> str:
    """Whose document, which, and of which edition."""
    if document is None:
        return ""
    return ", ".join(filter(None, (document.publisher, document.title, document.edition)))


# Shown in the head of the page or beside the field they belong to, not as facts of their own.
OWN_PLACE = ("id", "code", "notional", "basis", "note", "content_type", "object_id")
# Being none of these goes without saying.
SAID_IF_TRUE = ("collective", "before_publication", "corroborates", "principal")
ATTENDANTS = ("_basis", "_reason", "_confidence")


def _basis_of(record: CodedModel, name: str) -> tuple[str, str]:
    """Basis and reason of one field, where the model keeps them: ``<field>_basis`` or ``<first word>_basis``."""
    for stem in (name, name.partition("_")[0]):
        if hasattr(record, f"{stem}_basis"):
            return getattr(record, f"{stem}_basis"), getattr(record, f"{stem}_reason", "")
    return "", ""
