"""Base classes of the admin: model admin, forms, inlines and list filters of records."""

from .forms import RecordForm, RowForm, labeled
from .inlines import GenericRowInline, RecordInline, RowInline
from .list_filters import PresentFilter, QuestionFilter
from .model_admin import MAX_ROWS, RecordAdmin, joined_codes

__all__ = [
    "MAX_ROWS",
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
