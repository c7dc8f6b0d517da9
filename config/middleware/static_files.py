"""Static files by WhiteNoise, with the conditions of a request as RFC 9110 has them."""

from calendar import timegm
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware

from .conditions import NOT_MODIFIED, PRECONDITION_FAILED, condition_status, is_range_stale

CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """WhiteNoise's own compares one tag as text, which a proxy that compresses has made weak."""

    @staticmethod
    def serve(static_file: Any, request: HttpRequest) -> HttpResponseBase:
        modified = timegm(static_file.last_modified) if static_file.last_modified else None
        status = condition_status(request, static_file.etag, modified)
        if status == PRECONDITION_FAILED:
            return HttpResponse(status=status)
        for name in CONDITIONS:
            request.META.pop(name, None)
        if status == NOT_MODIFIED:
            request.META["HTTP_IF_NONE_MATCH"] = static_file.etag
        if is_range_stale(request, static_file.etag, modified):
            request.META.pop("HTTP_RANGE", None)
        return WhiteNoiseMiddleware.serve(static_file, request)
