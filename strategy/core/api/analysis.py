"""Views of the API whose answers are worked out of many records: what a page of analysis shows.

Page and API take the same parameters and call the same functions. As JSON an answer has a shape of its own, which
serializers describe in the schema; with ``format`` it is the page's table. Records themselves have ``RecordViewSet``.
"""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
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
from .negotiation import FilesMixin
from .serializers import paths_around_code
from .viewsets import StrictParamsMixin

View = TypeVar("View", bound=viewsets.ViewSet)
FORMAT = ("format",)


class RecordURLs:
    """Absolute addresses of records for one request: the page's and the API's, each worked out once a kind."""

    def __init__(self, request: Any):
        self._request = request
        self._around: dict[str, tuple[str, str]] = {}

    def _of(self, name: str, code: str) -> str:
        if name not in self._around:
            before, after = paths_around_code(name)
            self._around[name] = self._request.build_absolute_uri(before), after
        return code.join(self._around[name])

    def page(self, kind: str, code: str) -> str:
        return self._of(f"{kind}-detail", code)

    def api(self, kind: str, code: str) -> str:
        return self._of(f"api:{kind}-detail", code)

    def whole(self, path: str) -> str:
        """The absolute address of a path of this site."""
        return str(self._request.build_absolute_uri(path))

    def of_page(self, name: str, without: Iterable[str], **also: str) -> str:
        """The page that shows the same: with the same parameters but ``without`` those only the API has."""
        page_params = params.select_params(self._request.GET, set(self._request.GET) - set(without))
        return self.whole(url_with_params(reverse(name), page_params, **also))

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
        """A citation, with its source; without one it is inferred, and its reason says why."""
        source = citation.source
        record = source or citation
        return {
            "code": source.code if source else None,
            "title": source.label if source else citation.label,
            "locator": citation.locator,
            "basis": citation.basis,
            "reason": citation.reason,
            "web_url": self.page(str(record._meta.model_name), record.code),
        }


class NamedSerializer(serializers.Serializer):
    """A record: its kind, code and name, where it is in the API, and its page."""

    record_type = serializers.CharField()
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the name of a field hides an option of its class
    url = serializers.URLField()
    web_url = serializers.URLField()


class CitedSerializer(serializers.Serializer):
    """What a line of the answer rests on. Without the code of a source it is inferred, for the reason given."""

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


class AnalysisViewSet(FilesMixin, StrictParamsMixin, viewsets.ViewSet):
    """One answer worked out of many records, as JSON or as a file.

    A subclass has ``get_result``, which asks what the page asks and refuses what it refuses, ``serialize``, which gives
    it as JSON, and ``get_sheet``, which gives the page's table.
    """

    http_method_names = ["get", "head", "options"]
    # Parameters beside the page's own.
    extra: ClassVar[tuple[str, ...]] = FORMAT

    def list(self, request: Request, **kwargs: str) -> HttpResponseBase:
        suffix = query_options.file_format(request, set(self.extra) - set(FORMAT))
        result = self.get_result(request)
        if suffix:
            return exports.download(self.get_sheet(request, result), suffix, for_people=False)
        return Response(self.serialize(request, result))

    @classmethod
    def get_data(cls, request: HttpRequest, name: str, query: Mapping[str, Any], **kwargs: str) -> dict[str, Any]:
        """The JSON at the address ``name`` for the parameters ``query``, within a request to another address.

        ``kwargs`` are the parts of the address. Raises BadParametersError and Http404 as the address refuses.
        """
        inner = copy(request)
        inner.method, inner.GET = "GET", QueryDict(urlencode(query))
        inner.path = inner.path_info = reverse(name, kwargs=kwargs)
        inner.META = {**request.META, "QUERY_STRING": inner.GET.urlencode()}
        view = cls(kwargs=kwargs)
        view.request = Request(inner)
        return view.serialize(view.request, view.get_result(view.request))

    def get_result(self, request: Any) -> Any:
        """What the parameters ask for, of any type; raises BadParametersError or NotFound."""
        raise NotImplementedError

    def serialize(self, request: Any, result: Any) -> dict[str, Any]:
        """The result as JSON, in the shape of the view's serializer."""
        raise NotImplementedError

    def get_sheet(self, request: Any, result: Any) -> exports.Sheet:
        """The result as the page's table."""
        raise NotImplementedError
