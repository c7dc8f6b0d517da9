"""Middleware of accounts: credentials in addresses are refused, and a site may ask for signing in."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from rest_framework.exceptions import AuthenticationFailed

from config import error_handlers
from strategy.core.params import BadParametersError
from strategy.core.snapshots import in_present
from strategy.core.views import rooted
from strategy.views import bad_request_page

from .authentication import TokenAuthentication

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
CREDENTIAL_NAMES = frozenset(
    "access_token api_key api_token apikey auth auth_token authorization bearer client_secret credentials id_token jwt"
    " key passphrase passwd password pwd refresh_token secret session_id sessionid token".split()
)
ADVICE = (
    "Credentials do not belong in an address, and are taken from none: send the header 'Authorization: Token' and the "
    "token. Whoever may have seen this address knows them: revoke them."
)

# ---- Credentials in addresses --------------------------------------------------------------------------------------


def credential_in(request: HttpRequest) -> str:
    """The name of the first query parameter that holds credentials, or an empty string."""
    query = request.META.get("QUERY_STRING", "")
    names = (name.lower().replace("-", "_") for name, _ in parse_qsl(query, keep_blank_values=True))
    name = next((name for name in names if name.removeprefix("x_") in CREDENTIAL_NAMES), "")
    # As in http://user:password@host/, of which a careless client sends on more than the host.
    return name or ("userinfo" if "@" in request.META.get("HTTP_HOST", "") else "")


class NoCredentialsInAddressMiddleware:
    """Refuses addresses with credentials, which histories, bookmarks and logs of others would keep.

    Stands before anything that repeats an address: a redirect, a page that cites itself, a line of the log.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = credential_in(request)
        if not name:
            return self.get_response(request)
        if error_handlers.is_api(request):
            response: HttpResponse = error_handlers.as_json(400, ADVICE, "invalid", attr=name)
        else:
            # The frame of the page leads back to this address.
            request.META["QUERY_STRING"] = ""
            response = bad_request_page(request, BadParametersError({name: [ADVICE]})).render()
        response["Referrer-Policy"] = "no-referrer"
        return response


# ---- Signing in ----------------------------------------------------------------------------------------------------


def authenticated_reader(request: HttpRequest) -> User | None:
    """The user of the token, which only the API takes, or else of the session. Raises ``AuthenticationFailed``."""
    result = TokenAuthentication().authenticate(request) if error_handlers.is_api(request) else None
    user: Any = result[0] if result else request.user
    return user if user.is_authenticated else None


def sign_in_response(request: HttpRequest) -> HttpResponse | None:
    """What a reader who must sign in first gets instead of an answer; None if the request may pass."""
    if not settings.SIGN_IN:
        return None
    try:
        if authenticated_reader(request):
            return None
    except AuthenticationFailed as error:
        return unauthorized(str(error.detail), error.default_code)
    if error_handlers.is_api(request):
        return unauthorized("This site is read with a token, or signed in.", "not_authenticated")
    # What a form sent is gone, and its address is no page to come back to.
    back = request.get_full_path() if request.method in SAFE_METHODS else rooted("/")
    return redirect_to_login(back, in_present(resolve_url(settings.LOGIN_URL)))


def unauthorized(detail: str, code: str) -> HttpResponse:
    """401 in the API's error shape, with the header that names how to sign in."""
    response = error_handlers.as_json(401, detail, code)
    response["WWW-Authenticate"] = TokenAuthentication().authenticate_header(None)
    return response


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Django's own, except that the API's views decide for themselves and that tokens count too."""

    def __init__(self, get_response: Any):
        super().__init__(get_response)
        if not settings.SIGN_IN:
            raise MiddlewareNotUsed

    def process_view(self, request: HttpRequest, view: Any, *_: Any) -> HttpResponse | None:
        is_open = not getattr(view, "login_required", True) and not error_handlers.is_api(request)
        return None if is_open else sign_in_response(request)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 handler. A reader who must sign in first does not learn which addresses lead nowhere, nor what is near."""
    return sign_in_response(request) or error_handlers.not_found(request, exception)
