"""``/favicon.ico``: the site's icon, where browsers ask for it by this name."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.templatetags.static import static
from django.utils.decorators import method_decorator
from django.views.generic import RedirectView


@method_decorator(login_not_required, name="dispatch")
class FavIcon(RedirectView):
    """Redirects to the icon among the static files."""

    http_method_names = ["get", "head", "options"]

    def get_redirect_url(self, *args: Any, **kwargs: Any) -> str:
        return static("strategy/favicon.svg")
