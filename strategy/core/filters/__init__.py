"""One filter set a model, for its page, its API, its files and its facets."""

from .base import (
    NONE,
    BooleanFilter,
    ChoiceFilter,
    CodeFilter,
    OccurringValueFilter,
    RecordFilter,
    SearchFilter,
    choice_filter,
    requested_notional,
)
from .facets import MOST_COUNTED, Facet, FacetValue, build_facet, build_facets, url_with_params
from .fields import MAX_OFFERED
from .incompatible import ANY, IncompatibleParams
from .lookups import ChoiceListFilter, CodeListFilter
from .ordering import CodeOrderingFilter

__all__ = [
    "ANY",
    "MAX_OFFERED",
    "MOST_COUNTED",
    "NONE",
    "BooleanFilter",
    "ChoiceFilter",
    "ChoiceListFilter",
    "CodeFilter",
    "CodeListFilter",
    "CodeOrderingFilter",
    "Facet",
    "FacetValue",
    "IncompatibleParams",
    "OccurringValueFilter",
    "RecordFilter",
    "SearchFilter",
    "build_facet",
    "build_facets",
    "choice_filter",
    "requested_notional",
    "url_with_params",
]
