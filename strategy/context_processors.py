"""Context processor: what every page shows around its content."""

from django.conf import settings
from django.http import HttpRequest

from .core.views import rooted
from .my_office.middleware import my_office

NAVIGATION = (
    ("Strategy map", "/"),
    ("Tasking", "/matrix/"),
    ("Offices", "/offices/"),
    ("Risks", "/risks/"),
    ("Partners", "/partners/"),
    ("Whom to ask", "/contacts/"),
    ("Trace", "/trace/"),
    ("Read", "/read/"),
    ("Compare", "/compare/"),
    ("Findings", "/findings/"),
)


def site(request: HttpRequest) -> dict:
    """Name, marking and main navigation, as ``site``."""

    def aria_current(url: str) -> str:
        if request.path == url:
            return "page"
        return "true" if url != rooted("/") and request.path.startswith(url) else ""

    user = getattr(request, "user", None)
    closed = settings.SIGN_IN and not (user and user.is_authenticated)
    own = None if closed else my_office(request)
    entries = [
        *((label, rooted(path)) for label, path in NAVIGATION),
        *([("My office", own.get_absolute_url())] if own else []),
    ]
    navigation = [{"label": label, "url": url, "current": aria_current(url)} for label, url in entries]
    return {
        "site": {
            "name": settings.SITE_NAME,
            "marking": settings.MARKING,
            "nav": navigation,
            "sign_in": settings.SIGN_IN,
            "closed": closed,
        }
    }
