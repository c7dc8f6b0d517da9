"""What is said when no view of ours answers: JSON in the API's one shape under ``/api/``, a page everywhere else."""

import sys
from typing import Any

from django.core.exceptions import DisallowedHost, SuspiciousOperation, TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from drf_standardized_errors.handler import ExceptionHandler
from rest_framework.exceptions import APIException, ParseError

from config import error_pages
from config.api_urls import router
from strategy.core import params

API = "/api/"
RETRY_SECONDS = 5
# Raised by a database that is away, refuses, or is stopped by the time limit of a request.
AWAY = (InterfaceError, OperationalError)
DETAILS = {
    400: "The request is not understood.",
    403: "This is not allowed.",
    500: "Something went wrong. The error has been written to the log.",
    503: f"The database does not answer, or took too long. Try again in {RETRY_SECONDS} seconds.",
}
CODES = {400: "bad_request", 403: "permission_denied", 404: "not_found", 500: "error", 503: "unavailable"}


def is_api(request: HttpRequest) -> bool:
    """Whether a program asks: the API's documentation is pages like any other."""
    return f"{request.path}/".startswith(API) and not request.path.startswith(f"{API}docs/")


def as_json(status: int, detail: str = "", code: str = "", *, attr: str | None = None) -> JsonResponse:
    """One error in the shape that the API's own views give; ``attr`` is the parameter that is at fault."""
    kind = "server_error" if status >= 500 else "validation_error" if attr else "client_error"
    error = {"code": code or CODES[status], "detail": detail or DETAILS[status], "attr": attr}
    return JsonResponse({"type": kind, "errors": [error]}, status=status)


# ---- Outside the API's views ---------------------------------------------------------------------------------------


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    host = "This site does not answer to the host name that the request gives."
    detail = host if isinstance(exception, DisallowedHost) else ""
    return as_json(400, detail) if is_api(request) else error_pages.bad_request(request, exception)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return as_json(403) if is_api(request) else error_pages.forbidden(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return as_json(404, nothing_at(request.path)) if is_api(request) else error_pages.not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """503 while the database is away, or else 500; neither needs database, static files or the site's templates."""
    status = 503 if isinstance(sys.exc_info()[1], AWAY) else 500
    if is_api(request):
        response: HttpResponse = as_json(status)
    else:
        response = error_pages.server_error(status, DETAILS[status])
    if status == 503:
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


def nothing_at(path: str) -> str:
    """The sentence for an address of the API that leads nowhere, with the resource that is perhaps meant."""
    resources = {prefix: f"{API}v1/{prefix}/" for prefix, _, _ in router.registry}
    resources |= {name: f"{API}{name}/" for name in ("schema", "docs", "mcp")}
    words = path.strip("/").split("/")[1:]
    close = next((near for word in words if (near := params.closest_match(word, resources))), "")
    hint = f"Did you mean {resources[close]}?" if close else f"The resources are listed at {API}v1/."
    return f"There is nothing at {params.printable(path)}. {hint}"


# ---- Inside the API's views ----------------------------------------------------------------------------------------


class UnavailableError(APIException):
    """The database does not answer."""

    status_code = 503
    default_detail = DETAILS[503]
    default_code = CODES[503]
    wait = RETRY_SECONDS


class ApiExceptionHandler(ExceptionHandler):
    """Gives what Django and the database raise their own status, rather than 500."""

    def convert_known_exceptions(self, exc: Exception) -> Any:
        if isinstance(exc, AWAY):
            return UnavailableError()
        if isinstance(exc, TooManyFieldsSent):
            return ParseError("There are more than 1000 parameters.", code=CODES[400])
        if isinstance(exc, SuspiciousOperation):
            return ParseError(DETAILS[400], code=CODES[400])
        return super().convert_known_exceptions(exc)
