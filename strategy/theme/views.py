"""Choosing the palette: a plain link that sets a cookie of this site. No account, no script, nothing on the server.

The cached pages are told apart by it, as by every cookie but those of sessions and forms.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from ..core import params
from ..core.views import StrictPage

COOKIE = "theme"
YEAR = 365 * 24 * 3600
# Labels by value; "auto" follows the device, and needs no cookie.
THEMES = {"auto": "As on this device", "light": "Light", "dark": "Dark"}


def theme_of(request: HttpRequest) -> str:
    """The palette the reader chose, a key of THEMES."""
    value = request.COOKIES.get(COOKIE, "")
    return value if value in THEMES else "auto"


class SetTheme(StrictPage):
    """Remembers the palette named by ``theme``, and leads back to ``next``, an address of this site."""

    http_method_names = ["get", "head", "options"]
    query_params = (COOKIE, "next")

    def get(self, request: HttpRequest) -> HttpResponse:
        theme = params.choice_param(request.GET, COOKIE, THEMES, "auto")
        back = request.GET.get("next") or "/"
        if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
            raise params.BadParametersError({"next": ["Is not an address of this site."]})
        response = HttpResponseRedirect(back)
        if theme == "auto":
            response.delete_cookie(COOKIE, samesite="Lax")
        else:
            secure = request.is_secure()
            response.set_cookie(COOKIE, theme, max_age=YEAR, httponly=True, samesite="Lax", secure=secure)
        return response
