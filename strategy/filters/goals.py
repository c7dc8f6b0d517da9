"""Filters of goals."""

from ..models import Goal
from .base import RecordFilter


class GoalFilter(RecordFilter):
    ordering_fields = ("order", "title")

    class Meta(RecordFilter.Meta):
        model = Goal
