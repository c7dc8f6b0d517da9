"""Filters of stakeholders."""

from ..core.filters import CodeFilter, choice_filter
from ..models import Office, Stakeholder
from .base import RecordFilter


class StakeholderFilter(RecordFilter):
    ordering_fields = ("name",)
    role = choice_filter(Stakeholder, "role")
    office = CodeFilter(model=Office, label="Office")

    class Meta(RecordFilter.Meta):
        model = Stakeholder
