"""Middleware that holds readers to reading, and the number of parameters to a limit."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, HttpResponse

from config.error_handlers import is_api
from config.health import PROBES
from strategy.core.params import BadParametersError
from strategy.views import bad_request_page

GetResponse = Callable[[HttpRequest], HttpResponse]
ADMIN = "/admin/"
METHODS = ("GET", "HEAD", "OPTIONS")


class ReadOnlyMiddleware:
    """Refuses methods that write, outside the API, the admin and forms.

    Stands before the check of form tokens, which would refuse a wrong method for a wrong reason.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_: Any) -> HttpResponse | None:
        methods = getattr(getattr(view, "view_class", None), "http_method_names", ())
        # The API and the admin know their methods themselves; a page with a form of its own takes what it sends.
        if is_api(request) or request.path_info.startswith(ADMIN) or "post" in methods:
            return None
        if request.method not in METHODS:
            problem = f"{request.method} is not possible here: this address is for reading ({', '.join(METHODS)})."
            if request.path_info in PROBES:
                return with_allow_header(HttpResponse(problem, content_type="text/plain", status=405))
            return with_allow_header(refusal(request, "method", problem, status=405))
        if request.method == "OPTIONS":
            return with_allow_header(HttpResponse())
        try:
            len(request.GET)
        except TooManyFieldsSent:
            return refusal(request, "parameters", "There are more than 1000 of them.")
        return None


def refusal(request: HttpRequest, name: str, problem: str, status: int = 400) -> HttpResponse:
    """The page for bad parameters, with another status if need be."""
    response = bad_request_page(request, BadParametersError({name: [problem]}))
    response.status_code = status
    return response


def with_allow_header(response: HttpResponse) -> HttpResponse:
    """The response with the methods that are possible."""
    response["Allow"] = ", ".join(METHODS)
    return response
