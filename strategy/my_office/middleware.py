"""The reader's own office: its code in a cookie of this site. No account, and nothing stored on the server."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from ..core.cache import VersionedKeyCache
from ..core.models import Notional, validate_code
from ..core.snapshots import current_snapshot, site_prefix
from ..models import Office

COOKIE = "my_office"
YEAR = 365 * 24 * 3600


def _read_offices(codes: list[str]) -> dict[str, Office]:
    offices = Office.objects.visible(Notional.INCLUDE).only("code", "name", "notional")
    return {office.code: office for office in offices.filter(code__in=codes)}


_offices_by_code = VersionedKeyCache(_read_offices)


def my_office(request: HttpRequest) -> Office | None:
    """The office named by the reader's cookie; None without one, or if there is no such office."""
    if not hasattr(request, "_my_office"):
        code = request.COOKIES.get(COOKIE, "")
        own = _offices_by_code([code]).get(code) if re.match(validate_code.regex, code) else None
        request._my_office = own  # type: ignore[attr-defined]
    return request._my_office  # type: ignore[attr-defined]


def remember(response: HttpResponse, office: Office, *, secure: bool) -> None:
    """Sets the cookie that names the office, for a year."""
    response.set_cookie(
        COOKIE, office.code, max_age=YEAR, path=site_prefix(), httponly=True, samesite="Lax", secure=secure
    )


def forget(response: HttpResponse) -> None:
    """Deletes the cookie."""
    response.delete_cookie(COOKIE, path=site_prefix(), samesite="Lax")


class MyOfficeMiddleware:
    """Middleware: adds ``Vary: Cookie`` to pages that name the reader's office, and deletes a cookie of no office."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if hasattr(request, "_my_office"):
            patch_vary_headers(response, ("Cookie",))
            # In the past there may be no such office yet.
            if COOKIE in request.COOKIES and request._my_office is None and current_snapshot() is None:
                forget(response)
        return response
