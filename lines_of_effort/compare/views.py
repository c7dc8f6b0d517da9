"""The page ``/compare/`` and its files: two strategies, or two editions of one, side by side."""

from typing import Any

from django.core.paginator import EmptyPage, Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.http import urlencode

from strategy.core import exports, params
from strategy.core.models import Notional
from strategy.core.views import StrictPage, bad_request_page, page_citation

from .comparison import ANY_CHANGE, COMPARED_KINDS, Change, Comparison, group_by_kind
from .request import CompareParams
from .sheet import compare_sheet

PER_PAGE = 100


class ComparePage(StrictPage):
    """``/compare/?a=&b=``: ``a`` is read as the older one; ``kind`` and ``change`` filter the records."""

    # ``CompareParams`` checks the names.
    query_params = None

    def get(self, request: HttpRequest, suffix: str = "") -> HttpResponseBase:
        compare_params = CompareParams.from_request(request, () if suffix else ("page",))
        comparison = compare_params.compare()
        page_number = params.page_number_param(request.GET)
        kind, change = compare_params.kind, compare_params.change
        differences = comparison.select(kind, change) if comparison else []
        if suffix:
            return exports.download(compare_sheet(request, differences), suffix)
        paginator = Paginator(differences, PER_PAGE)
        try:
            page = paginator.page(page_number)
        except EmptyPage:
            problem = {"page": [f"There are {paginator.num_pages} pages and no more."]}
            return bad_request_page(request, params.BadParametersError(problem), status=404)
        notional = compare_params.notional
        context = {
            "documents": compare_params.documents,
            "comparison": comparison,
            "kind": kind,
            "change": change,
            "page_obj": page,
            "groups": group_by_kind(page.object_list),
            "notional_query": notional if notional != Notional.EXCLUDE else "",
            "notional": comparison is not None and (comparison.old.notional or comparison.new.notional),
            "breadcrumbs": [("Strategy", "/"), ("Compare", "")],
            "querystring": "",
        }
        if comparison:
            context |= self.comparison_context(comparison, compare_params)
        return TemplateResponse(request, "lines_of_effort/compare/page.html", context)

    def comparison_context(self, comparison: Comparison, compare_params: CompareParams) -> dict[str, Any]:
        """What stands around the records: counts that are filters, the offices concerned, and the page's tools."""
        old, new = comparison.old, comparison.new
        kind, change = compare_params.kind, compare_params.change
        fixed = {"a": old.code, "b": new.code}
        if compare_params.notional != Notional.EXCLUDE:
            fixed["notional"] = compare_params.notional

        def link(**filters: str) -> str:
            return f"?{urlencode(fixed | {name: value for name, value in filters.items() if value})}"

        change_counts, all_kinds = comparison.count_changes(kind), comparison.select(change=change)
        change_links = [
            ("Everything", len(comparison.select(kind)), link(kind=kind), not change),
            (
                "Only changes",
                len(comparison.select(kind, ANY_CHANGE)),
                link(kind=kind, change=ANY_CHANGE),
                change == ANY_CHANGE,
            ),
        ]
        for option in Change:
            if change_counts[option] or change == option:
                url = link(kind=kind, change=option)
                change_links.append((option.label, change_counts[option], url, change == option))
        kind_links = [("All kinds", len(all_kinds), link(change=change), not kind)]
        for compared in COMPARED_KINDS:
            count = sum(difference.kind == compared for difference in all_kinds)
            if count or kind == compared.name:
                url = link(kind=compared.name, change=change)
                kind_links.append((compared.title, count, url, kind == compared.name))
        query = link(kind=kind, change=change)[1:]
        return {
            "change_links": change_links,
            "kind_links": kind_links,
            "offices": comparison.office_changes(),
            "swap": f"?{urlencode(fixed | {'a': new.code, 'b': old.code})}",
            "clear": link(),
            "querystring": f"{query}&",
            "downloads": exports.download_links(self.request.path, query),
            "citation": page_citation(self.request, f"{old} and {new} compared"),
        }
