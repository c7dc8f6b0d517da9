"""Middleware that bounds what requests may cost: the size of a body, how often one asks, costly files at once."""

from collections.abc import Callable
from threading import BoundedSemaphore

from django.conf import settings
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.response import HttpResponseBase

from config.accounts.throttling import count_request
from config.error_handlers import as_json, error_page, is_api
from config.health import PROBES
from config.server.request_buffer import MAX_BODY

from .response_cache import has_credentials

GetResponse = Callable[[HttpRequest], HttpResponseBase]
# What a supervisor asks; what is small and fixed.
UNCOUNTED_PATHS = (*PROBES, "/static/")
# Of one process: writing a workbook or a paper keeps a processor busy.
FILES_AT_ONCE, FILES_WAITING = 2, 8
FILE_SECONDS = 10


def refusal(request: HttpRequest, status: int, detail: str, code: str, wait: int = 0) -> HttpResponse:
    """The refusal as JSON or as a page, made without the database: what is bounded must not cost more refused."""
    response = as_json(status, detail, code) if is_api(request) else error_page(status, detail)
    if wait:
        response["Retry-After"] = str(wait)
    return response


class BodySizeMiddleware:
    """413 for a body that is too large, before any of it is read; stands before whatever reads a form.

    Forms of the admin may be larger, so a reader who is signed in may send more. That is read here, whatever its type,
    so that nothing is spooled to the disk and a client that stalls is told so.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        size = int(request.META.get("CONTENT_LENGTH") or 0)
        if size > MAX_BODY:
            limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE if may_send_more(request) else MAX_BODY
            if size > limit:
                return refusal(request, 413, f"The body is larger than {limit:,} bytes.", "too_large")
            try:
                len(request.body)
            except UnreadablePostError:
                return refusal(request, 408, "The body did not come in time.", "too_slow")
        return self.get_response(request)


def may_send_more(request: HttpRequest) -> bool:
    """Whether the request is of a reader who is signed in, to pages: the API takes no large body from anybody."""
    return not is_api(request) and request.user.is_authenticated


class RateLimitMiddleware:
    """429 for a reader who asks for too many pages and files; the API's views count for themselves, toward the same.

    Stands inside the response cache: what that answers is not counted.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_api(request) and not request.path_info.startswith(UNCOUNTED_PATHS):
            wait, detail = count_request(request, request.user if has_credentials(request) else None)
            if wait:
                return refusal(request, 429, f"{detail} Try again in {wait} seconds.", "throttled", wait)
        return self.get_response(request)


def wants_costly_file(request: HttpRequest) -> bool:
    """Whether a workbook, a Word document or a PDF is asked for."""
    # Wherever it stands: in the path of a page's file, or in a parameter or header of the API.
    workbook = "xlsx" in request.get_full_path() or "spreadsheet" in request.headers.get("Accept", "")
    return workbook or request.path_info.endswith((".docx", ".pdf"))


class FileLimitMiddleware:
    """503 where more workbooks and briefs are wanted at once than a process can write while it answers others."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response
        self.writing = BoundedSemaphore(FILES_AT_ONCE)
        self.waiting = BoundedSemaphore(FILES_AT_ONCE + FILES_WAITING)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not wants_costly_file(request):
            return self.get_response(request)
        if not self.waiting.acquire(blocking=False):
            return self.busy(request)
        try:
            if not self.writing.acquire(timeout=FILE_SECONDS):
                return self.busy(request)
            try:
                return self.get_response(request)
            finally:
                self.writing.release()
        finally:
            self.waiting.release()

    def busy(self, request: HttpRequest) -> HttpResponse:
        detail = f"Too many workbooks and briefs are being written. Try again in {FILE_SECONDS} seconds."
        return refusal(request, 503, detail, "unavailable", FILE_SECONDS)
