"""Filters of terms."""

from ..core.filters import BooleanFilter
from ..models import Term
from .base import RecordFilter


class TermFilter(RecordFilter):
    ordering_fields = ("term", "abbreviation")
    defined = BooleanFilter(method="by_definition", label="Has a definition")

    class Meta(RecordFilter.Meta):
        model = Term

    def by_definition(self, queryset, name, value):
        return queryset.exclude(definition="") if value == "true" else queryset.without_definition()
