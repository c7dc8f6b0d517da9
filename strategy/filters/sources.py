"""Filters of sources, citations and remarks."""

from ..core.filters import BooleanFilter, CodeFilter, choice_filter
from ..models import Citation, Conflict, Observation, Silence, Source
from .base import RecordFilter


class SourceFilter(RecordFilter):
    ordering_fields = ("publisher", "title", "earliest", "latest")
    tier = choice_filter(Source, "tier")
    cited = BooleanFilter(method="by_use", label="Cited")

    class Meta(RecordFilter.Meta):
        model = Source

    def by_use(self, queryset, name, value):
        unused = queryset.unused()
        return unused if value == "false" else queryset.exclude(pk__in=unused.values("pk"))


class CitationFilter(RecordFilter):
    source = CodeFilter(model=Source)
    corroborates = BooleanFilter(field_name="corroborates", label="Corroborates")
    confidence = choice_filter(Citation, "confidence")

    class Meta(RecordFilter.Meta):
        model = Citation


class ConflictFilter(RecordFilter):
    ordering_fields = ("topic",)
    status = choice_filter(Conflict, "status")
    confidence = choice_filter(Conflict, "confidence")
    source = CodeFilter(field_name="positions__sources", model=Source, distinct=True)

    class Meta(RecordFilter.Meta):
        model = Conflict


class SilenceFilter(RecordFilter):
    ordering_fields = ("checked_latest",)
    kind = choice_filter(Silence, "kind")

    class Meta(RecordFilter.Meta):
        model = Silence


class ObservationFilter(RecordFilter):
    kind = choice_filter(Observation, "kind")
    source = CodeFilter(field_name="sources", model=Source)

    class Meta(RecordFilter.Meta):
        model = Observation
