"""Addresses of a model's two pages."""

from django.urls import URLPattern, path
from django.views.generic import View


def pages(segment: str, name: str, listing: type[View], detail: type[View]) -> list[URLPattern]:
    """``/<segment>/`` named ``<name>-list`` and ``/<segment>/<code>/`` named ``<name>-detail``."""
    return [
        path(f"{segment}/", listing.as_view(), name=f"{name}-list"),
        path(f"{segment}/<str:code>/", detail.as_view(), name=f"{name}-detail"),
    ]
