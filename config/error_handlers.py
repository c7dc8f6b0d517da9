"""Error handlers: JSON in the API's one shape under ``/api/``, a page everywhere else."""

import re
import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost, SuspiciousOperation, TooManyFieldsSent
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import urlencode
from drf_standardized_errors.handler import ExceptionHandler
from rest_framework.exceptions import APIException, ParseError

from config.api_urls import router
from strategy.core import params
from strategy.core.folding import canonical_code
from strategy.core.models import Notional
from strategy.core.text import SearchError
from strategy.core.views import rooted
from strategy.models import SearchEntry
from strategy.search import suggestions
from strategy.search.results import SearchResult, entry_result, hit_result

API = "/api/"
# What stands before the path of a page of the past, until ``AsOfMiddleware`` has read it.
AS_OF = re.compile(r"^/as-of/[^/]*")
MAX_SUGGESTIONS = 5
RETRY_SECONDS = 5
DETAILS = {
    400: "The request is not understood.",
    403: "This is not allowed.",
    500: "Something went wrong. The error has been written to the log.",
    503: f"The database does not answer, or took too long. Try again in {RETRY_SECONDS} seconds.",
}
TITLES = {
    408: "Too slow",
    412: "Changed meanwhile",
    413: "Too large",
    429: "Too many requests",
    500: "Something went wrong",
}
CODES = {400: "bad_request", 403: "permission_denied", 404: "not_found", 500: "error", 503: "unavailable"}


def is_api(request: HttpRequest) -> bool:
    """Whether the address is the API's; its documentation is pages like any other."""
    path = AS_OF.sub("", request.path_info)
    return f"{path}/".startswith(API) and not path.startswith(f"{API}docs/")


def is_unavailable(error: BaseException | None) -> bool:
    """Whether the database is away, refuses, was stopped by a time limit, or is damaged: SQLite's only plain error."""
    return isinstance(error, (InterfaceError, OperationalError)) or type(error) is DatabaseError


def as_json(status: int, detail: str = "", code: str = "", *, attr: str | None = None) -> JsonResponse:
    """One error in the shape that the API's own views give; ``attr`` is the parameter that is at fault."""
    kind = "server_error" if status >= 500 else "validation_error" if attr else "client_error"
    error = {"code": code or CODES[status], "detail": detail or DETAILS[status], "attr": attr}
    return JsonResponse({"type": kind, "errors": [error]}, status=status)


# ---- Django's handlers ---------------------------------------------------------------------------------------------


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 for what never reached a view, such as a host name the site does not answer to."""
    host = "This site does not answer to the host name that the request gives."
    detail = host if isinstance(exception, DisallowedHost) else ""
    return as_json(400, detail) if is_api(request) else TemplateResponse(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return as_json(403) if is_api(request) else forbidden_page(request, str(exception))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return as_json(404, nothing_at(request.path_info)) if is_api(request) else not_found_page(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """503 while the database is away, or else 500; neither needs database, static files or the site's templates."""
    status = 503 if is_unavailable(sys.exc_info()[1]) else 500
    if is_api(request):
        response: HttpResponse = as_json(status)
    else:
        response = error_page(status, DETAILS[status])
    if status == 503:
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


def nothing_at(path: str) -> str:
    """The sentence for an address of the API that leads nowhere, with the resource that is perhaps meant."""
    resources = {prefix: f"{API}v1/{prefix}/" for prefix, _, _ in router.registry}
    resources |= {name: f"{API}{name}/" for name in ("schema", "docs", "mcp")}
    words = path.strip("/").split("/")[1:]
    close = next((near for word in words if (near := params.closest_match(word, resources))), "")
    near, listed = rooted(resources.get(close, "")), rooted(f"{API}v1/")
    hint = f"Did you mean {near}?" if close else f"The resources are listed at {listed}."
    return f"There is nothing at {params.printable(rooted(path))}. {hint}"


# ---- Pages ---------------------------------------------------------------------------------------------------------


def forbidden_page(request: HttpRequest, message: str = "", reason: str = "") -> TemplateResponse:
    """403 with what is needed. Also Django's view for a form without its token, which gives a ``reason``."""
    if reason:
        message = "This form was not sent from a page of this site, or its page was left open too long."
    message = message or "This needs a permission that you do not have."
    return TemplateResponse(request, "403.html", {"message": message, "form": bool(reason)}, status=403)


def not_found_page(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 with the records nearest to the address; to the page itself if only its code is written in another way."""
    if address := canonical_address(request):
        return redirect(address, permanent=True)
    code = request.path.rstrip("/").rpartition("/")[2][: params.MAX_VALUE]
    words = code.replace("-", " ")[:100]
    message = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    context = {
        "message": message or "There is no page at this address.",
        "suggestions": nearest_records(code, words),
        "search_url": f"{reverse('search')}?{urlencode({'q': words})}",
    }
    return TemplateResponse(request, "404.html", context, status=404)


def canonical_address(request: HttpRequest) -> str:
    """The same address with the code as it is stored; empty unless there is such a record."""
    match = request.resolver_match
    code = match.kwargs.get("code", "") if match else ""
    canonical = canonical_code(code)
    if match is None or canonical == code:
        return ""
    address = reverse(match.view_name, kwargs={**match.kwargs, "code": canonical})
    entries = SearchEntry.objects.visible(Notional.INCLUDE).with_code(canonical)
    if not any(address.startswith(entry.get_absolute_url()) for entry in entries):
        return ""
    query = request.META.get("QUERY_STRING", "")
    return f"{address}?{query}" if query else address


def nearest_records(code: str, words: str) -> list[SearchResult]:
    """Records with the words of the address, else those with names most like it."""
    entries = SearchEntry.objects.visible()
    try:
        hits = entries.hits(words, limit=MAX_SUGGESTIONS)
    except SearchError:
        return []
    nearest = suggestions.nearest
    return [hit_result(hit) for hit in hits] or [
        entry_result(entry) for entry in nearest(code, entries, MAX_SUGGESTIONS)
    ]


def error_page(status: int, detail: str, title: str = "") -> HttpResponse:
    """A page that asks nothing of the database, and of the static files only if they can be found."""
    try:
        stylesheet = static("strategy/site.css")
    except ValueError:
        stylesheet = ""
    site = {"name": settings.SITE_NAME, "marking": settings.MARKING}
    context = {
        "site": site,
        "stylesheet": stylesheet,
        "home": rooted("/"),
        "title": title or TITLES.get(status, TITLES[500]),
        "detail": detail,
    }
    return HttpResponse(render_to_string("500.html", context), status=status)


# ---- Inside the API's views ----------------------------------------------------------------------------------------


class UnavailableError(APIException):
    """The database does not answer."""

    status_code = 503
    default_detail = DETAILS[503]
    default_code = CODES[503]
    wait = RETRY_SECONDS


class ApiExceptionHandler(ExceptionHandler):
    """DRF's exception handler: what Django and the database raise gets a status of its own rather than 500."""

    def convert_known_exceptions(self, exc: Exception) -> Any:
        if is_unavailable(exc):
            return UnavailableError()
        if isinstance(exc, TooManyFieldsSent):
            return ParseError("There are more than 1000 parameters.", code=CODES[400])
        if isinstance(exc, SuspiciousOperation):
            return ParseError(DETAILS[400], code=CODES[400])
        return super().convert_known_exceptions(exc)
