"""One filter set a model, for its page, its API, its files and its facets."""

from .base import NONE, Code, OneOf, OneOfValues, RecordFilter, Search, YesNo, notional_of, one_of
from .facets import MOST_COUNTED, Facet, Value, address, facet, facets
from .fields import MOST_OFFERED
from .incompatible import ANY, NeverTogether
from .lookups import CodeList, OneOfList
from .ordering import Ordering

__all__ = [
    "ANY",
    "MOST_COUNTED",
    "MOST_OFFERED",
    "NONE",
    "Code",
    "CodeList",
    "Facet",
    "NeverTogether",
    "OneOf",
    "OneOfList",
    "OneOfValues",
    "Ordering",
    "RecordFilter",
    "Search",
    "Value",
    "YesNo",
    "address",
    "facet",
    "facets",
    "notional_of",
    "one_of",
]
