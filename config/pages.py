"""The page about the data, and the page for what is not there."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode

from strategy.core import params
from strategy.core.fulltext import SearchError
from strategy.core.params import check
from strategy.models import SearchEntry
from strategy.views import bad_request
from strategy.views.search import result


def about(request: HttpRequest) -> HttpResponse:
    """How the content was compiled and how sure it is."""
    try:
        check(request.GET, (), blank=False)
    except params.BadParametersError as error:
        return bad_request(request, error)
    return TemplateResponse(request, "about.html", {"breadcrumbs": [("Strategy", "/"), ("About the data", "")]})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 with the records nearest to what was asked for."""
    asked = request.path.rstrip("/").rpartition("/")[2][: params.MAX_VALUE]
    words = asked.replace("-", " ")[:100]
    message = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    try:
        hits = SearchEntry.objects.visible().hits(words, limit=5)
    except SearchError:
        hits = []
    context = {
        "message": message or "There is no page at this address.",
        "suggestions": [result(hit) for hit in hits],
        "search_url": f"{reverse('search')}?{urlencode({'q': words})}",
    }
    return TemplateResponse(request, "404.html", context, status=404)
