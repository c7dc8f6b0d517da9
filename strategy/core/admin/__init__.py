"""Base classes of the admin: model admin, forms, inlines and list filters of records."""

from .forms import RecordForm, RowForm, labeled
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
    "RecordForm",
    "RecordInline",
    "RowForm",
    "RowInline",
    "StrictAdminMixin",
    "joined_codes",
    "labeled",
]
