"""Compression of what the site answers, for installations without a proxy that does it."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXT_TYPES = (
    *("text/", "image/svg+xml", "application/json", "application/x-ndjson"),
    *("application/vnd.oai.openapi", "application/yaml"),
)


class CompressionMiddleware(GZipMiddleware):
    """Django's compression, for texts only: a workbook is compressed already.

    Inside the response cache, so that a cached response is compressed once. Files of /static/ are not seen here: they
    are compressed when they are collected.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not response.get("Content-Type", "").startswith(TEXT_TYPES):
            return response
        return super().process_response(request, response)
