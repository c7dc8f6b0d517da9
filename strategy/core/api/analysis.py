"""Answers of the API that are worked out of many records: what a page of analysis shows, asked for as the page is.

The same functions answer page and API. As JSON an answer has a shape of its own, which serializers describe in the
schema; with ``format`` it is the page's table. Not for the records themselves, which have resources (see ``api``).
"""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, TypeVar

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from rest_framework import serializers, viewsets
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from .. import exports, params
from ..filters import url_with_params
from ..models import Basis, CodedModel
from . import query_options
from .viewsets import StrictParamsMixin

View = TypeVar("View", bound=viewsets.ViewSet)
FORMAT = ("format",)


@cache
def _path(name: str) -> str:
    """A code has only letters, digits and - _ . in it, so that every address is this one with another code."""
    return reverse(name, kwargs={"code": "CODE"})


class RecordURLs:
    """Absolute addresses of records for one request: the page's and the API's, each worked out once a kind."""

    def __init__(self, request: Any):
        self._request = request
        self._around: dict[str, tuple[str, str]] = {}

    def _of(self, name: str, code: str) -> str:
        if name not in self._around:
            before, _, after = self._request.build_absolute_uri(_path(name)).rpartition("CODE")
            self._around[name] = before, after
        return code.join(self._around[name])

    def page(self, kind: str, code: str) -> str:
        return self._of(f"{kind}-detail", code)

    def api(self, kind: str, code: str) -> str:
        return self._of(f"api:{kind}-detail", code)

    def whole(self, path: str) -> str:
        """The absolute address of a path of this site."""
        return str(self._request.build_absolute_uri(path))

    def of_page(self, name: str, without: Iterable[str], **also: str) -> str:
        """The page that shows the same, asked for with the same parameters but for those only the API has."""
        kept = params.select_params(self._request.GET, set(self._request.GET) - set(without))
        return self.whole(url_with_params(reverse(name), kept, **also))

    def named(self, kind: str, code: str, label: str) -> dict[str, Any]:
        """A record as answers name it."""
        return {
            "record_type": kind,
            "code": code,
            "label": label,
            "url": self.api(kind, code),
            "web_url": self.page(kind, code),
        }

    def record(self, record: CodedModel) -> dict[str, Any]:
        return self.named(str(record._meta.model_name), record.code, record.label)

    def citation(self, citation: Any) -> dict[str, Any]:
        """A citation, with its source; without one it is our reading, and its reason says why."""
        source = citation.source
        return {
            "code": source.code if source else None,
            "title": source.label if source else citation.label,
            "locator": citation.locator,
            "basis": citation.basis,
            "reason": citation.reason,
            "web_url": self.page("source", source.code) if source else self.page("citation", citation.code),
        }


class NamedSerializer(serializers.Serializer):
    """A record: its kind, code and name, where it is in the API, and its page."""

    record_type = serializers.CharField()
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the name of a field hides an option of its class
    url = serializers.URLField()
    web_url = serializers.URLField()


class CitedSerializer(serializers.Serializer):
    """What a line of the answer rests on. Without the code of a source it is our reading, for the reason given."""

    code = serializers.CharField(allow_null=True)
    title = serializers.CharField()
    locator = serializers.CharField(allow_blank=True)
    basis = serializers.ChoiceField(choices=Basis.choices)
    reason = serializers.CharField(allow_blank=True)
    web_url = serializers.URLField()


@dataclass(frozen=True)
class PageParams:
    """Which rows are asked for, and the addresses of the rows before and after them."""

    request: Any
    number: int
    size: int

    @classmethod
    def of(cls, request: Any) -> "PageParams":
        return cls(request, params.page_number_param(request.GET), params.page_size_param(request.GET))

    @property
    def start(self) -> int:
        return (self.number - 1) * self.size

    def counted(self, count: int) -> dict[str, Any]:
        """``count``, ``next`` and ``previous``; a page beyond the last is not found."""
        pages = -(-count // self.size) or 1
        if self.number > pages:
            raise NotFound(params.no_such_page(pages))
        return {"count": count, **self._around(self.number < pages)}

    def uncounted(self, more: bool) -> dict[str, Any]:
        return {"count": None, **self._around(more)}

    def _around(self, more: bool) -> dict[str, str | None]:
        here = self.request.build_absolute_uri()
        return {
            "next": replace_query_param(here, "page", self.number + 1) if more else None,
            "previous": replace_query_param(here, "page", self.number - 1) if self.number > 1 else None,
        }


class PagedSerializer(serializers.Serializer):
    """The head of an answer that comes in pages."""

    count = serializers.IntegerField(allow_null=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


class AnalysisViewSet(StrictParamsMixin, viewsets.ViewSet):
    """One answer. ``found`` asks what the page asks and refuses what it refuses; ``answer`` says it as JSON."""

    http_method_names = ["get", "head", "options"]
    # Parameters beside the page's own.
    extra: ClassVar[tuple[str, ...]] = FORMAT

    def list(self, request: Request, **kwargs: str) -> HttpResponseBase:
        form = query_options.file_format(request.query_params, set(self.extra) - set(FORMAT))
        found = self.found(request)
        if form:
            return exports.download(self.sheet(request, found), form)
        return Response(self.answer(request, found))

    @classmethod
    def answer_to(cls, request: HttpRequest, name: str, asked: Mapping[str, Any], **kwargs: str) -> dict[str, Any]:
        """The answer at the address ``name`` to what is ``asked``, within a request that was made to another one."""
        inner = copy(request)
        inner.method, inner.GET = "GET", QueryDict(urlencode(asked))
        inner.path = inner.path_info = reverse(name, kwargs=kwargs)
        inner.META = {**request.META, "QUERY_STRING": inner.GET.urlencode()}
        view = cls(kwargs=kwargs)
        view.request = Request(inner)
        return view.answer(view.request, view.found(view.request))

    def found(self, request: Any) -> Any:
        raise NotImplementedError

    def answer(self, request: Any, found: Any) -> dict[str, Any]:
        raise NotImplementedError

    def sheet(self, request: Any, found: Any) -> exports.Sheet:
        raise NotImplementedError
