"""The site's addresses, and two that go wrong."""

from typing import NoReturn

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import path

from config.urls import handler400, handler403, handler404, handler500  # noqa: F401  # taken from here by Django
from config.urls import urlpatterns as site


def broken(request: HttpRequest) -> NoReturn:
    raise RuntimeError("secret detail")


def forbidden(request: HttpRequest) -> NoReturn:
    raise PermissionDenied("Only editors may do this <b>.")


urlpatterns = [path("broken/", broken), path("forbidden/", forbidden), *site]
