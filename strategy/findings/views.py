"""The findings pages: what is missing or doubtful in the content, by rule."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.http import Http404, HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.generic import TemplateView

from ..core import exports, params
from ..core.filters import requested_notional, url_with_params
from ..core.models import Notional
from ..core.views import NoSuchPageError, StrictListView, page_citation
from ..models import SearchEntry
from ..reader_strategy import InStrategyMixin
from .registry import FindingResult, Severity, get_finding, no_such_finding, run_findings
from .sheet import findings_sheet


@dataclass(frozen=True)
class SeverityGroup:
    """The findings of one severity: those with records, the most records first, and those without."""

    severity: Severity
    with_records: list[FindingResult]
    without_records: list[FindingResult]

    @property
    def rules(self) -> int:
        return len(self.with_records) + len(self.without_records)

    @property
    def records(self) -> int:
        """How many records are concerned; one that several findings concern counts with each."""
        return sum(result.count for result in self.with_records)


def by_severity(results: list[FindingResult]) -> list[SeverityGroup]:
    """Most severe first, a severity without findings included."""
    groups = []
    for severity in Severity:
        same = [result for result in results if result.finding.severity == severity]
        with_records = sorted((result for result in same if result.count), key=lambda result: -result.count)
        groups.append(SeverityGroup(severity, with_records, [result for result in same if not result.count]))
    return groups


class FindingList(InStrategyMixin, TemplateView):
    """``/findings/``: all findings with their counts."""

    template_name = "strategy/findings/list.html"
    query_params = ("strategy", "notional")
    narrows = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]  # files are streamed
        results = run_findings(requested_notional(request))
        if suffix := kwargs.get("suffix"):
            return exports.download(findings_sheet(request, results), suffix)
        return self.render_to_response(self.get_context_data(results=results))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        request = self.request
        return super().get_context_data(**kwargs) | {
            "groups": by_severity(kwargs["results"]),
            "query": _query(request),
            "notional": requested_notional(request) == Notional.ONLY,
            "citation": page_citation(request, "Findings"),
            "downloads": exports.download_links(request.path, request.GET.urlencode()),
            "breadcrumbs": [("Strategy", "/"), ("Findings", "")],
        }


class FindingDetail(InStrategyMixin, StrictListView):
    """``/findings/<code>/``: one finding with the rows it concerns."""

    template_name = "strategy/findings/detail.html"
    query_params = ("strategy", "notional", *params.PAGING)
    narrows = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            self.finding = get_finding(kwargs["code"])
        except KeyError:
            raise Http404(no_such_finding(kwargs["code"])) from None
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        return self.finding.rows(requested_notional(self.request))

    def paginate_queryset(self, queryset: Any, page_size: int) -> tuple[Any, Any, Any, bool]:
        try:
            return super().paginate_queryset(queryset, page_size)
        except NoSuchPageError as error:
            raise Http404(error.message) from None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        request, finding, page = self.request, self.finding, context["page_obj"]
        return context | {
            "finding": finding,
            "lines": [(row, _kind(row)) for row in page],
            "detailed": any(getattr(row, "detail", "") for row in page),
            "query": _query(request),
            "citation": page_citation(request, f"Finding: {finding.title}"),
            "downloads": [("JSON", _api_url(finding.id, request.GET))],
            "notional": requested_notional(request) == Notional.ONLY,
            "querystring": "".join(f"{name}={value}&" for name, value in request.GET.items() if name != "page"),
            "breadcrumbs": [("Strategy", "/"), ("Findings", "/findings/"), (finding.title, "")],
        }


def _kind(row: Any) -> str:
    """What a record is, in words; a row of the search index stands for a record of its kind."""
    model = apps.get_model(row.kind) if isinstance(row, SearchEntry) else type(row)
    return str(model._meta.verbose_name).capitalize()


def _api_url(finding_id: str, query: QueryDict) -> str:
    shared = params.select_params(query, ("notional", *params.PAGING))
    return url_with_params(reverse("api:finding-detail", args=[finding_id]), shared)


def _query(request: HttpRequest) -> str:
    """The strategy a reader is in and whether training content is asked for, for the addresses of other findings."""
    return url_with_params("", params.select_params(request.GET, ("strategy", "notional"))).rstrip("?")
