"""Addresses of pages: a model's list and record, and any page whose rows can be downloaded."""

from django.urls import URLPattern, get_script_prefix, path, reverse
from django.utils.http import urlencode
from django.views.generic import View

from .. import exports  # noqa: F401  # registers the converter
from ..models import CodedModel, Notional


def rooted(address: str) -> str:
    """A path of this site below the prefix that the site is served under; what is there already stays."""
    prefix = get_script_prefix()
    return address if not address.startswith("/") or address.startswith(prefix) else f"{prefix}{address[1:]}"


def record_urls(segment: str, name: str, listing: type[View], detail: type[View]) -> list[URLPattern]:
    """``/<segment>/`` named ``<name>-list`` with its files, and ``/<segment>/<code>/`` named ``<name>-detail``."""
    return [
        *urls_with_downloads(segment, f"{name}-list", listing),
        path(f"{segment}/<str:code>/", detail.as_view(), name=f"{name}-detail"),
    ]


def urls_with_downloads(segment: str, name: str, view: type[View]) -> list[URLPattern]:
    """``/<segment>/`` as ``name``, and the same rows as ``/<segment>.csv``, ``.xlsx`` and ``.json``."""
    return [
        path(f"{segment}/", view.as_view(), name=name),
        path(f"{segment}.<suffix:suffix>", view.as_view(), name=f"{name}-download"),
    ]


def list_url(record: CodedModel, name: str, **filters: str) -> str:
    """The address of a model's list, filtered, as the page of ``record`` links it: training content to its own."""
    return filtered_list_url(name, **filters | ({"notional": Notional.ONLY} if record.notional else {}))


def filtered_list_url(name: str, **filters: str) -> str:
    """The address of the list of the model called ``name``, with filters as parameters."""
    return f"{reverse(f'{name}-list')}{f'?{urlencode(filters)}' if filters else ''}"
