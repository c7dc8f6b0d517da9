"""The page about the data."""

from typing import Any

from django.views.generic import TemplateView

from strategy.core.views import StrictPage


class AboutPage(StrictPage, TemplateView):
    """How the content was compiled and how sure it is."""

    template_name = "about.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"breadcrumbs": [("Strategy", "/"), ("About the data", "")]}
