"""No credentials in an address, where histories, bookmarks and logs of others would keep them."""

from collections.abc import Callable
from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse

from config import error_handlers
from strategy.core.params import BadParametersError
from strategy.views import bad_request_page

NAMES = frozenset(
    "access_token api_key api_token apikey auth auth_token authorization bearer client_secret credentials id_token jwt"
    " key passphrase passwd password pwd refresh_token secret session_id sessionid token".split()
)
ADVICE = (
    "Credentials do not belong in an address, and are taken from none: send the header 'Authorization: Token' and the "
    "token. Whoever may have seen this address knows them: revoke them."
)


def credential_in(request: HttpRequest) -> str:
    """The name of the first parameter that gives credentials, or nothing."""
    query = request.META.get("QUERY_STRING", "")
    names = (name.lower().replace("-", "_") for name, _ in parse_qsl(query, keep_blank_values=True))
    found = next((name for name in names if name.removeprefix("x_") in NAMES), "")
    # As in http://user:password@host/, of which a careless client sends on more than the host.
    return found or ("userinfo" if "@" in request.META.get("HTTP_HOST", "") else "")


class NoCredentialsInAddress:
    """Middleware, before anything that repeats an address: a redirect, a page that cites itself, a line of the log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = credential_in(request)
        if not name:
            return self.get_response(request)
        if error_handlers.is_api(request):
            response: HttpResponse = error_handlers.as_json(400, ADVICE, "invalid", attr=name)
        else:
            response = bad_request_page(request, BadParametersError({name: [ADVICE]})).render()
        response["Referrer-Policy"] = "no-referrer"
        return response
