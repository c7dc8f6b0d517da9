"""One FilterSet a model, for its page, its API, its files and its facets.

A filter of a ``RecordFilter`` subclass is one of the classes below, or derives from ``DescribedFilter``.
"""

from .base import RecordFilter
from .choices import BooleanFilter, ChoiceFilter, ChoiceListFilter, OccurringValueFilter, choice_filter
from .codes import CodeFilter, CodeListFilter, OwnCodeFilter, OwnCodeListFilter, requested_notional
from .described import DescribedFilter, first_value
from .facets import MAX_COUNTED, Facet, build_facet, build_facets, url_with_params
from .form_fields import MAX_OFFERED
from .incompatible import ANY, IncompatibleParams
from .ordering import CodeOrderingFilter
from .schemas import NONE
from .search import SearchFilter
from .value_counts import FacetValue, count_values
from .value_filters import DateTimeFilter, FieldLookupFilter, IntegerFilter, PartialDateFilter, TextFilter

__all__ = [
    "ANY",
    "MAX_COUNTED",
    "MAX_OFFERED",
    "NONE",
    "BooleanFilter",
    "ChoiceFilter",
    "ChoiceListFilter",
    "CodeFilter",
    "CodeListFilter",
    "CodeOrderingFilter",
    "DateTimeFilter",
    "DescribedFilter",
    "Facet",
    "FacetValue",
    "FieldLookupFilter",
    "IncompatibleParams",
    "IntegerFilter",
    "OccurringValueFilter",
    "OwnCodeFilter",
    "OwnCodeListFilter",
    "PartialDateFilter",
    "RecordFilter",
    "SearchFilter",
    "TextFilter",
    "build_facet",
    "build_facets",
    "choice_filter",
    "count_values",
    "first_value",
    "requested_notional",
    "url_with_params",
]
