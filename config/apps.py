"""What the site itself brings to Django: the check of its templates."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        from .templating import checks  # noqa: F401  (registered by being imported)
