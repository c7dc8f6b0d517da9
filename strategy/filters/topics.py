"""Filters of subject topics and recommendations."""

from ..core.filters import CodeFilter, OccurringValueFilter, choice_filter
from ..models import Office, Recommendation, Risk, Topic
from .base import RecordFilter


class TopicFilter(RecordFilter):
    ordering_fields = ("name",)
    office = CodeFilter(field_name="office_links__office", model=Office)

    class Meta(RecordFilter.Meta):
        model = Topic


class RecommendationFilter(RecordFilter):
    ordering_fields = ("number", "status_latest")
    report = OccurringValueFilter(field_name="report", label="Report")
    status = choice_filter(Recommendation, "status")
    office = CodeFilter(field_name="office_links__office", model=Office)
    risk = CodeFilter(field_name="risk_links__risk", model=Risk)

    class Meta(RecordFilter.Meta):
        model = Recommendation
