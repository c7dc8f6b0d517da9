"""What all content is made of: records with a code, parts of records, their basis, dates and querysets."""

from .basis import Basis, BasisField, Confidence, Known
from .dates import PartialDateField, bound, bounds, by_date, display, validate_edtf
from .querysets import CodedQuerySet, Notional, PartQuerySet, related
from .records import CODE_PATTERN, Coded, Part, natural_order, validate_code

__all__ = [
    "CODE_PATTERN",
    "Basis",
    "BasisField",
    "Coded",
    "CodedQuerySet",
    "Confidence",
    "Known",
    "Notional",
    "Part",
    "PartQuerySet",
    "PartialDateField",
    "bound",
    "bounds",
    "by_date",
    "display",
    "natural_order",
    "related",
    "validate_code",
    "validate_edtf",
]
