"""JSON Schema of the values that parameters take, as the filters and the API's own parameters state them."""

import re
from collections.abc import Sequence
from typing import Any

from .. import params
from ..models import CODE_PATTERN, CodedModel
from ..text import MAX_LENGTH

# A record that has none of what a filter is about is asked for by this value. No record has this code.
NONE = "none"
# At most so many values in one parameter.
MAX_VALUES = 100
# What no parameter can hold: NUL, and what stands for bytes that are no UTF-8.
TEXT = {"type": "string", "minLength": 1, "maxLength": params.MAX_VALUE, "pattern": "^[^\\u0000\\uFFFD]+$"}
WORDS = {**TEXT, "format": "search-words", "maxLength": MAX_LENGTH}
PARTIAL_DATE: dict[str, Any] = {
    "anyOf": [
        {"type": "string", "format": "date"},
        {"type": "string", "format": "year-month", "pattern": "^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])$"},
        {"type": "string", "format": "year", "pattern": "^(?!0000)[0-9]{4}$"},
    ]
}
DATE_TIME = {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}]}


def choice_list_schema(
    choices: Sequence[str], maximum: int = MAX_VALUES, *, unique: bool = False, sign: str = ""
) -> dict[str, Any]:
    """Values out of ``choices``, separated by commas; with ``unique`` none of them twice, whatever ``sign`` precedes.

    ``sign`` is a regular expression for what may stand before a value, such as ``-?``.
    """
    value = f"{sign}({'|'.join(map(re.escape, choices))})"
    # Before the values: none of them comes again after a comma.
    not_twice = f"(?!(.*,)?{sign}([^,]+),(.*,)?{sign}\\2(,|$))" if unique else ""
    pattern = f"^{not_twice}{value}(,{value}){{0,{maximum - 1}}}$"
    schema: dict[str, Any] = {"type": "string", "format": "list", "pattern": pattern}
    longer = unique and len(",".join(choices)) > params.MAX_VALUE
    return schema | ({"maxLength": params.MAX_VALUE} if longer else {})


def text_list_schema() -> dict[str, Any]:
    """Any texts, separated by commas, or in double quotes as in CSV."""
    value = '([^,"\\u0000\\uFFFD][^,\\u0000\\uFFFD]*|"([^"\\u0000\\uFFFD]|"")+")'
    pattern = f"^{value}(,{value}){{0,{MAX_VALUES - 1}}}$"
    return {"type": "string", "format": "list", "pattern": pattern, "maxLength": params.MAX_LIST}


def code_schema(model: type[CodedModel], none: str = "") -> dict[str, Any]:
    """The code of a record. Which codes there are is for the content to say: ``format`` names the kind of record.

    ``none`` is what a reader calls having no such record, empty where that cannot be asked for.
    """
    pattern = f"^({NONE}|{CODE_PATTERN})$" if none else f"^{CODE_PATTERN}$"
    return {"type": "string", "format": f"{model._meta.model_name}-code", "pattern": pattern}


def code_list_schema(model: type[CodedModel]) -> dict[str, Any]:
    """Codes of records of one kind, separated by commas."""
    pattern = f"^{CODE_PATTERN}(,{CODE_PATTERN}){{0,{MAX_VALUES - 1}}}$"
    return {"type": "string", "format": f"{model._meta.model_name}-codes", "pattern": pattern}


def named_code_schema(kind: str) -> dict[str, Any]:
    """The code of one of several kinds of record, or of some of one kind; ``kind`` names them in one word."""
    return {"type": "string", "format": f"{kind}-code", "pattern": f"^{CODE_PATTERN}$"}
