"""The REST API's base classes: strict, read-only, records by code, the same filters as the pages."""

from typing import Any, ClassVar, TypeAlias

from django.core.paginator import Page
from django.db import models
from django.http.response import HttpResponseBase
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
from rest_framework.utils.urls import replace_query_param

from .. import params
from ..cache import counts
from ..exports import streaming
from ..filters import RecordFilter
from ..models import CodedModel, Notional
from . import expansion, pagination, query_options
from .row_reader import CodeRowReader, ComputedField, RowReader

# No database counts further.
MAX_OFFSET = 2**62


def as_validation_error(error: params.BadParametersError) -> ValidationError:
    """The same refusal as on a page, in the API's error shape."""
    return ValidationError(error.errors)


class CodeRelatedField(serializers.SlugRelatedField):
    """A related record as its code."""

    def __init__(self, **kwargs):
        kwargs.setdefault("slug_field", "code")
        super().__init__(**kwargs)


@extend_schema_field(OpenApiTypes.URI)
class RecordLink(ComputedField):
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

    def get_field_names(self, declared_fields, info):
        """The model's own fields first, code before all; then the lists and addresses declared beside them."""
        names = super().get_field_names(declared_fields, info)
        return sorted(names, key=lambda name: name in declared_fields)


class PartSerializer(serializers.ModelSerializer):
    """A part inside its record: its own fields, without the way back."""

    serializer_related_field = CodeRelatedField


# The name `list` is a method of every viewset below.
Records: TypeAlias = list[dict[str, Any]]


class StrictParamsMixin:
    """Mixin of views: a parameter that is refused anywhere below is a 400 that names it."""

    def handle_exception(self, exc: Exception) -> Response:
        known = as_validation_error(exc) if isinstance(exc, params.BadParametersError) else exc
        return super().handle_exception(known)


class StrictPageNumberPagination(PageNumberPagination):
    """``page`` and ``page_size`` (1 to 200, 50 if left out); anything else is refused."""

    page_size_query_param = "page_size"
    page_size = params.DEFAULT_PAGE_SIZE
    max_page_size = params.MAX_PAGE_SIZE

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        properties = {
            "count": {"type": ["integer", "null"], "description": "All records; null with `count=false`."},
            "next": {"type": ["string", "null"], "format": "uri"},
            "previous": {"type": ["string", "null"], "format": "uri"},
            "results": schema,
        }
        required = [*properties]
        return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}

    def get_page_size(self, request) -> int:
        return params.page_size_param(request.query_params)

    def get_page_number(self, request, paginator) -> int:
        number = params.page_number_param(request.query_params)
        if number > paginator.num_pages:
            raise NotFound(params.no_such_page(paginator.num_pages))
        return number


class KeyPagination(StrictPageNumberPagination):
    """The same for the keys of records, which are counted and read at once."""

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> Any:
        """The keys of the page that is asked for."""
        size, number = params.page_size_param(request.query_params), params.page_number_param(request.query_params)
        keys, count = counts.count_and_page(queryset, min((number - 1) * size, MAX_OFFSET), size)
        paginator = self.django_paginator_class(keys, size)
        paginator.count = count
        self.request, self.page = request, Page(keys, self.get_page_number(request, paginator), paginator)
        return keys


class StrictFilterBackend(DjangoFilterBackend):
    """The pages' filters for the API: whatever they do not understand is refused."""

    def filter_queryset(self, request, queryset, view):
        filterset = view.filterset_class(request.query_params, queryset, request=request, drawn=False)
        return filterset.checked(query_options.LIST, blank=False)


class RecordViewSet(StrictParamsMixin, viewsets.ReadOnlyModelViewSet):
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

    def reader(self, kind: Any = RowReader) -> RowReader:
        """What reads the fields and the related records that are asked for."""
        fields, expand = query_options.fields_and_expand(self.request.query_params, self.serializer_class)
        return expansion.build_reader(self.serializer_class, fields, expand, kind)

    def read(self, keys: Any) -> Records:
        """The records of the keys."""
        return self.reader().read(keys, {**self.get_serializer_context()})

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        asked = request.query_params
        keys = self.filter_queryset(self.get_queryset()).values_list("pk", flat=True)
        if form := query_options.file_format(asked):
            return self.take(keys, form)
        if "cursor" in asked:
            return self.keyset(keys, asked["cursor"])
        if not query_options.wants_count(asked):
            return self.uncounted(keys)
        return self.get_paginated_response(self.read(self.paginate_queryset(keys)))

    def take(self, keys: models.QuerySet, form: str) -> HttpResponseBase:
        """All of them, in one file."""
        columns = self.reader().names
        name = self.request.path.rstrip("/").rpartition("/")[2]
        response = streaming.stream_records(name, columns, keys.iterator(chunk_size=streaming.CHUNK), self.read, form)
        # How far along a download is can be told from how many lines it will have.
        response["X-Total-Count"] = str(keys.count())
        return response

    def keyset(self, keys: models.QuerySet, cursor: str) -> Response:
        asked = self.request.query_params
        filters = sorted(item for item in asked.items() if item[0] not in ("cursor", "page_size", "count"))
        found, following = pagination.keyset_page(keys, cursor, params.page_size_param(asked), filters)
        after = replace_query_param(self.request.build_absolute_uri(), "cursor", following) if following else None
        count = keys.count() if query_options.wants_count(asked) else None
        return Response({"count": count, "next": after, "previous": None, "results": self.read(found)})

    def uncounted(self, keys: models.QuerySet) -> Response:
        """A page of which it is not asked how many there are: one row more tells whether another follows."""
        asked, here = self.request.query_params, self.request.build_absolute_uri()
        size, number = params.page_size_param(asked), params.page_number_param(asked)
        found = list(keys[(number - 1) * size : number * size + 1])
        if not found and number > 1:
            raise NotFound("There are fewer pages.")
        after = replace_query_param(here, "page", number + 1) if len(found) > size else None
        before = replace_query_param(here, "page", number - 1) if number > 1 else None
        return Response({"count": None, "next": after, "previous": before, "results": self.read(found[:size])})

    def retrieve(self, request: Request, code: str) -> Response:
        params.check_params(request.query_params, query_options.SHAPE, blank=False)
        reader = self.reader(CodeRowReader)
        # PostgreSQL refuses to be asked for a NUL.
        if "\x00" not in code:
            for record in reader.by_owner([code], {**self.get_serializer_context()})[code]:
                return Response(record)
        codes = self.model._default_manager.visible().values_list("code", flat=True)[: params.MAX_COMPARED]
        name = self.model._meta.verbose_name
        raise NotFound(f"There is no {name} '{params.printable(code)}'.{params.did_you_mean(code, codes)}")


def register_resources(router: DefaultRouter, *resources: tuple[str, type[RecordViewSet]]) -> None:
    """Adds each viewset under its plural name; addresses are named after the model."""
    for segment, viewset in resources:
        expansion.register_resource(segment, viewset.serializer_class)
        router.register(segment, viewset, basename=viewset.filterset_class._meta.model._meta.model_name)
