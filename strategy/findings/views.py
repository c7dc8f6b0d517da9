"""The findings page: what is missing or doubtful in the content, by rule."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.paginator import EmptyPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.generic import View

from ..core import exports, params
from ..core.filters import requested_notional
from ..core.models import Notional
from ..models import SearchEntry
from ..views.base import bad_request_page, page_citation
from .registry import FindingResult, Severity, get_finding, no_such, run_findings


@dataclass(frozen=True)
class Group:
    """The findings of one severity: those with records, the most records first, and those without."""

    severity: Severity
    found: list[FindingResult]
    none: list[FindingResult]

    @property
    def rules(self) -> int:
        return len(self.found) + len(self.none)

    @property
    def records(self) -> int:
        """How many records are concerned; one that several findings concern counts with each."""
        return sum(one.count for one in self.found)


def by_severity(results: list[FindingResult]) -> list[Group]:
    """Most severe first, a severity without findings included."""
    groups = []
    for severity in Severity:
        same = [one for one in results if one.finding.severity == severity]
        found = sorted((one for one in same if one.count), key=lambda one: -one.count)
        groups.append(Group(severity, found, [one for one in same if not one.count]))
    return groups


class FindingList(View):
    """All findings with their counts."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, suffix: str = "") -> HttpResponseBase:
        try:
            params.check_params(request.GET, ("notional",), blank=True)
        except params.BadParametersError as error:
            return bad_request_page(request, error)
        results = run_findings(requested_notional(request))
        if suffix:
            return exports.download(sheet(request, results), suffix)
        context = {
            "groups": by_severity(results),
            "query": _kept(request),
            "notional": requested_notional(request) == Notional.ONLY,
            "citation": page_citation(request, "Findings"),
            "downloads": exports.download_links(request.path, request.GET.urlencode()),
            "breadcrumbs": [("Strategy", "/"), ("Findings", "")],
        }
        return TemplateResponse(request, "generic/finding_list.html", context)


def sheet(request: HttpRequest, results: list[FindingResult]) -> exports.Sheet:
    """A row a finding."""
    rows = (
        (
            one.finding.id,
            one.finding.severity.value,
            one.finding.title,
            one.count,
            one.finding.why,
            request.build_absolute_uri(reverse("finding-detail", args=[one.finding.id])),
        )
        for one in results
    )
    return exports.Sheet("findings", ("id", "severity", "title", "count", "why", "web_url"), rows)


class FindingDetail(View):
    """One finding with the rows it concerns."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        try:
            finding = get_finding(code)
        except KeyError:
            raise Http404(no_such(code)) from None
        try:
            params.check_params(request.GET, ("notional", *params.PAGING), blank=True)
            rows: Any = finding.rows(requested_notional(request))
            paginator = Paginator(rows, params.page_size_param(request.GET))
            page = paginator.page(params.page_number_param(request.GET))
        except params.BadParametersError as error:
            return bad_request_page(request, error)
        except EmptyPage:
            raise Http404(params.no_such_page(paginator.num_pages)) from None
        context = {
            "finding": finding,
            "page_obj": page,
            "lines": [(row, _kind(row)) for row in page],
            "detailed": any(getattr(row, "detail", "") for row in page),
            "query": _kept(request),
            "citation": page_citation(request, f"Finding: {finding.title}"),
            "downloads": [("JSON", _api(finding.id, request.GET.urlencode()))],
            "notional": requested_notional(request) == Notional.ONLY,
            "querystring": "".join(f"{name}={value}&" for name, value in request.GET.items() if name != "page"),
            "breadcrumbs": [("Strategy", "/"), ("Findings", "/findings/"), (finding.title, "")],
        }
        return TemplateResponse(request, "generic/finding_detail.html", context)


def _kind(row: Any) -> str:
    """What a record is, in words; a row of the search index stands for a record of its kind."""
    model = apps.get_model(row.kind) if isinstance(row, SearchEntry) else type(row)
    return str(model._meta.verbose_name).capitalize()


def _api(finding_id: str, query: str) -> str:
    address = reverse("api:finding-detail", args=[finding_id])
    return f"{address}?{query}" if query else address


def _kept(request: HttpRequest) -> str:
    """Whether training content is asked for, as the other findings' addresses take it on."""
    asked = requested_notional(request)
    return "" if asked == Notional.EXCLUDE else f"?notional={asked}"
