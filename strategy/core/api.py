"""The REST API's base classes: strict, read-only, records by code, the same filters as the pages."""

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers, viewsets
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.routers import DefaultRouter

from . import params
from .filters import RecordFilter
from .models import Coded
from .querysets import Notional


def refused(error: params.BadParametersError) -> ValidationError:
    """The same refusal as on a page, in the API's error shape."""
    return ValidationError(error.errors)


class CodeRelatedField(serializers.SlugRelatedField):
    """A related record as its code."""

    def __init__(self, **kwargs):
        kwargs.setdefault("slug_field", "code")
        super().__init__(**kwargs)


class RecordSerializer(serializers.ModelSerializer):
    """Every field of a record a reader may see; related records by code.

    ``url`` is the record in the API, ``web_url`` its page. Row ids never leave the database.
    """

    serializer_related_field = CodeRelatedField
    url = serializers.SerializerMethodField()
    web_url = serializers.SerializerMethodField()

    class Meta:
        exclude: ClassVar[tuple[str, ...]] = ("id", "code_order")

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, record: Coded) -> str:
        name = f"api:{record._meta.model_name}-detail"
        return self._absolute(reverse(name, kwargs={"code": record.code}))

    @extend_schema_field(OpenApiTypes.URI)
    def get_web_url(self, record: Coded) -> str:
        return self._absolute(record.get_absolute_url())

    def _absolute(self, path: str) -> str:
        request = self.context.get("request")
        return request.build_absolute_uri(path) if request else path


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
            raise NotFound(params.beyond(paginator.num_pages))
        return number


class StrictFilters(DjangoFilterBackend):
    """The pages' filters for the API: whatever they do not understand is refused."""

    def filter_queryset(self, request, queryset, view):
        filterset = view.filterset_class(request.query_params, queryset, request=request)
        try:
            return filterset.checked(params.PAGING, blank=False)
        except params.BadParametersError as error:
            raise refused(error) from error


class RecordViewSet(viewsets.ReadOnlyModelViewSet):
    """List and detail of one model's records."""

    filterset_class: ClassVar[type[RecordFilter]]
    filter_backends = (StrictFilters,)
    pagination_class = Pages
    lookup_field = "code"
    lookup_value_regex = r"[^/]+"

    @property
    def model(self) -> type[Coded]:
        return self.filterset_class._meta.model

    def get_queryset(self) -> models.QuerySet:
        return self.model._default_manager.visible(Notional.INCLUDE).for_api()

    def get_object(self) -> Any:
        try:
            params.check(self.request.query_params, (), blank=False)
        except params.BadParametersError as error:
            raise refused(error) from error
        code = self.kwargs["code"]
        record = self.get_queryset().filter(code=code).first() if "\x00" not in code else None
        if record is None:
            codes = self.model._default_manager.visible().values_list("code", flat=True)[: params.MAX_COMPARED]
            name = self.model._meta.verbose_name
            raise NotFound(f"There is no {name} '{params.shown(code)}'.{params.nearest(code, codes)}")
        return record


def register(router: DefaultRouter, *resources: tuple[str, type[RecordViewSet]]) -> None:
    """Adds each viewset under its plural name; addresses are named after the model."""
    for segment, viewset in resources:
        router.register(segment, viewset, basename=viewset.filterset_class._meta.model._meta.model_name)
