"""The page that lists the records of one model: filtered, ordered, in pages, and as files."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from .. import exports, params
from ..filters import MAX_COUNTED, RecordFilter, build_facets, requested_notional, url_with_params
from ..models import CodedModel, Notional
from . import list_options
from .pages import StrictListView, page_citation
from .panels import PanelsMixin
from .tables import Column, TableRow, column_cell


def plural_title(model: type[models.Model]) -> str:
    """The plural name of a model, as a heading."""
    name = str(model._meta.verbose_name_plural)
    return name[:1].upper() + name[1:]


class RecordList(PanelsMixin, StrictListView):
    """Filtered, searched, ordered pages of one model's records.

    ``facets`` are the filters whose values stand above the list as links with their counts. ``file_columns`` are the
    columns of a file, where a file needs other ones than the page. ``heads`` are the titles and paths of the columns
    that a template of the page's own draws; a page without ``has_column_choice`` draws no table.

    ``view_parameters`` change how the page shows the rows, not which rows there are: a file does not take them.
    """

    # The filters know which names there are.
    query_params = None
    view_parameters: ClassVar[tuple[str, ...]] = ()
    filterset_class: ClassVar[type[RecordFilter]]
    columns: ClassVar[tuple[str | Column, ...]] = ()
    file_columns: ClassVar[tuple[str | Column, ...]] = ()
    heads: ClassVar[tuple[tuple[str, str], ...]] = ()
    has_column_choice: ClassVar[bool] = True
    facets: ClassVar[tuple[str, ...]] = ()
    intro: ClassVar[str] = ""
    model: type[CodedModel]
    filterset: RecordFilter

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if hasattr(cls, "filterset_class"):
            cls.model = cls.filterset_class._meta.model

    def get_queryset(self) -> Any:
        """The rows that the filters choose from, with what the list shows of each."""
        return self.model._default_manager.for_list()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]  # files are streamed
        suffix, columns = kwargs.get("suffix", ""), request.GET.getlist("columns")
        if len(columns) > 1:
            # A form of boxes names each column by itself; an address has one value.
            return redirect(url_with_params(request.path, request.GET, columns=",".join(columns)))
        self.filterset = self.filterset_class(request.GET, self.get_queryset(), request=request)
        # A file has every row that matches, so it has no pages.
        own = ("columns",) if suffix or self.has_column_choice else ()
        extra = own if suffix else (*params.PAGING, *own, *self.view_parameters)
        rows: Any = self.filterset.checked(extra, blank=True)
        # Refused before a row is read.
        list_options.chosen_columns(request.GET, self.model, self.columns, self.file_columns)
        if suffix:
            return exports.download(self.sheet(rows), suffix)
        self.object_list = rows
        return self.render_to_response(self.get_context_data())

    def render_problems(self, error: params.BadParametersError, status: int) -> HttpResponseBase:
        """The list's own page, with the problems in place of rows."""
        return self.render_to_response(self.base_context() | {"problems": error.errors}, status=status)

    def base_context(self) -> dict[str, Any]:
        """What the page shows whether or not there are rows to show."""
        title = plural_title(self.model)
        return {
            "title": title,
            "intro": self.intro,
            "page_obj": None,
            "lines": [],
            "facets": [],
            "problems": None,
            "downloads": [],
            "way_on": reverse(f"{self.model._meta.model_name}-list"),
            "citation": page_citation(self.request, title),
            "breadcrumbs": [("Strategy", "/"), (title, "")],
            "notional": requested_notional(self.request) == Notional.ONLY,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        page, query = context["page_obj"], self.request.GET
        columns = list_options.chosen_columns(query, self.model, self.columns, self.file_columns)
        titles = [column.title(self.model) for column in columns]
        orders = self.filterset.base_filters["ordering"].names
        heads = [("Record", self.model.label_field), *zip(titles, (column.path for column in columns), strict=True)]
        if self.heads and not query.get("columns"):
            heads = list(self.heads)
        # A list without rows has nothing to narrow or to download.
        names = self.facets if page else ()
        facets = build_facets(self.filterset, names, query, counted=page.paginator.count <= MAX_COUNTED)
        query_of_file = self.querystring("page_size", *self.view_parameters)
        return (
            self.base_context()
            | context
            | {
                "filterset": self.filterset,
                "headers": list_options.sortable_headers(query, heads, orders),
                "column_choices": list_options.column_choices(query, self.model, self.columns, self.file_columns),
                "kept_by_columns": [
                    (name, value) for name, value in query.items() if value and name not in ("columns", "page")
                ],
                "columns_chosen": bool(query.get("columns")),
                "page_sizes": list_options.page_size_choices(query, page.paginator.per_page, page.paginator.count),
                "lines": [
                    TableRow(row, [(t, column_cell(row, c)) for t, c in zip(titles, columns, strict=True)], [])
                    for row in page
                ],
                "querystring": self.querystring(),
                "facets": facets,
                "faceted": [facet.name for facet in facets],
                "downloads": exports.download_links(self.request.path, query_of_file) if page else [],
                "kept": [
                    (name, query[name]) for name in ("columns", "page_size", *self.view_parameters) if query.get(name)
                ],
            }
        )

    def get_template_names(self) -> list[str]:
        meta = self.model._meta
        return [f"{meta.app_label}/{meta.model_name}_list.html", "generic/list.html"]

    def sheet(self, rows: models.QuerySet) -> exports.Sheet:
        """What the page shows of each row, with the row's code and address."""
        columns = list_options.chosen_columns(
            self.request.GET, self.model, self.file_columns or self.columns, self.columns
        )
        titles = [exports.column_name(column.title(self.model)) for column in columns]
        return exports.Sheet(
            str(self.model._meta.verbose_name_plural).replace(" ", "-"),
            ["code", "name", *titles, "notional", "web_url"],
            (
                [
                    row.code,
                    row.label,
                    *(column_cell(row, column).in_file for column in columns),
                    row.notional,
                    self.request.build_absolute_uri(row.get_absolute_url()),
                ]
                for row in rows.iterator(chunk_size=1000)
            ),
        )

    def querystring(self, *without: str) -> str:
        """The parameters in force as ``a=1&``, without the page and those named, for links to other pages."""
        query = self.request.GET.copy()
        for name in ("page", *without):
            query.pop(name, None)
        text = query.urlencode()
        return f"{text}&" if text else ""
