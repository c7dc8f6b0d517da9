"""The page about the data."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from strategy.core import params
from strategy.core.params import check_params
from strategy.views import bad_request_page


def about(request: HttpRequest) -> HttpResponse:
    """How the content was compiled and how sure it is."""
    try:
        check_params(request.GET, (), blank=False)
    except params.BadParametersError as error:
        return bad_request_page(request, error)
    return TemplateResponse(request, "about.html", {"breadcrumbs": [("Strategy", "/"), ("About the data", "")]})
