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
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import MiddlewareNotUsed
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date, parse_etags
from rest_framework.exceptions import AuthenticationFailed

from config.accounts.middleware import authenticated_reader
from config.error_handlers import as_json, error_page, is_api
from config.health import PROBES
from config.release_digest import release_digest
from strategy.core.cache import content_state, content_version, version_of_request
from strategy.my_office.middleware import COOKIE as MY_OFFICE
from strategy.theme.views import COOKIE as THEME

from .conditions import PRECONDITION_FAILED, condition_status, without_weakness

# Pages that are not made of content alone.
UNCACHED_PATHS = ("/admin/", "/sign-in/", "/sign-out/", "/static/", *PROBES)
VARY = ("Accept", "Accept-Encoding", "Authorization", "Cookie")
# The cookies that change a page: the reader's office, and what the last form had to say. Others are a proxy's, or of
# another site under the same name.
COOKIES = (MY_OFFICE, THEME, CookieStorage.cookie_name)
MAX_RESPONSE_BYTES, MAX_CACHE_BYTES = 512 * 1024, 4 * 1024 * 1024
# Between the last write of a transaction, whose time is the date of a response, and the moment it can be read.
COMMIT_SECONDS = 60


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
        return conditional(request, response, version)


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
        set_validators(response, quoted(etag, response), version)
        return conditional(request, response, version)


def is_cacheable(request: HttpRequest) -> bool:
    """Whether the response to a request may be cached whole."""
    return request.method in ("GET", "HEAD") and not request.path_info.startswith(UNCACHED_PATHS)


def has_credentials(request: HttpRequest) -> bool:
    """Whether the request may come from a reader who is known; it is not authenticated here."""
    return "Authorization" in request.headers or settings.SESSION_COOKIE_NAME in request.COOKIES


def response_key(request: HttpRequest, version: int, reader: int | None = None) -> str:
    """A digest of what the response depends on: content, program, day, and all that this reader may ask differently."""
    cookies = [request.COOKIES.get(name) for name in COOKIES]
    question = (request.scheme, request.get_host(), request.get_full_path(), request.headers.get("Accept"), cookies)
    state = (content_state()[0], version, release_digest()[0], datetime.now(UTC).date(), reader)
    return blake2s(repr((state, question)).encode(), digest_size=16).hexdigest()


def quoted(etag: str, response: HttpResponseBase) -> str:
    """The ETag header: weak if the response is compressed, since each compression writes other bytes."""
    return f'W/"{etag}"' if "Content-Encoding" in response else f'"{etag}"'


def matching_etag(request: HttpRequest, etag: str) -> str | None:
    """The tag in ``If-None-Match`` that stands for ``etag``: the reader has the response, no view need make it."""
    if "If-Match" in request.headers or "If-Unmodified-Since" in request.headers:
        return None
    tags = parse_etags(request.headers.get("If-None-Match", ""))
    return next((tag for tag in tags if without_weakness(tag) == f'"{etag}"'), None)


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


def conditional(request: HttpRequest, response: HttpResponseBase, version: int) -> HttpResponseBase:
    """The response, or instead of it 304 or 412 if the request's conditions say so.

    After the view, since ``*`` and a date do not tell that this question ever had an answer. A client's clock may lie
    between a write and its commit, and what it has be of before: hence the margin.
    """
    modified = last_modified(version) if is_settled(version) else None
    status = condition_status(request, response["ETag"], modified, margin=COMMIT_SECONDS)
    if status is None:
        return response
    close_files(response)
    if status == PRECONDITION_FAILED:
        detail = "The answer is no longer the one that was asked for: leave If-Match and If-Unmodified-Since out."
        return as_json(status, detail, "precondition_failed") if is_api(request) else error_page(status, detail)
    return not_modified(response["ETag"], version)
