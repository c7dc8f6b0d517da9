"""What holds for every request, whichever view is asked: how much it may ask for, and that readers only read."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, HttpResponse

from config.error_handlers import is_api
from strategy.core.params import BadParametersError
from strategy.views import bad_request_page

Answer = Callable[[HttpRequest], HttpResponse]
ADMIN = "/admin/"
METHODS = ("GET", "HEAD", "OPTIONS")


class ReadOnlyMiddleware:
    """Stands before the check of form tokens, which would refuse a wrong method for a wrong reason."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_: Any) -> HttpResponse | None:
        own = getattr(getattr(view, "view_class", None), "http_method_names", ())
        # The API and the admin know their methods themselves; a page with a form of its own takes what it sends.
        if is_api(request) or request.path.startswith(ADMIN) or "post" in own:
            return None
        if request.method not in METHODS:
            problem = f"{request.method} is not possible here: this address is for reading ({', '.join(METHODS)})."
            return with_methods(refused(request, "method", problem, status=405))
        if request.method == "OPTIONS":
            return with_methods(HttpResponse())
        try:
            len(request.GET)
        except TooManyFieldsSent:
            return refused(request, "parameters", "There are more than 1000 of them.")
        return None


def refused(request: HttpRequest, name: str, problem: str, status: int = 400) -> HttpResponse:
    response = bad_request_page(request, BadParametersError({name: [problem]}))
    response.status_code = status
    return response


def with_methods(response: HttpResponse) -> HttpResponse:
    response["Allow"] = ", ".join(METHODS)
    return response
