"""How the API is described: its schema, its parameters, and the answers worked out of many records."""

from .analysis import OfFilters, describe, described
from .parameters import COUNT, NOTIONAL, PAGE_SIZE, PAGING, WORDS, code, code_of, in_path, parameter, schema_of
from .schema import Contract, built

__all__ = [
    "COUNT",
    "NOTIONAL",
    "PAGE_SIZE",
    "PAGING",
    "WORDS",
    "Contract",
    "OfFilters",
    "built",
    "code",
    "code_of",
    "describe",
    "described",
    "in_path",
    "parameter",
    "schema_of",
]
