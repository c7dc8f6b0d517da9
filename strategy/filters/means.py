"""Filters of means."""

from ..core.filters import CodeFilter, choice_filter
from ..models import Means
from .base import RecordFilter


class MeansFilter(RecordFilter):
    ordering_fields = ("title",)
    kind = choice_filter(Means, "kind")
    part_of = CodeFilter(model=Means, label="Part of")
    in_strategy = choice_filter(Means, "in_strategy")

    class Meta(RecordFilter.Meta):
        model = Means
