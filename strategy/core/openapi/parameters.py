"""How the parameters of the API are described: what each takes, in words and as JSON Schema, with an example.

A filter describes itself (see ``filters.described``). A view of its own declares a parameter in one line::

    @extend_schema(parameters=[parameter("rows", "What stands in the rows.", enum=AXES, example="goal"), NOTIONAL])

A list is text with commas in it, as it stands in an address, so that every client sends it as it is meant.
"""

from functools import cache
from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter

from .. import params
from ..api import FIRST, expansion
from ..exports import FORMATS
from ..filters import ANY, DescribedFilter
from ..filters.schemas import choice_list_schema
from ..models import CodedModel, Notional

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


@cache
def shape_parameters(serializer: Any) -> tuple[OpenApiParameter, ...]:
    """``fields``, ``omit`` and ``expand`` of a kind of record, by its serializer."""
    own, known = expansion.field_names(serializer), expansion.expandable_names(serializer)
    label = next(name for name in (serializer.Meta.model.label_field, *own[3:]) if name in own)
    shape = [
        parameter(
            "fields",
            f"Only these fields: {params.comma_separated(own)}.",
            example=f"code,{label}",
            **choice_list_schema(own, len(own), unique=True),
        ),
        parameter(
            "omit", "All fields but these.", example=own[1], **choice_list_schema(own, len(own) - 1, unique=True)
        ),
    ]
    if known:
        words = "Related records in full, instead of their codes or beside them, two steps at most: "
        example = parameter(
            "expand",
            f"{words}{params.comma_separated(known)}.",
            example=known[0],
            **choice_list_schema(known, len(known), unique=True),
        )
        shape.append(example)
    return tuple(shape)


def filter_parameter(name: str, filter_: DescribedFilter, model: type[CodedModel]) -> OpenApiParameter:
    """The description of one filter of a model, as the filter states it."""
    schema = filter_.parameter_schema(model)
    return parameter(name, filter_.description(model), example=filter_.example(model), **schema)
