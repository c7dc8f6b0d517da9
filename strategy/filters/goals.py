"""Filters of goals."""

from ..core.filters import CodeFilter
from ..models import Goal, Indicator
from .base import RecordFilter


class GoalFilter(RecordFilter):
    ordering_fields = ("order", "title")

    class Meta(RecordFilter.Meta):
        model = Goal


class IndicatorFilter(RecordFilter):
    ordering_fields = ("title", "due_latest")
    goal = CodeFilter(model=Goal)

    class Meta(RecordFilter.Meta):
        model = Indicator
