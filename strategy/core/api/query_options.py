"""Parameters of the API beside the filters: fields, related records, paging and file format."""

from collections.abc import Iterable
from typing import Any

from django.http import QueryDict
from rest_framework.request import Request

from ..exports import FORMATS
from ..params import PAGING, BadParametersError, comma_separated, did_you_mean
from . import expansion
from .negotiation import accepted_format

SHAPE = ("fields", "omit", "expand")
LIST = (*PAGING, "cursor", "count", *SHAPE, "format")


def names_param(query: QueryDict, name: str) -> list[str]:
    """The names in a parameter, separated by commas."""
    names = str(query[name]).split(",") if name in query else []
    if len(names) != len(set(names)):
        raise BadParametersError({name: ["Names the same thing twice."]})
    return names


def fields_and_expand(query: QueryDict, serializer: Any) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
    """The names of the fields wanted, None for all of them, and of the relations to expand."""
    own = expansion.field_names(serializer)
    wanted, omitted, expand = (names_param(query, name) for name in SHAPE)
    if wanted and omitted:
        raise BadParametersError({"omit": ["Not together with fields: name what is wanted, or what is not."]})
    for name, fields in (("fields", wanted), ("omit", omitted)):
        for field in fields:
            if field not in own:
                message = f"There is no field '{field}'.{did_you_mean(field, own)} Known: {comma_separated(own)}."
                raise BadParametersError({name: [message]})
    if len(omitted) == len(own):
        raise BadParametersError({"omit": ["Leaves no field."]})
    selected = tuple(name for name in own if name in wanted or (omitted and name not in omitted))
    return selected or None, tuple(expand)


def wants_count(query: QueryDict) -> bool:
    """Whether the rows are to be counted: yes, unless ``count`` is false."""
    if query.get("count", "true") not in ("true", "false"):
        raise BadParametersError({"count": [f"'{query['count']}' is not one of: true, false."]})
    if "cursor" in query and "page" in query:
        raise BadParametersError({"cursor": ["Not together with page: a cursor says where its page starts."]})
    return query.get("count", "true") == "true"


def file_format(request: Request, paging: Iterable[str] = (*PAGING, "cursor", "count")) -> str:
    """The suffix of the file asked for, by parameter or by ``Accept``; empty for a page of JSON.

    The parameters ``paging`` are refused with it.
    """
    query = request.query_params
    suffix = query.get("format", "") or accepted_format(request)
    if suffix and suffix not in FORMATS:
        message = f"'{suffix}' is not one of: {comma_separated(FORMATS)}.{did_you_mean(suffix, FORMATS)}"
        raise BadParametersError({"format": [message]})
    paged = [name for name in paging if name in query]
    if suffix and paged:
        raise BadParametersError({name: ["Not together with format: a file has every row."] for name in paged})
    return suffix
