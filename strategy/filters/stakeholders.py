"""Filters of stakeholders."""

from ..core.filters import choice_filter
from ..models import Stakeholder
from .base import RecordFilter


class StakeholderFilter(RecordFilter):
    ordering_fields = ("name",)
    role = choice_filter(Stakeholder, "role")

    class Meta(RecordFilter.Meta):
        model = Stakeholder
