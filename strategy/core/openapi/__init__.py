"""How the API is described: its schema, its parameters, and the answers worked out of many records."""

from ..filters.schemas import WORDS, code_schema, named_code_schema
from .analysis import FilterSetParameters, analysis_schema, describe_analysis
from .parameters import (
    COUNT,
    NOTIONAL,
    PAGE_SIZE,
    PAGING,
    parameter,
    path_parameter,
)
from .schema import StrictAutoSchema, as_openapi

__all__ = [
    "COUNT",
    "NOTIONAL",
    "PAGE_SIZE",
    "PAGING",
    "WORDS",
    "FilterSetParameters",
    "StrictAutoSchema",
    "analysis_schema",
    "as_openapi",
    "code_schema",
    "describe_analysis",
    "named_code_schema",
    "parameter",
    "path_parameter",
]
