"""How answers worked out of many records are described in the schema: parameters, JSON, and files."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, TypeVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import viewsets

from .. import exports, params
from ..filters import ANY
from . import parameters
from .schema import as_openapi

View = TypeVar("View", bound=viewsets.ViewSet)


def analysis_schema(
    serializer: Any,
    *query: OpenApiParameter,
    apart: Iterable[Mapping[str, str]] = (),
    needs: Mapping[str, Iterable[str]] | None = None,
    differ: Iterable[str] = (),
    **more: Any,
) -> dict[str, Any]:
    """Arguments of ``extend_schema`` for an answer: its parameters, its JSON, and the files of the same rows.

    ``apart`` are parameters that are refused together, each with a value or ``ANY``; ``needs`` says which others a
    parameter cannot be asked without, ``differ`` which two may not have the same value.
    """
    files = {
        (200, media.partition(";")[0]): OpenApiTypes.BINARY if form == "xlsx" else OpenApiTypes.STR
        for form, media in exports.FORMATS.items()
        if form != "json"
    }
    paging = [item.name for item in query if item.name in params.PAGING or item is parameters.COUNT]
    never = [*apart, *({"format": ANY, name: ANY} for name in paging)]
    return {
        "parameters": [*query, parameters.FORMAT],
        "responses": {(200, exports.FORMATS["json"]): serializer, **files},
        "extensions": {
            "x-never-together": never,
            "x-needs": needs or {},
            "x-differ": list(differ),
            "x-otherwise": {"format": "json"},
        },
        **more,
    }


def describe_analysis(
    summary: str, serializer: Any, *query: OpenApiParameter, **more: Any
) -> Callable[[type[View]], type[View]]:
    """Decorator of a view with one answer."""
    return extend_schema_view(list=extend_schema(**analysis_schema(serializer, *query, summary=summary, **more)))


class FilterSetParameters:
    """The parameters of one or several filter classes, for the schema of a view that hands them on.

    Described like the resources' own; a name that several of them know is there once.
    """

    filtersets: ClassVar[dict[Any, Iterable[str]]] = {}

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        query: dict[str, dict[str, Any]] = {}
        for filterset, names in self.filtersets.items():
            for name in names:
                parameter = parameters.filter_parameter(name, filterset.base_filters[name], filterset._meta.model)
                query.setdefault(name, as_openapi(parameter))
        return list(query.values())
