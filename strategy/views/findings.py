"""The findings page: what is missing or doubtful in the content, by rule."""

from typing import Any

from django.core.paginator import EmptyPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.generic import View

from ..core import params
from ..core.filters import notional_of
from ..core.findings import get, report
from .base import bad_request


class FindingList(View):
    """All findings with their counts."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        try:
            params.check(request.GET, ("notional",), blank=True)
        except params.BadParametersError as error:
            return bad_request(request, error)
        context = {"results": report(notional_of(request)), "breadcrumbs": [("Strategy", "/"), ("Findings", "")]}
        return TemplateResponse(request, "generic/finding_list.html", context)


class FindingDetail(View):
    """One finding with the rows it concerns."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        try:
            finding = get(code)
        except KeyError:
            raise Http404(f"There is no finding '{code}'.") from None
        try:
            params.check(request.GET, ("notional", *params.PAGING), blank=True)
            rows: Any = finding.rows(notional_of(request))
            paginator = Paginator(rows, params.page_size(request.GET))
            page = paginator.page(params.page_number(request.GET))
        except params.BadParametersError as error:
            return bad_request(request, error)
        except EmptyPage:
            raise Http404(f"This finding has {paginator.num_pages} pages and no more.") from None
        context = {
            "finding": finding,
            "page_obj": page,
            "querystring": "".join(f"{name}={value}&" for name, value in request.GET.items() if name != "page"),
            "breadcrumbs": [("Strategy", "/"), ("Findings", "/findings/"), (finding.title, "")],
        }
        return TemplateResponse(request, "generic/finding_detail.html", context)
