"""Whole responses, cached as long as the content they were made of stands, and conditional requests.

A response is cached under the content version, which every write moves, so that nothing has to be dropped by hand and
nothing old is ever shown: one query tells whether it still stands. The same key is its ETag: strong, or weak where the
response is compressed.

Not for a reader who is signed in or sends a token: what one reader was given never reaches another. On the API such a
response has a tag too, which is this reader's alone, but it is never cached. And nothing is cached at all on a site
that is read by signing in only. Each process has its own cache, up to a bounded number of bytes.
"""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import blake2s
from threading import Lock
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date, parse_etags, parse_http_date_safe
from rest_framework.exceptions import AuthenticationFailed

from config.accounts.middleware import authenticated_reader
from config.error_handlers import is_api
from config.release_digest import release_digest
from strategy.core.cache import content_version, version_of_request

# Pages that are not made of content alone.
UNCACHED_PATHS = ("/admin/", "/sign-in/", "/sign-out/", "/static/", "/healthz", "/readyz")
VARY = ("Accept", "Accept-Encoding", "Authorization", "Cookie")
MAX_RESPONSE_BYTES, MAX_CACHE_BYTES = 512 * 1024, 4 * 1024 * 1024


class LRUResponseCache:
    """LRU cache of whole responses by key; the bodies together hold at most ``max_bytes``."""

    def __init__(self, max_bytes: int = MAX_CACHE_BYTES):
        self.max_bytes, self.size = max_bytes, 0
        self._responses: OrderedDict[str, tuple[bytes, dict[str, str]]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> HttpResponse | None:
        with self._lock:
            cached = self._responses.get(key)
            if cached is None:
                return None
            self._responses.move_to_end(key)
        content, headers = cached
        return HttpResponse(content, headers=headers)

    def put(self, key: str, response: HttpResponse) -> None:
        with self._lock:
            if key in self._responses:
                return
            self._responses[key] = response.content, dict(response.items())
            self.size += len(response.content)
            while self.size > self.max_bytes:
                _, (content, _headers) = self._responses.popitem(last=False)
                self.size -= len(content)


class ResponseCacheMiddleware:
    """Middleware: answers from the cache, and with ``304`` where the reader has the response already."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        if settings.SIGN_IN:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.cache = LRUResponseCache()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_cacheable(request) or has_credentials(request):
            return self.get_response(request)
        try:
            # Before the content is read: a response may be newer than its version, never older.
            version = version_of_request()
        except Error:
            return self.get_response(request)
        etag = response_key(request, version)
        if matching := matching_etag(request, etag):
            return not_modified(matching, version)
        key = f"{request.method} {etag} {'gzip' in request.headers.get('Accept-Encoding', '')}"
        response: HttpResponseBase | None = self.cache.get(key)
        if response is None:
            response = self.get_response(request)
            if response.status_code != 200 or response.cookies:
                return response
            set_validators(response, quoted(etag, response), version)
            if isinstance(response, HttpResponse) and len(response.content) <= MAX_RESPONSE_BYTES:
                self.cache.put(key, response)
        if is_unmodified_since(request, version):
            close_files(response)
            return not_modified(response["ETag"], version)
        return response


class PrivateETagMiddleware:
    """Middleware, after the session's: responses to a reader with credentials are private, and have a tag on the API.

    What the reader has already costs one query beyond authentication, and is not counted as a request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_cacheable(request) or not has_credentials(request):
            return self.get_response(request)
        response = self.tagged(request) if is_api(request) else self.get_response(request)
        if "Cache-Control" not in response:
            mark_private(response)
        return response

    def tagged(self, request: HttpRequest) -> HttpResponseBase:
        try:
            reader = authenticated_reader(request)
            version = version_of_request()
        except (AuthenticationFailed, Error):
            # The view says so.
            return self.get_response(request)
        if reader is None:
            return self.get_response(request)
        etag = response_key(request, version, reader.pk)
        if matching := matching_etag(request, etag):
            return not_modified(matching, version)
        response = self.get_response(request)
        if response.status_code != 200:
            return response
        # A date, unlike the tag, does not tell that this question ever had an answer.
        if is_unmodified_since(request, version):
            close_files(response)
            return not_modified(quoted(etag, response), version)
        set_validators(response, quoted(etag, response), version)
        return response


def is_cacheable(request: HttpRequest) -> bool:
    """Whether the response to a request may be cached whole."""
    return request.method in ("GET", "HEAD") and not request.path.startswith(UNCACHED_PATHS)


def has_credentials(request: HttpRequest) -> bool:
    """Whether the request may come from a reader who is known; it is not authenticated here."""
    return "Authorization" in request.headers or settings.SESSION_COOKIE_NAME in request.COOKIES


def response_key(request: HttpRequest, version: int, reader: int | None = None) -> str:
    """A digest of what the response depends on: content, program, day, and all that this reader may ask differently."""
    excluded = (settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_NAME)
    cookies = sorted(item for item in request.COOKIES.items() if item[0] not in excluded)
    question = (request.scheme, request.get_host(), request.get_full_path(), request.headers.get("Accept"), cookies)
    state = (version, release_digest()[0], datetime.now(UTC).date(), reader)
    return blake2s(repr((state, question)).encode(), digest_size=16).hexdigest()


def quoted(etag: str, response: HttpResponseBase) -> str:
    """The ETag header: weak if the response is compressed, since each compression writes other bytes."""
    return f'W/"{etag}"' if "Content-Encoding" in response else f'"{etag}"'


def matching_etag(request: HttpRequest, etag: str) -> str | None:
    """The tag in ``If-None-Match`` that stands for ``etag``, compared weakly as RFC 9110 says."""
    tags = parse_etags(request.headers.get("If-None-Match", ""))
    return next((tag for tag in tags if tag.removeprefix("W/") == f'"{etag}"'), None)


def last_modified(version: int) -> int:
    """When the response last changed, with the content or with the program: the end of that second."""
    return max(math.ceil(content_version.version_time(version).timestamp()), release_digest()[1])


def is_settled(version: int) -> bool:
    """Whether the second is over in which something may still change that the date would not tell."""
    return time.time() - last_modified(version) >= 1


def set_validators(response: HttpResponseBase, etag: str, version: int) -> None:
    """Sets ETag, Last-Modified, Cache-Control and Vary on a response."""
    response["ETag"] = etag
    if is_settled(version):
        response["Last-Modified"] = http_date(last_modified(version))
    mark_private(response)


def mark_private(response: HttpResponseBase) -> None:
    """Whoever stores it asks each time whether it still stands, and shows it to this reader alone."""
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, VARY)


def not_modified(etag: str, version: int) -> HttpResponseNotModified:
    """A 304 with the validators of the response it stands for."""
    response = HttpResponseNotModified()
    set_validators(response, etag, version)
    return response


def close_files(response: Any) -> None:
    """What ``close`` does for a response that is not sent, without saying that the request is finished."""
    for close in response._resource_closers:
        close()


def is_unmodified_since(request: HttpRequest, version: int) -> bool:
    """By date, which counts only where no ETag was given, which says more.

    Only by the very date that was sent: one that a client took from its clock may lie before a write that was only
    committed later.
    """
    if "If-None-Match" in request.headers or not is_settled(version):
        return False
    return parse_http_date_safe(request.headers.get("If-Modified-Since", "")) == last_modified(version)
