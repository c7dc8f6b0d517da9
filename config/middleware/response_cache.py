"""Whole answers, kept as long as the content they were made of stands.

An answer is kept under the content version, which every write moves, so that nothing has to be forgotten by hand and
nothing old is ever shown: one query asks whether it still stands. The same key is the answer's strong ETag.

Not for a reader who is signed in or sends a token: what one reader was given never reaches another. On the API such an
answer has a tag too, which is this reader's alone, but it is never kept. And nothing is kept at all on a site that is
read by signing in only. Each process keeps its own, up to a bounded number of bytes.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import blake2s
from threading import Lock

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date, parse_etags, parse_http_date_safe
from rest_framework.exceptions import AuthenticationFailed

from config.accounts.gate import reader_of
from config.error_handlers import is_api
from config.release_digest import release_digest
from strategy.core.cache import content_version
from strategy.models import version_of_request

# Pages that are not made of content alone.
APART = ("/admin/", "/sign-in/", "/sign-out/", "/static/", "/healthz", "/readyz")
VARIES = ("Accept", "Authorization", "Cookie")
MAX_ANSWER, MAX_KEPT = 512 * 1024, 4 * 1024 * 1024


class LRUResponseCache:
    """Answers by key, the least recently used forgotten first."""

    def __init__(self, most: int = MAX_KEPT):
        self.most, self.size = most, 0
        self._answers: OrderedDict[str, tuple[bytes, dict[str, str]]] = OrderedDict()
        self._turn = Lock()

    def get(self, key: str) -> HttpResponse | None:
        with self._turn:
            found = self._answers.get(key)
            if found is None:
                return None
            self._answers.move_to_end(key)
        content, headers = found
        return HttpResponse(content, headers=headers)

    def put(self, key: str, response: HttpResponse) -> None:
        with self._turn:
            if key in self._answers:
                return
            self._answers[key] = response.content, dict(response.items())
            self.size += len(response.content)
            while self.size > self.most:
                _, (content, _headers) = self._answers.popitem(last=False)
                self.size -= len(content)


class ResponseCacheMiddleware:
    """Middleware: answers from what is kept, with ``304`` where the reader has it already."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        if settings.SIGN_IN:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.kept = LRUResponseCache()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_read(request) or gives_credentials(request):
            return self.get_response(request)
        try:
            # Before the content is read: an answer may be newer than its version, never older.
            version = version_of_request()
        except Error:
            return self.get_response(request)
        request.content_version = version  # type: ignore[attr-defined]
        key = key_of(request, version)
        if f'"{key}"' in parse_etags(request.headers.get("If-None-Match", "")):
            return not_modified(key, version)
        response: HttpResponseBase | None = self.kept.get(key)
        if response is None:
            response = self.get_response(request)
            if response.status_code != 200 or response.cookies:
                return response
            stamp(response, key, version)
            if isinstance(response, HttpResponse) and len(response.content) <= MAX_ANSWER:
                self.kept.put(key, response)
        return not_modified(key, version) if is_unmodified_since(request, version) else response


class PrivateETagMiddleware:
    """Middleware, after the session's: answers to a reader with credentials are his own, and on the API have his tag.

    What he has already is found out for one query beyond finding out who he is, and is not counted as a request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_read(request) or not gives_credentials(request):
            return self.get_response(request)
        response = self.tagged(request) if is_api(request) else self.get_response(request)
        if "Cache-Control" not in response:
            own(response)
        return response

    def tagged(self, request: HttpRequest) -> HttpResponseBase:
        try:
            reader = reader_of(request)
            version = version_of_request()
        except (AuthenticationFailed, Error):
            # The view says so.
            return self.get_response(request)
        if reader is None:
            return self.get_response(request)
        key = key_of(request, version, reader.pk)
        if f'"{key}"' in parse_etags(request.headers.get("If-None-Match", "")):
            return not_modified(key, version)
        response = self.get_response(request)
        if response.status_code != 200:
            return response
        # A date, unlike the tag, does not tell that this question ever had an answer.
        if is_unmodified_since(request, version):
            return not_modified(key, version)
        stamp(response, key, version)
        return response


def is_read(request: HttpRequest) -> bool:
    return request.method in ("GET", "HEAD") and not request.path.startswith(APART)


def gives_credentials(request: HttpRequest) -> bool:
    """Whether the request may come from a reader who is known; whether he is, is not asked here."""
    return "Authorization" in request.headers or settings.SESSION_COOKIE_NAME in request.COOKIES


def key_of(request: HttpRequest, version: int, reader: int | None = None) -> str:
    """What the answer depends on: the content, the program, the day, and all that this reader may ask differently."""
    apart = (settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_NAME)
    cookies = sorted(item for item in request.COOKIES.items() if item[0] not in apart)
    asked = (request.scheme, request.get_host(), request.get_full_path(), request.headers.get("Accept"), cookies)
    state = (version, release_digest()[0], datetime.now(UTC).date(), reader)
    return blake2s(repr((request.method, state, asked)).encode(), digest_size=16).hexdigest()


def changed(version: int) -> int:
    """When the answer last changed, in seconds: with the content, or with the program."""
    return max(int(content_version.version_time(version).timestamp()), release_digest()[1])


def stamp(response: HttpResponseBase, key: str, version: int) -> None:
    response["ETag"] = f'"{key}"'
    # A second in which something may still change cannot tell one answer from the next.
    if time.time() - changed(version) >= 2:
        response["Last-Modified"] = http_date(changed(version))
    own(response)


def own(response: HttpResponseBase) -> None:
    """Whoever stores it asks each time whether it still stands, and shows it to this reader alone."""
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, VARIES)


def not_modified(key: str, version: int) -> HttpResponseNotModified:
    response = HttpResponseNotModified()
    stamp(response, key, version)
    return response


def is_unmodified_since(request: HttpRequest, version: int) -> bool:
    """Asked only where no ETag was given, which says more."""
    if "If-None-Match" in request.headers:
        return False
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    return since is not None and changed(version) <= since
