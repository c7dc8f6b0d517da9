"""What newsletters and advertisers hang on an address is dropped: the page is at its clean address."""

from collections.abc import Callable
from urllib.parse import unquote_plus

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase

from config.error_handlers import is_api

PREFIXES = ("utm_", "pk_", "mtm_", "hsa_")
NAMES = frozenset(
    "_ga _gl _hsenc _hsmi dclid fbclid gad_source gbraid gclid gclsrc igshid li_fat_id mc_cid mc_eid mkt_tok msclkid"
    " srsltid ttclid twclid vero_id wbraid wickedid yclid".split()
)


def is_tracking(item: str) -> bool:
    """Whether ``name=value`` of a query says where a reader comes from, and nothing of what is asked."""
    name = unquote_plus(item.partition("=")[0]).lower()
    return name in NAMES or name.startswith(PREFIXES)


class TrackingParametersMiddleware:
    """Redirects from an address with such parameters; the API refuses them like any other it does not know."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        items = request.META.get("QUERY_STRING", "").split("&")
        wanted = [item for item in items if not is_tracking(item)]
        if len(wanted) == len(items) or is_api(request) or request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        # Two slashes at its beginning would be the name of a host.
        address = request.build_absolute_uri(f"/{request.path.lstrip('/')}")
        return HttpResponsePermanentRedirect(f"{address}?{'&'.join(wanted)}" if wanted else address)
