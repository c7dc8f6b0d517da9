"""How the parameters of the API are described: what each takes, in words and as JSON Schema, with an example.

A filter is described from its class and from the names its field has; nothing is written by hand for one of them. A
view of its own declares a parameter in one line::

    @extend_schema(parameters=[parameter("rows", "What stands in the rows.", enum=AXES, example="goal"), NOTIONAL])

A list is text with commas in it, as it stands in an address, so that every client sends it as it is meant.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import models
from drf_spectacular.utils import OpenApiExample, OpenApiParameter

from .. import params
from ..api import FIRST, expansion
from ..exports import FORMATS
from ..filters import (
    ANY,
    NONE,
    BooleanFilter,
    ChoiceFilter,
    CodeFilter,
    CodeOrderingFilter,
    OccurringValueFilter,
    SearchFilter,
    lookups,
)
from ..models import CODE_PATTERN, CodedModel, Notional
from ..text import search_engine

# What no parameter can hold: NUL, and what stands for bytes that are no UTF-8.
TEXT = {"type": "string", "minLength": 1, "maxLength": params.MAX_VALUE, "pattern": "^[^\\u0000\\uFFFD]+$"}
DAY = {
    "anyOf": [
        {"type": "string", "format": "date"},
        {"type": "string", "format": "year-month", "pattern": "^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])$"},
        {"type": "string", "format": "year", "pattern": "^(?!0000)[0-9]{4}$"},
    ]
}
WORDS = {**TEXT, "format": "search-words", "maxLength": search_engine.MAX_LENGTH}
MOMENT = {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}]}
# Parameters of any list that exclude each other, each with any value.
APART = (
    {"fields": ANY, "omit": ANY},
    {"cursor": ANY, "page": ANY},
    *({"format": ANY, name: ANY} for name in (*params.PAGING, "cursor", "count")),
)


def parameter(
    name: str, description: str, *, example: Any = None, required: bool = False, **schema: Any
) -> OpenApiParameter:
    """A query parameter. ``schema`` is JSON Schema: type (text, if it is left out), enum, pattern, minimum ..."""
    if "anyOf" not in schema:
        schema.setdefault("type", "string")
    return OpenApiParameter(name, schema, required=required, description=description, examples=example_of(example))


def path_parameter(name: str, description: str, *, example: Any = None, **schema: Any) -> OpenApiParameter:
    """A part of the address."""
    return OpenApiParameter(name, schema, "path", description=description, examples=example_of(example))


def example_of(value: Any) -> list[OpenApiExample]:
    """The one example of a parameter, if there is a value for it."""
    return [] if value is None else [OpenApiExample("Example", value=value)]


PAGE = parameter("page", "Number of the page.", type="integer", minimum=1, maximum=params.MAX_PAGE, example=1)
PAGE_SIZE = parameter(
    "page_size",
    f"Records to a page, {params.DEFAULT_PAGE_SIZE} if it is left out.",
    type="integer",
    minimum=1,
    maximum=params.MAX_PAGE_SIZE,
    example=10,
)
CURSOR = parameter(
    "cursor",
    f"`{FIRST}`, then the cursor in the address that `next` gives: pages that stay in place while rows come and go.",
    format="cursor",
    pattern=f"^({FIRST}|[A-Za-z0-9_-]+:[A-Za-z0-9]+:[A-Za-z0-9_-]+)$",
    example=FIRST,
)
COUNT = parameter("count", "Whether to count the records; `false` saves the time.", type="boolean", example=False)
FORMAT = parameter(
    "format", "The whole filtered list as a file, instead of pages.", enum=sorted(FORMATS), example="csv"
)
NOTIONAL = parameter(
    "notional",
    "Training content, which is left out unless it is asked for: "
    + ", ".join(f"`{value}` ({label})" for value, label in Notional.choices)
    + ".",
    enum=list(Notional.values),
    example=Notional.EXCLUDE.value,
)
PAGING = (PAGE, PAGE_SIZE)


def list_schema(
    one: Sequence[str], most: int = lookups.MAX_VALUES, *, once: bool = False, sign: str = ""
) -> dict[str, Any]:
    """Values of ``one``, separated by commas; with ``once`` none of them twice, whatever ``sign`` is before it."""
    value = f"{sign}({'|'.join(map(re.escape, one))})"
    # Before the values: none of them comes again after a comma.
    twice = f"(?!(.*,)?{sign}([^,]+),(.*,)?{sign}\\2(,|$))" if once else ""
    pattern = f"^{twice}{value}(,{value}){{0,{most - 1}}}$"
    schema: dict[str, Any] = {"type": "string", "format": "list", "pattern": pattern}
    return schema | ({"maxLength": params.MAX_VALUE} if once and len(",".join(one)) > params.MAX_VALUE else {})


@cache
def shape_parameters(serializer: Any) -> tuple[OpenApiParameter, ...]:
    """``fields``, ``omit`` and ``expand`` of one kind of record."""
    own, known = expansion.field_names(serializer), expansion.expandable_names(serializer)
    label = next(name for name in (serializer.Meta.model.label_field, *own[3:]) if name in own)
    found = [
        parameter(
            "fields",
            f"Only these fields: {params.comma_separated(own)}.",
            example=f"code,{label}",
            **list_schema(own, len(own), once=True),
        ),
        parameter("omit", "All fields but these.", example=own[1], **list_schema(own, len(own) - 1, once=True)),
    ]
    if known:
        words = "Related records in full, instead of their codes or beside them, two steps at most: "
        example = parameter(
            "expand",
            f"{words}{params.comma_separated(known)}.",
            example=known[0],
            **list_schema(known, len(known), once=True),
        )
        found.append(example)
    return tuple(found)


def code_schema(model: type[CodedModel], none: str = "") -> dict[str, Any]:
    """The code of a record. Which codes there are is for the content to say: ``format`` names the kind of record."""
    pattern = f"^({NONE}|{CODE_PATTERN})$" if none else f"^{CODE_PATTERN}$"
    return {"type": "string", "format": f"{model._meta.model_name}-code", "pattern": pattern}


def named_code_schema(what: str) -> dict[str, Any]:
    """The code of one of several kinds of record, or of some of one kind; ``what`` names them in one word."""
    return {"type": "string", "format": f"{what}-code", "pattern": f"^{CODE_PATTERN}$"}


def filter_parameter(name: str, one: Any, model: type[CodedModel]) -> OpenApiParameter:
    """The description of one filter of a model."""
    label, schema = str(one.label or name.replace("_", " ").capitalize()), filter_schema(one, model)
    if isinstance(one, OccurringValueFilter) and (values := occurring_values(model, one.field_name)):
        schema = schema | {"enum": values}
    if isinstance(one, CodeOrderingFilter):
        schema = list_schema(_fields_of(one), len(_fields_of(one)), once=True, sign="-?")
        said = f"Fields to order by, `-` before a name reverses: {params.comma_separated(_fields_of(one))}."
        return parameter(name, said, example="-updated", **schema)
    return parameter(name, f"{label}{_words_of(one, model)}.", example=_example(one, model), **schema)


def _fields_of(one: Any) -> list[str]:
    return [value for value, _ in one.extra["choices"] if not value.startswith("-")]


def filter_schema(one: Any, model: type[CodedModel]) -> dict[str, Any]:
    """Which values a filter takes."""
    if isinstance(one, BooleanFilter):
        return {"type": "boolean"}
    if isinstance(one, OccurringValueFilter):
        return {"type": "string", "format": f"{model._meta.model_name}-{one.field_name}"}
    if isinstance(one, ChoiceFilter):
        return {"type": "string", "enum": [str(value) for value, _ in one.extra["choices"]]}
    if isinstance(one, CodeFilter):
        return code_schema(one.target, one.extra.get("null_label") or "")
    if isinstance(one, lookups.OwnCodeFilter) and one.lookup_expr != "in":
        return code_schema(model)
    if isinstance(one, lookups.CodeListFilter):
        pattern = f"^{CODE_PATTERN}(,{CODE_PATTERN}){{0,{lookups.MAX_VALUES - 1}}}$"
        kind = f"{one.target._meta.model_name}-codes"
        return {"type": "string", "format": kind, "pattern": pattern}
    if isinstance(one, lookups.ChoiceListFilter):
        return list_schema(one.allowed) if one.allowed else _texts()
    if isinstance(one, lookups.IntegerFilter):
        return {"type": "integer", "minimum": -lookups.MAX_WHOLE, "maximum": lookups.MAX_WHOLE}
    if isinstance(one, lookups.PartialDateFilter):
        return DAY
    if isinstance(one, lookups.DateTimeFilter):
        return MOMENT
    if isinstance(one, SearchFilter):
        return WORDS
    return TEXT


def _texts() -> dict[str, Any]:
    value = "[^,\\u0000\\uFFFD]+"
    pattern = f"^{value}(,{value}){{0,{lookups.MAX_VALUES - 1}}}$"
    return {"type": "string", "format": "list", "pattern": pattern, "maxLength": params.MAX_LIST}


def _words_of(one: Any, model: type[CodedModel]) -> str:
    """What the values are, after the filter's own name."""
    if isinstance(one, SearchFilter):
        return f": words in any name or text of the record, {search_engine.MAX_WORDS} at most"
    if isinstance(one, OccurringValueFilter):
        return ": a value that occurs"
    if isinstance(one, ChoiceFilter) and not isinstance(one, BooleanFilter):
        return ": " + ", ".join(f"`{value}` ({label})" for value, label in one.extra["choices"])
    if isinstance(one, CodeFilter):
        none = one.extra.get("null_label")
        return f": code of a record in {_plural(one.target)}" + (f", or `{NONE}` ({none})" if none else "")
    if isinstance(one, lookups.OwnCodeFilter) and one.lookup_expr != "in":
        return ""
    if isinstance(one, lookups.ChoiceListFilter | lookups.CodeListFilter):
        return f": values separated by commas, {lookups.MAX_VALUES} at most"
    if isinstance(one, lookups.PartialDateFilter):
        return ", as a year, month or day"
    if isinstance(one, lookups.DateTimeFilter):
        return ", a day or a moment with its zone"
    return ""


def _plural(model: type[CodedModel]) -> str:
    return str(model._meta.verbose_name_plural)


def _example(one: Any, model: type[CodedModel]) -> Any:
    """A value that some record has, where one does."""
    if isinstance(one, BooleanFilter):
        return True
    target = getattr(one, "target", None)
    path = "code" if isinstance(one, lookups.OwnCodeFilter) else f"{one.field_name}__code" if target else one.field_name
    found = None if one.method is not None else first_value(model, "code" if isinstance(one, SearchFilter) else path)
    if target is not None:
        return found or first_value(target, "code")
    if isinstance(one, lookups.PartialDateFilter):
        return str(found)[:4] if re.match("[0-9]{4}", str(found)) else "2025"
    if isinstance(one, lookups.DateTimeFilter):
        return found.date().isoformat() if found else "2026-01-31"
    if isinstance(one, lookups.IntegerFilter):
        return 1 if found is None else found
    choices = getattr(one, "allowed", None) or [str(value) for value, _ in one.extra.get("choices", ())] or ["text"]
    return str(found or choices[0]).partition("," if isinstance(one, lookups.ChoiceListFilter) else "\0")[0]


def occurring_values(model: type[CodedModel], path: str) -> list[str]:
    """The values that occur in the sourced content."""
    rows: Any = model._default_manager.visible()
    return sorted(rows.exclude(**{path: ""}).order_by().values_list(path, flat=True).distinct())


def first_value(model: type[models.Model], path: str) -> Any:
    """The first value that stands there in the content, None if there is none."""
    rows: Any = model._default_manager
    values = rows.visible().exclude(**{f"{path}__isnull": True}).values_list(path, flat=True)
    return next((value for value in values[:200] if value != ""), None)
