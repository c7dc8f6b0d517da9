"""Abstract models, fields and querysets of all content: coded records, their parts, basis and partial dates."""

from .basis import Basis, BasisField, Confidence, YesNoUnknown
from .dates import PartialDateField, date_bound_field, date_bounds, display_date, order_by_date, validate_edtf
from .querysets import (
    CodedQuerySet,
    Notional,
    PartQuerySet,
    VisibleQuerySet,
    count_subquery,
    first_of_each,
    related_manager,
)
from .records import CODE_PATTERN, CodedModel, Part, validate_code
from .sort_keys import PlainOrder, natural_order
from .texts import NOT_IN_XML, ContentModel

__all__ = [
    "CODE_PATTERN",
    "NOT_IN_XML",
    "Basis",
    "BasisField",
    "CodedModel",
    "CodedQuerySet",
    "Confidence",
    "ContentModel",
    "Notional",
    "Part",
    "PartQuerySet",
    "PartialDateField",
    "PlainOrder",
    "VisibleQuerySet",
    "YesNoUnknown",
    "count_subquery",
    "date_bound_field",
    "date_bounds",
    "display_date",
    "first_of_each",
    "natural_order",
    "order_by_date",
    "related_manager",
    "validate_code",
    "validate_edtf",
]
