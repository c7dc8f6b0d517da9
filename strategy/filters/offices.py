"""Filters of offices and of the passages that mention them."""

from ..core.filters import BooleanFilter, CodeFilter, choice_filter
from ..models import Mention, Office, Topic
from .base import RecordFilter


class OfficeFilter(RecordFilter):
    ordering_fields = ("name", "abbreviation", "echelon")
    echelon = choice_filter(Office, "echelon")
    link = choice_filter(Office, "link")
    status = choice_filter(Office, "status")
    collective = BooleanFilter(field_name="collective", label="Collective")
    tasked = BooleanFilter(method="by_tasking", label="Tasked with an activity")
    topic = CodeFilter(field_name="topic_links__topic", model=Topic, none="No topic linked")
    parent = CodeFilter(method="below", model=Office, label="Part of (at any depth)")

    class Meta(RecordFilter.Meta):
        model = Office

    def by_tasking(self, queryset, name, value):
        return queryset.tasked() if value == "true" else queryset.untasked()

    def below(self, queryset, name, value):
        return queryset.subtree([value.code]).exclude(pk=value.pk) if value else queryset


class MentionFilter(RecordFilter):
    kind = choice_filter(Mention, "kind")
    office = CodeFilter(field_name="offices", model=Office)

    class Meta(RecordFilter.Meta):
        model = Mention
