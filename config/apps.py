"""What the site itself brings to Django: the checks of its templates and its address."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        from . import checks  # noqa: F401  (registered by being imported)
        from .templating import checks as templates  # noqa: F401
