"""The admin's base classes: strict lists, forms by code, inlines of parts, safe deletion."""

from .forms import RecordForm, RowForm, labeled
from .inlines import GenericRowInline, RecordInline, RowInline
from .list_filters import PresentFilter, QuestionFilter
from .model_admin import MOST_ROWS, RecordAdmin, joined_codes

__all__ = [
    "MOST_ROWS",
    "GenericRowInline",
    "PresentFilter",
    "QuestionFilter",
    "RecordAdmin",
    "RecordForm",
    "RecordInline",
    "RowForm",
    "RowInline",
    "joined_codes",
    "labeled",
]
