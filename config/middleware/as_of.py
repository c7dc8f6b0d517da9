"""Middleware for ``?as_of=``: the site as it was at a moment, at the same addresses below ``/as-of/<version>/``; and
for the other kinds of snapshots, each at its own.

The first half reads the address, outside of the response cache, which tells moments apart by it. The second opens the
snapshot, after readers were counted and have signed in.
"""

import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import get_script_prefix
from django.utils.http import http_date

from config.accounts.middleware import sign_in_response
from config.error_handlers import as_json, error_page, forbidden_page, is_api
from config.health import PROBES
from config.server.postgres_wait import waiting_at_most
from strategy.core.cache import content_version
from strategy.core.params import BadParametersError
from strategy.core.snapshots import Snapshot, SnapshotReader, current_snapshot, in_present, reading
from strategy.snapshots import AS_OF, SnapshotKind, all_kinds, kind_of, snapshot_file
from strategy.snapshots.files import BuildingError
from strategy.snapshots.moments import EXAMPLE, PARAMETER
from strategy.views import bad_request_page

GetResponse = Callable[[HttpRequest], HttpResponseBase]
METHODS = ("GET", "HEAD")
# What is of today alone: forms, accounts, the change log itself, and what is no content.
PRESENT_ONLY = re.compile(
    r"/(admin|sign-in|sign-out|my-office|proposals|reorganize|changes|static|favicon\.ico|api/mcp|api/v1/changes)"
    r"(/|\.|$)|.*/history(/|\.|$)"
)
REFRESH_SECONDS = 5
# PostgreSQL may need so long until it has the first rows of a large change log.
BUILD_WAIT_SECONDS = 120.0


class AsOfMiddleware:
    """Takes the moment out of the address, and makes every address of the answer lead on in it.

    What is wrong with the moment is kept for ``SnapshotMiddleware`` to say.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response
        self.kinds = {kind.path: kind for kind in all_kinds()}
        self.address = re.compile(rf"/({'|'.join(self.kinds)})/([^/]*)(/.*|$)")

    def __call__(self, request: Any) -> HttpResponseBase:
        address, kind = self.address.fullmatch(request.path_info), AS_OF
        if address is None and f"{PARAMETER}=" not in request.META.get("QUERY_STRING", ""):
            return self.get_response(request)
        query = request.GET.copy()
        values = query.pop(PARAMETER, [])
        if address is not None:
            kind = self.kinds[address[1]]
            values = [*values, address[2]]
            request._for_editors = kind.for_editors
            request.path_info = address[3] or "/"
        if not values:
            return self.get_response(request)
        try:
            snapshot = self.snapshot_of(request, kind, values)
        except BadParametersError as error:
            request._as_of_problem = error
            return self.get_response(request)
        request.GET = query
        request.META["QUERY_STRING"] = query.urlencode()
        with reading(snapshot):
            request.path = f"{get_script_prefix()}{request.path_info[1:]}"
            return self.get_response(request)

    @staticmethod
    def snapshot_of(request: HttpRequest, kind: SnapshotKind, values: list[str]) -> Snapshot:
        """The snapshot asked for; raises BadParametersError."""
        if len(values) > 1:
            raise BadParametersError({PARAMETER: ["Is given twice."]})
        if not values[0]:
            raise BadParametersError({PARAMETER: [f"Give a moment: {EXAMPLE}."]})
        if request.path_info in PROBES or PRESENT_ONLY.match(request.path_info):
            raise BadParametersError({kind.label: [f"This address is of today only: leave {kind.label} out."]})
        return kind.find(values[0])


class SnapshotMiddleware:
    """Answers from the snapshot of the moment; 503 while a large one is being built."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        problem, snapshot = getattr(request, "_as_of_problem", None), current_snapshot()
        if problem is None and snapshot is None:
            return self.get_response(request)
        if (response := sign_in_response(request)) is not None:
            return response
        if getattr(request, "_for_editors", False) and not request.user.is_staff:
            # Before the problem: it would say which proposals there are.
            with reading(None):
                return as_json(403) if is_api(request) else forbidden_page(request, "This is for editors.").render()
        if problem is not None:
            return refused(request, problem)
        if request.method not in METHODS:
            problem = BadParametersError({PARAMETER: [f"The past is for reading: {', '.join(METHODS)}."]})
            # The frame of the page is that of today: no file is open.
            with reading(None):
                response = refused(request, problem, status=405)
            response["Allow"] = ", ".join(METHODS)
            return response
        return self.answer(request, snapshot) if snapshot else self.get_response(request)

    def answer(self, request: HttpRequest, snapshot: Snapshot) -> HttpResponseBase:
        try:
            with waiting_at_most(BUILD_WAIT_SECONDS):
                reader = SnapshotReader(snapshot, snapshot_file(snapshot))
        except BuildingError:
            return please_wait(request)
        try:
            with reader.active():
                response: Any = self.get_response(request)
        except BaseException:
            reader.close()
            raise
        # A workbook is on disk already.
        if response.streaming and getattr(response, "file_to_stream", None) is None:
            response.streaming_content = reader.hold(response.streaming_content)
            response._resource_closers.append(reader.close)
        else:
            reader.close()
        if kind_of(snapshot) is AS_OF:
            response["Memento-Datetime"] = http_date(content_version.version_time(snapshot.version).timestamp())
        original = request.build_absolute_uri(in_present(request.get_full_path()))
        response["Link"] = f'<{original}>; rel="original"'
        return response


def refused(request: HttpRequest, error: BadParametersError, status: int = 400) -> HttpResponse:
    """The refusal in the API's shape, or as a page."""
    if is_api(request):
        ((label, messages),) = error.errors.items()
        return as_json(status, " ".join(messages), "invalid", attr=label)
    return bad_request_page(request, error, status=status).render()


def please_wait(request: HttpRequest) -> HttpResponse:
    """503 that says when to come again; the page does so by itself."""
    detail = f"The content of that time is being put together: try again in {REFRESH_SECONDS} seconds."
    if is_api(request):
        response: HttpResponse = as_json(503, detail)
    else:
        response = error_page(503, f"{detail} This page does so by itself.", title="One moment")
        response["Refresh"] = str(REFRESH_SECONDS)
    response["Retry-After"] = str(REFRESH_SECONDS)
    return response
