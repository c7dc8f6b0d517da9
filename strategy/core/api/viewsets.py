"""Viewsets of records: strict, read-only, records by code, the same filters as the pages."""

from typing import Any, ClassVar, TypeAlias

from django.db import models
from django.http.response import HttpResponseBase
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import serializers, viewsets
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from .. import params
from ..exports import streaming
from ..filters import RecordFilter
from ..models import CodedModel, Notional
from . import expansion, keyset, query_options
from .negotiation import FilesMixin
from .pagination import KeyPagination
from .row_reader import CodeRowReader, RowReader
from .serializers import record_serializer

# The name `list` is a method of every viewset below.
Records: TypeAlias = list[dict[str, Any]]


def as_validation_error(error: params.BadParametersError) -> ValidationError:
    """The same refusal as on a page, in the API's error shape."""
    return ValidationError(error.errors)


class StrictParamsMixin:
    """Mixin of views: a parameter that is refused anywhere below is a 400 that names it."""

    def handle_exception(self, exc: Exception) -> Response:
        error = as_validation_error(exc) if isinstance(exc, params.BadParametersError) else exc
        return super().handle_exception(error)


class StrictFilterBackend(DjangoFilterBackend):
    """The pages' filters for the API: whatever they do not understand is refused."""

    def get_filterset_kwargs(self, request, queryset, view):
        return super().get_filterset_kwargs(request, queryset, view) | {"with_form": False}

    def filter_queryset(self, request, queryset, view):
        return self.get_filterset(request, queryset, view).checked(query_options.LIST, blank=False)


class RecordViewSet(FilesMixin, StrictParamsMixin, viewsets.ReadOnlyModelViewSet):
    """List and detail of one model's records."""

    filterset_class: ClassVar[type[RecordFilter]]
    serializer_class: ClassVar[type[serializers.ModelSerializer]]
    filter_backends = (StrictFilterBackend,)
    pagination_class = KeyPagination
    lookup_field = "code"
    lookup_value_regex = r"[^/]+"

    @property
    def model(self) -> type[CodedModel]:
        return self.filterset_class._meta.model

    def get_queryset(self) -> models.QuerySet:
        return self.model._default_manager.visible(Notional.INCLUDE)

    def get_reader(self, reader_class: Any = RowReader) -> RowReader:
        """The reader of the fields and related records that are asked for."""
        fields, expand = query_options.fields_and_expand(self.request.query_params, self.serializer_class)
        return expansion.build_reader(self.serializer_class, fields, expand, reader_class)

    def read(self, keys: Any) -> Records:
        """The records of the keys."""
        return self.get_reader().read(keys, {**self.get_serializer_context()})

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        query = request.query_params
        keys = self.filter_queryset(self.get_queryset()).values_list("pk", flat=True)
        if suffix := query_options.file_format(request):
            return self.get_file_response(keys, suffix)
        if "cursor" in query:
            return self.get_keyset_response(keys, query["cursor"])
        if not query_options.wants_count(query):
            return self.get_uncounted_response(keys)
        return self.get_paginated_response(self.read(self.paginate_queryset(keys)))

    def get_file_response(self, keys: models.QuerySet, suffix: str) -> HttpResponseBase:
        """All of the records, in one file."""
        columns = self.get_reader().names
        name = self.request.path.rstrip("/").rpartition("/")[2]
        response = streaming.stream_records(name, columns, keys.iterator(chunk_size=streaming.CHUNK), self.read, suffix)
        # How far along a download is can be told from how many lines it will have.
        response["X-Total-Count"] = str(keys.count())
        return response

    def get_keyset_response(self, keys: models.QuerySet, cursor: str) -> Response:
        """The page that starts at a cursor."""
        query = self.request.query_params
        filters = sorted(item for item in query.items() if item[0] not in ("cursor", "page_size", "count"))
        page, next_cursor = keyset.keyset_page(keys, cursor, params.page_size_param(query), filters)
        here = self.request.build_absolute_uri()
        after = replace_query_param(here, "cursor", next_cursor) if next_cursor else None
        count = keys.count() if query_options.wants_count(query) else None
        return Response({"count": count, "next": after, "previous": None, "results": self.read(page)})

    def get_uncounted_response(self, keys: models.QuerySet) -> Response:
        """A page of which it is not asked how many there are: one row more tells whether another follows."""
        query, here = self.request.query_params, self.request.build_absolute_uri()
        size, number = params.page_size_param(query), params.page_number_param(query)
        page = list(keys[(number - 1) * size : number * size + 1])
        if not page and number > 1:
            raise NotFound("There are fewer pages.")
        after = replace_query_param(here, "page", number + 1) if len(page) > size else None
        before = replace_query_param(here, "page", number - 1) if number > 1 else None
        return Response({"count": None, "next": after, "previous": before, "results": self.read(page[:size])})

    def retrieve(self, request: Request, code: str) -> Response:
        params.check_params(request.query_params, query_options.SHAPE, blank=False)
        reader = self.get_reader(CodeRowReader)
        # PostgreSQL refuses to be asked for a NUL.
        if "\x00" not in code:
            for record in reader.by_owner([code], {**self.get_serializer_context()})[code]:
                return Response(record)
        codes = self.model._default_manager.visible().values_list("code", flat=True)[: params.MAX_COMPARED]
        name = self.model._meta.verbose_name
        raise NotFound(f"There is no {name} '{params.printable(code)}'.{params.did_you_mean(code, codes)}")


def record_viewset(
    filterset: type[RecordFilter], serializer: type[serializers.ModelSerializer] | None = None
) -> type[RecordViewSet]:
    """The viewset of the model of a FilterSet; without a serializer the one derived from the model."""
    model = filterset._meta.model
    attributes = {"filterset_class": filterset, "serializer_class": serializer or record_serializer(model)}
    return type(f"{model.__name__}ViewSet", (RecordViewSet,), attributes)
