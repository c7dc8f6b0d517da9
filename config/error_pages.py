"""The pages for what went wrong."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import urlencode

from strategy.core import params
from strategy.core.text import SearchError
from strategy.models import SearchEntry
from strategy.search import suggestions
from strategy.search.results import SearchResult, entry_result, hit_result

NEAR = 5


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 for what never reached a page of ours, such as a host name the site does not answer to."""
    return TemplateResponse(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    """403 with what is needed. Also the answer to a form whose token is missing, which Django gives a ``reason``."""
    if reason:
        message = "This form was not sent from a page of this site, or its page was left open too long."
    else:
        message = str(exception or "") or "This needs a permission that you do not have."
    return TemplateResponse(request, "403.html", {"message": message, "form": bool(reason)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 with the records nearest to what was asked for."""
    asked = request.path.rstrip("/").rpartition("/")[2][: params.MAX_VALUE]
    words = asked.replace("-", " ")[:100]
    message = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    context = {
        "message": message or "There is no page at this address.",
        "suggestions": near(asked, words),
        "search_url": f"{reverse('search')}?{urlencode({'q': words})}",
    }
    return TemplateResponse(request, "404.html", context, status=404)


def near(asked: str, words: str) -> list[SearchResult]:
    """Records with the words of the address, else those with names most like it."""
    entries = SearchEntry.objects.visible()
    try:
        hits = entries.hits(words, limit=NEAR)
    except SearchError:
        return []
    return [hit_result(hit) for hit in hits] or [
        entry_result(entry) for entry in suggestions.nearest(asked, entries, NEAR)
    ]


def server_error(status: int, detail: str) -> HttpResponse:
    """500 or 503, which ask nothing of the database, and of the static files only if they can be found."""
    try:
        stylesheet = static("strategy/site.css")
    except ValueError:
        stylesheet = ""
    site = {"name": settings.SITE_NAME, "marking": settings.MARKING}
    context = {"site": site, "stylesheet": stylesheet, "detail": detail}
    return HttpResponse(render_to_string("500.html", context), status=status)
