"""The page ``/compare-offices/`` and its files."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode

from strategy.core import exports, params
from strategy.core.filters import requested_notional
from strategy.core.models import Notional
from strategy.core.views import StrictPage, page_citation
from strategy.models import Office

from .comparison import OfficeComparison, compare_offices

TITLE = "Two offices side by side"
COLUMNS = ("aspect", "office", "code", "name", "in_both")


class OfficeComparisonPage(StrictPage):
    """``/compare-offices/?a=&b=``: without both, the form alone."""

    query_params = ("a", "b", "notional")

    def get(self, request: HttpRequest, suffix: str = "") -> HttpResponseBase:
        params.choice_param(request.GET, "notional", Notional.values)
        notional = requested_notional(request)
        offices = {office.code: office for office in Office.objects.visible(notional).order_by("name")}
        first, second = (choose_office(request.GET, name, offices) for name in ("a", "b"))
        comparison = compare_offices(first, second) if first and second else None
        if suffix:
            return exports.download(exports.Sheet("offices-compared", COLUMNS, sheet_rows(comparison)), suffix)
        title = f"{first.code} and {second.code} side by side" if first and second else TITLE
        context = {
            "title": title,
            "offices": offices.values(),
            "first": first,
            "second": second,
            "comparison": comparison,
            "notional_query": notional if notional != Notional.EXCLUDE else "",
            "breadcrumbs": [("Strategy", "/"), ("Offices", reverse("office-list")), ("Side by side", "")],
            "notional": any(office.notional for office in (first, second) if office),
        }
        if comparison:
            context["citation"] = page_citation(request, title)
            context["downloads"] = exports.download_links(request.path, request.GET.urlencode())
        return TemplateResponse(request, "lines_of_effort/office_comparison/page.html", context)


def office_comparison_url(office: Office) -> str:
    """The address at which another office is chosen to stand beside ``office``."""
    query = {"a": office.code} | ({"notional": Notional.ONLY} if office.notional else {})
    return f"{reverse('compare-offices')}?{urlencode(query)}"


def choose_office(query: QueryDict, name: str, offices: dict[str, Office]) -> Office | None:
    """The office whose code a parameter has, None without one; raises BadParametersError for an unknown code."""
    code = query.get(name, "")
    if code and code not in offices:
        raise params.unknown_code_error(name, "office", code, offices)
    return offices.get(code)


def sheet_rows(comparison: OfficeComparison | None) -> Iterator[list[Any]]:
    """The rows of COLUMNS; none before two offices are chosen."""
    if comparison is None:
        return
    for aspect in comparison.aspects:
        for office, records in ((comparison.first, aspect.first), (comparison.second, aspect.second)):
            for record in records:
                yield [aspect.title, office.code, record.code, record.label, record.code in aspect.shared]
