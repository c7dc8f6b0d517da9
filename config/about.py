"""The page about the data."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from strategy.core import params
from strategy.core.params import check
from strategy.views import bad_request


def about(request: HttpRequest) -> HttpResponse:
    """How the content was compiled and how sure it is."""
    try:
        check(request.GET, (), blank=False)
    except params.BadParametersError as error:
        return bad_request(request, error)
    return TemplateResponse(request, "about.html", {"breadcrumbs": [("Strategy", "/"), ("About the data", "")]})
