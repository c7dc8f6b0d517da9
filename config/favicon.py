"""``/favicon.ico``: the site's icon, where browsers ask for it by this name."""

from typing import Any

from django.templatetags.static import static
from django.views.generic import RedirectView


class FavIcon(RedirectView):
    """Redirects to the icon among the static files."""

    http_method_names = ["get", "head", "options"]

    def get_redirect_url(self, *args: Any, **kwargs: Any) -> str:
        return static("strategy/favicon.svg")
