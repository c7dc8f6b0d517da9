"""How an answer of the API is asked for, beside the filters: its fields, its related records, its paging, its form."""

from collections.abc import Iterable
from typing import Any

from django.http import QueryDict

from ..exports import FORMATS
from ..params import PAGING, BadParametersError, comma_separated, did_you_mean
from . import expansion

SHAPE = ("fields", "omit", "expand")
LIST = (*PAGING, "cursor", "count", *SHAPE, "format")


def names_param(asked: QueryDict, name: str) -> list[str]:
    """The names in a parameter, separated by commas."""
    found = str(asked[name]).split(",") if name in asked else []
    if len(found) != len(set(found)):
        raise BadParametersError({name: ["Names the same thing twice."]})
    return found


def fields_and_expand(asked: QueryDict, serializer: Any) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
    """The fields wanted, None for all of them, and what is to be expanded."""
    own = expansion.field_names(serializer)
    wanted, omitted, expand = (names_param(asked, name) for name in SHAPE)
    if wanted and omitted:
        raise BadParametersError({"omit": ["Not together with fields: name what is wanted, or what is not."]})
    for name, given in (("fields", wanted), ("omit", omitted)):
        for field in given:
            if field not in own:
                said = f"There is no field '{field}'.{did_you_mean(field, own)} Known: {comma_separated(own)}."
                raise BadParametersError({name: [said]})
    if len(omitted) == len(own):
        raise BadParametersError({"omit": ["Leaves no field."]})
    kept = tuple(name for name in own if name in wanted or (omitted and name not in omitted))
    return kept or None, tuple(expand)


def wants_count(asked: QueryDict) -> bool:
    """Whether the rows are to be counted: yes, unless it is asked not to."""
    if asked.get("count", "true") not in ("true", "false"):
        raise BadParametersError({"count": [f"'{asked['count']}' is not one of: true, false."]})
    if "cursor" in asked and "page" in asked:
        raise BadParametersError({"cursor": ["Not together with page: a cursor says where its page starts."]})
    return asked.get("count", "true") == "true"


def file_format(asked: QueryDict, paging: Iterable[str] = (*PAGING, "cursor", "count")) -> str:
    """The file asked for; empty for a page of JSON. What is about ``paging`` is refused with it."""
    asked_form = asked.get("format", "")
    if asked_form and asked_form not in FORMATS:
        said = f"'{asked_form}' is not one of: {comma_separated(FORMATS)}.{did_you_mean(asked_form, FORMATS)}"
        raise BadParametersError({"format": [said]})
    paged = [name for name in paging if name in asked]
    if asked_form and paged:
        raise BadParametersError({name: ["Not together with format: a file has every row."] for name in paged})
    return asked_form
