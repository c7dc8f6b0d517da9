"""Base classes of the admin: model admin, forms, inlines and list filters of records."""

from .forms import RecordChoiceField, RecordForm, RecordSelect, RowForm, generate_code, labeled
from .inlines import GenericRowInline, RecordInline, RowInline
from .list_filters import PresentFilter, QuestionFilter
from .model_admin import RecordAdmin, joined_codes
from .strict_admin import MAX_ROWS, StrictAdminMixin

__all__ = [
    "MAX_ROWS",
    "GenericRowInline",
    "PresentFilter",
    "QuestionFilter",
    "RecordAdmin",
    "RecordChoiceField",
    "RecordForm",
    "RecordInline",
    "RecordSelect",
    "RowForm",
    "RowInline",
    "StrictAdminMixin",
    "generate_code",
    "joined_codes",
    "labeled",
]
