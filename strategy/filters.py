"""Filters of the strategy's models."""

from .core.filters import BooleanFilter, CodeFilter, OccurringValueFilter, RecordFilter, choice_filter
from .models import (
    Chapter,
    Citation,
    Conflict,
    Goal,
    Means,
    Mention,
    Mitigation,
    Observation,
    Office,
    Passage,
    RelatedDocument,
    Risk,
    Silence,
    Source,
    Strategy,
    Term,
    TimelineEvent,
)


class StrategyFilter(RecordFilter):
    ordering_fields = ("title",)
    status = choice_filter(Strategy, "status")

    class Meta:
        model = Strategy
        fields: list[str] = []


class ChapterFilter(RecordFilter):
    ordering_fields = ("number", "title")

    class Meta:
        model = Chapter
        fields: list[str] = []


class PassageFilter(RecordFilter):
    kind = choice_filter(Passage, "kind")
    chapter = CodeFilter(model=Chapter)
    in_strategy = choice_filter(Passage, "in_strategy")

    class Meta:
        model = Passage
        fields: list[str] = []


class RelatedDocumentFilter(RecordFilter):
    ordering_fields = ("title", "earliest", "latest")

    class Meta:
        model = RelatedDocument
        fields: list[str] = []


class TimelineEventFilter(RecordFilter):
    ordering_fields = ("earliest", "latest")

    class Meta:
        model = TimelineEvent
        fields: list[str] = []


class GoalFilter(RecordFilter):
    ordering_fields = ("order", "title")

    class Meta:
        model = Goal
        fields: list[str] = []


class MeansFilter(RecordFilter):
    ordering_fields = ("title",)
    kind = choice_filter(Means, "kind")
    part_of = CodeFilter(model=Means, label="Part of")
    in_strategy = choice_filter(Means, "in_strategy")

    class Meta:
        model = Means
        fields: list[str] = []


class RiskFilter(RecordFilter):
    ordering_fields = ("title", "likelihood", "impact")
    category = OccurringValueFilter(field_name="category", label="Category")
    mitigation = CodeFilter(field_name="mitigations", model=Mitigation)
    means = CodeFilter(model=Means)
    has_mitigation = BooleanFilter(method="by_mitigation", label="Has a mitigation")
    mitigation_described = BooleanFilter(method="by_description", label="A mitigation is described")
    rated = BooleanFilter(method="by_rating", label="Rated")

    class Meta:
        model = Risk
        fields: list[str] = []

    def by_mitigation(self, queryset, name, value):
        bare = queryset.without_mitigation()
        return bare if value == "false" else queryset.exclude(pk__in=bare.values("pk"))

    def by_description(self, queryset, name, value):
        if value == "true":
            return queryset.with_described_mitigation()
        return queryset.without_described_mitigation()

    def by_rating(self, queryset, name, value):
        return queryset.rated() if value == "true" else queryset.unrated()


class MitigationFilter(RecordFilter):
    ordering_fields = ("title",)
    risk = CodeFilter(field_name="risks", model=Risk)
    owner = CodeFilter(model=Office, label="Owner")
    content = choice_filter(Mitigation, "content")
    has_owner = BooleanFilter(method="by_owner", label="Has an owner")

    class Meta:
        model = Mitigation
        fields: list[str] = []

    def by_owner(self, queryset, name, value):
        return queryset.with_owner() if value == "true" else queryset.without_owner()


class TermFilter(RecordFilter):
    ordering_fields = ("term", "abbreviation")
    defined = BooleanFilter(method="by_definition", label="Has a definition")

    class Meta:
        model = Term
        fields: list[str] = []

    def by_definition(self, queryset, name, value):
        return queryset.exclude(definition="") if value == "true" else queryset.without_definition()


class OfficeFilter(RecordFilter):
    ordering_fields = ("name", "abbreviation", "echelon")
    echelon = choice_filter(Office, "echelon")
    link = choice_filter(Office, "link")
    status = choice_filter(Office, "status")
    collective = BooleanFilter(field_name="collective", label="Collective")
    tasked = BooleanFilter(method="by_tasking", label="Tasked with an activity")
    parent = CodeFilter(method="below", model=Office, label="Part of (at any depth)")

    class Meta:
        model = Office
        fields: list[str] = []

    def by_tasking(self, queryset, name, value):
        return queryset.tasked() if value == "true" else queryset.untasked()

    def below(self, queryset, name, value):
        return queryset.subtree([value.code]).exclude(pk=value.pk) if value else queryset


class MentionFilter(RecordFilter):
    kind = choice_filter(Mention, "kind")
    office = CodeFilter(field_name="offices", model=Office)

    class Meta:
        model = Mention
        fields: list[str] = []


class SourceFilter(RecordFilter):
    ordering_fields = ("publisher", "title", "earliest", "latest")
    tier = choice_filter(Source, "tier")
    cited = BooleanFilter(method="by_use", label="Cited")

    class Meta:
        model = Source
        fields: list[str] = []

    def by_use(self, queryset, name, value):
        unused = queryset.unused()
        return unused if value == "false" else queryset.exclude(pk__in=unused.values("pk"))


class CitationFilter(RecordFilter):
    source = CodeFilter(model=Source)
    corroborates = BooleanFilter(field_name="corroborates", label="Corroborates")
    confidence = choice_filter(Citation, "confidence")

    class Meta:
        model = Citation
        fields: list[str] = []


class ConflictFilter(RecordFilter):
    ordering_fields = ("topic",)
    status = choice_filter(Conflict, "status")
    confidence = choice_filter(Conflict, "confidence")
    source = CodeFilter(field_name="positions__sources", model=Source, distinct=True)

    class Meta:
        model = Conflict
        fields: list[str] = []


class SilenceFilter(RecordFilter):
    kind = choice_filter(Silence, "kind")

    class Meta:
        model = Silence
        fields: list[str] = []


class ObservationFilter(RecordFilter):
    kind = choice_filter(Observation, "kind")
    source = CodeFilter(field_name="sources", model=Source)

    class Meta:
        model = Observation
        fields: list[str] = []
