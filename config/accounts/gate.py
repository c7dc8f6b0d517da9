"""Signing in before anything is read, for a site that asks for it; and who a request comes from."""

from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from rest_framework.exceptions import AuthenticationFailed

from config import error_handlers

from .authentication import TokenAuthentication

SAFE = ("GET", "HEAD", "OPTIONS")


def reader_of(request: HttpRequest) -> User | None:
    """The user of the token, which only the API takes, or else of the session. A bad token is raised."""
    found = TokenAuthentication().authenticate(request) if error_handlers.is_api(request) else None
    user: Any = found[0] if found else request.user
    return user if user.is_authenticated else None


def refusal(request: HttpRequest) -> HttpResponse | None:
    """What whoever must sign in first gets instead of an answer."""
    if not settings.SIGN_IN:
        return None
    try:
        if reader_of(request):
            return None
    except AuthenticationFailed as error:
        return unauthorized(str(error.detail), error.default_code)
    if error_handlers.is_api(request):
        return unauthorized("This site is read with a token, or signed in.", "not_authenticated")
    # What a form sent is gone, and its address is no page to come back to.
    back = request.get_full_path() if request.method in SAFE else "/"
    return redirect_to_login(back, settings.LOGIN_URL)


def unauthorized(detail: str, code: str) -> HttpResponse:
    response = error_handlers.as_json(401, detail, code)
    response["WWW-Authenticate"] = TokenAuthentication().authenticate_header(None)
    return response


class SignInRequired(LoginRequiredMiddleware):
    """Django's own gate, but for the API, whose views it leaves to themselves, and for tokens."""

    def __init__(self, get_response: Any):
        super().__init__(get_response)
        if not settings.SIGN_IN:
            raise MiddlewareNotUsed

    def process_view(self, request: HttpRequest, view: Any, *_: Any) -> HttpResponse | None:
        is_open = not getattr(view, "login_required", True) and not error_handlers.is_api(request)
        return None if is_open else refusal(request)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Whoever must sign in first does not learn either which addresses lead nowhere, nor what is near to them."""
    return refusal(request) or error_handlers.not_found(request, exception)
