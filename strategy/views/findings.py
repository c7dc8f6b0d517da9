"""The findings page: what is missing or doubtful in the content, by rule."""

from typing import Any

from django.core.paginator import EmptyPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.generic import View

from ..core import export, params
from ..core.filters import notional_of
from ..core.findings import FindingResult, get, no_such, report
from .base import bad_request, cited


class FindingList(View):
    """All findings with their counts."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, suffix: str = "") -> HttpResponseBase:
        try:
            params.check(request.GET, ("notional",), blank=True)
        except params.BadParametersError as error:
            return bad_request(request, error)
        results = report(notional_of(request))
        if suffix:
            return export.download(self.sheet(results), suffix)
        context = {
            "results": results,
            "citation": cited(request, "Findings"),
            "downloads": export.links(request.path, request.GET.urlencode()),
            "breadcrumbs": [("Strategy", "/"), ("Findings", "")],
        }
        return TemplateResponse(request, "generic/finding_list.html", context)

    def sheet(self, results: list[FindingResult]) -> export.Sheet:
        return export.Sheet(
            "findings",
            ("id", "severity", "title", "count", "why", "web_url"),
            (
                (
                    one.finding.id,
                    one.finding.severity.value,
                    one.finding.title,
                    one.count,
                    one.finding.why,
                    self.request.build_absolute_uri(reverse("finding-detail", args=[one.finding.id])),
                )
                for one in results
            ),
        )


class FindingDetail(View):
    """One finding with the rows it concerns."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        try:
            finding = get(code)
        except KeyError:
            raise Http404(no_such(code)) from None
        try:
            params.check(request.GET, ("notional", *params.PAGING), blank=True)
            rows: Any = finding.rows(notional_of(request))
            paginator = Paginator(rows, params.page_size(request.GET))
            page = paginator.page(params.page_number(request.GET))
        except params.BadParametersError as error:
            return bad_request(request, error)
        except EmptyPage:
            raise Http404(params.beyond(paginator.num_pages)) from None
        context = {
            "finding": finding,
            "page_obj": page,
            "querystring": "".join(f"{name}={value}&" for name, value in request.GET.items() if name != "page"),
            "breadcrumbs": [("Strategy", "/"), ("Findings", "/findings/"), (finding.title, "")],
        }
        return TemplateResponse(request, "generic/finding_detail.html", context)
