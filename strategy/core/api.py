"""The REST API's base classes: strict, read-only, records by code, the same filters as the pages."""

from collections.abc import Sequence
from functools import cache
from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers, viewsets
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import DefaultRouter

from . import params
from .filters import RecordFilter
from .models import Coded
from .querysets import Notional
from .rows import Computed, Reader


def refused(error: params.BadParametersError) -> ValidationError:
    """The same refusal as on a page, in the API's error shape."""
    return ValidationError(error.errors)


class CodeRelatedField(serializers.SlugRelatedField):
    """A related record as its code."""

    def __init__(self, **kwargs):
        kwargs.setdefault("slug_field", "code")
        super().__init__(**kwargs)


@extend_schema_field(OpenApiTypes.URI)
class RecordLink(Computed):
    """The address of a record: of its page, or with ``api`` in the API."""

    needs = ("code",)

    def __init__(self, *, api: bool = False, **kwargs: Any):
        self.api = api
        super().__init__(**kwargs)

    def of(self, rows, context):
        parent: Any = self.parent
        name = f"{'api:' if self.api else ''}{parent.Meta.model._meta.model_name}-detail"
        # A code has only letters, digits and - _ . in it, so that every address is this one with another code.
        path = reverse(name, kwargs={"code": "CODE"})
        request = context.get("request")
        before, after = (request.build_absolute_uri(path) if request else path).split("CODE")
        return [f"{before}{row[0]}{after}" for row in rows]


class RecordSerializer(serializers.ModelSerializer):
    """Every field of a record a reader may see; related records by code.

    ``url`` is the record in the API, ``web_url`` its page. Row ids never leave the database.
    """

    serializer_related_field = CodeRelatedField
    url = RecordLink(api=True)
    web_url = RecordLink()

    class Meta:
        exclude: ClassVar[tuple[str, ...]] = ("id", "code_order")


class PartSerializer(serializers.ModelSerializer):
    """A part inside its record: its own fields, without the way back."""

    serializer_related_field = CodeRelatedField


class Pages(PageNumberPagination):
    """``page`` and ``page_size`` (1 to 200, 50 if left out); anything else is refused."""

    page_size_query_param = "page_size"
    page_size = params.DEFAULT_PAGE_SIZE
    max_page_size = params.MAX_PAGE_SIZE

    def get_page_size(self, request) -> int:
        try:
            return params.page_size(request.query_params)
        except params.BadParametersError as error:
            raise refused(error) from error

    def get_page_number(self, request, paginator) -> int:
        try:
            number = params.page_number(request.query_params)
        except params.BadParametersError as error:
            raise refused(error) from error
        if number > paginator.num_pages:
            raise NotFound(f"There are {paginator.num_pages} pages and no more.")
        return number


class StrictFilters(DjangoFilterBackend):
    """The pages' filters for the API: whatever they do not understand is refused."""

    def filter_queryset(self, request, queryset, view):
        filterset = view.filterset_class(request.query_params, queryset, request=request, drawn=False)
        try:
            return filterset.checked(params.PAGING, blank=False)
        except params.BadParametersError as error:
            raise refused(error) from error


class RecordViewSet(viewsets.ReadOnlyModelViewSet):
    """List and detail of one model's records."""

    filterset_class: ClassVar[type[RecordFilter]]
    serializer_class: ClassVar[type[serializers.ModelSerializer]]
    filter_backends = (StrictFilters,)
    pagination_class = Pages
    lookup_field = "code"
    lookup_value_regex = r"[^/]+"

    @property
    def model(self) -> type[Coded]:
        return self.filterset_class._meta.model

    def get_queryset(self) -> models.QuerySet:
        return self.model._default_manager.visible(Notional.INCLUDE)

    def read(self, keys: Any) -> Sequence[dict[str, Any]]:
        return reader(self.serializer_class).read(keys, {**self.get_serializer_context()})

    def list(self, request: Request) -> Response:
        keys = self.paginate_queryset(self.filter_queryset(self.get_queryset()).values_list("pk", flat=True))
        return self.get_paginated_response(self.read(keys))

    def retrieve(self, request: Request, code: str) -> Response:
        return Response(self.read([self.get_key(code)])[0])

    def get_key(self, code: str) -> int:
        try:
            params.check(self.request.query_params, (), blank=False)
        except params.BadParametersError as error:
            raise refused(error) from error
        found = self.get_queryset().filter(code=code).values_list("pk", flat=True) if "\x00" not in code else ()
        for key in found:
            return key
        raise NotFound(f"There is no {self.model._meta.verbose_name} '{code}'.")


@cache
def reader(serializer_class: type[serializers.ModelSerializer]) -> Reader:
    """The one reader of a serializer: its statements are compiled once in the life of the process."""
    return Reader(serializer_class)


def register(router: DefaultRouter, *resources: tuple[str, type[RecordViewSet]]) -> None:
    """Adds each viewset under its plural name; addresses are named after the model."""
    for segment, viewset in resources:
        router.register(segment, viewset, basename=viewset.filterset_class._meta.model._meta.model_name)
