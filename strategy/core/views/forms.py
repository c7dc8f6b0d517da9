"""Forms of the site that need no account: taken from its own pages, without a token."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt

from .pages import StrictPage

REFUSAL = "This form was not sent from a page of this site."


def is_same_origin(request: HttpRequest) -> bool:
    """Whether a request comes from a page of this site, as browsers say of all that is posted, or from no page."""
    own = f"{request.scheme}://{request.get_host()}"
    # Compared as text: it may be anything, and what is not this site's own is of elsewhere.
    is_own = request.headers.get("Origin", own).lower() == own.lower()
    return is_own and request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none")


@method_decorator(csrf_exempt, name="dispatch")
class PublicForm(StrictPage):
    """Base of what takes a form that changes only what this browser remembers.

    A token would put a cookie of each reader's own into every page with the form, and no such page could be cached or
    have a tag; the browser says as well where a form comes from.
    """

    http_method_names = ["post"]
    query_params = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_same_origin(request):
            raise PermissionDenied(REFUSAL)
        return super().dispatch(request, *args, **kwargs)
