"""System checks of the site as a whole."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.urls import Resolver404, resolve


@register
def check_prefix(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The prefix of the public address is the name of no page: a path could not be told from one below the prefix."""
    prefix = settings.FORCE_SCRIPT_NAME
    if not prefix:
        return []
    try:
        resolve(f"{prefix}/")
    except Resolver404:
        return []
    return [Error(f"PUBLIC_URL: {prefix}/ is a page of the site: choose another prefix.", id="config.E001")]
