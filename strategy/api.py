"""API of the strategy's models: each resource by its name, its serializer only where it has more than its model."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from . import filters
from .core.api import (
    CodeRelatedField,
    ComputedField,
    RecordLink,
    RecordSerializer,
    Resources,
    part_serializer,
    record_viewset,
)
from .models import Citation, Conflict, ConflictPosition, Observation, Risk, Silence, Source, Subject
from .models.source_querysets import targets_of
from .models.synonyms import Synonym


@extend_schema_field(str)
class AboutField(ComputedField):
    """Kind (``kind``) or code of the record that is spoken of, as its entry in the search index has it."""

    needs = ("content_type_id", "object_id")

    def __init__(self, *, kind: bool = False, **kwargs: Any):
        self.kind = kind
        super().__init__(**kwargs)

    def of(self, rows: Any, context: dict[str, Any]) -> list[str]:
        targets = context.setdefault("targets", {})
        if missing := [place[:2] for place in rows if tuple(place[:2]) not in targets]:
            targets.update(targets_of(missing))
        entries = (targets[tuple(place[:2])] for place in rows)
        return [entry.kind.partition(".")[2] if self.kind else entry.code for entry in entries]


class AboutSerializer(serializers.ModelSerializer):
    """What a citation or remark is about: kind of record, its code, field and part."""

    record_type = AboutField(kind=True)
    record = AboutField()


class SubjectSerializer(AboutSerializer):
    class Meta:
        model = Subject
        fields = ("record_type", "record", "field", "part")


class RiskSerializer(RecordSerializer):
    mitigations = CodeRelatedField(many=True, read_only=True)

    class Meta(RecordSerializer.Meta):
        model = Risk


class SourceSerializer(RecordSerializer):
    address = serializers.URLField(source="url", read_only=True)
    url = RecordLink(api=True)

    class Meta(RecordSerializer.Meta):
        model = Source


class CitationSerializer(AboutSerializer, RecordSerializer):
    class Meta(RecordSerializer.Meta):
        model = Citation
        exclude = (*RecordSerializer.Meta.exclude, "content_type", "object_id")


class RemarkSerializer(RecordSerializer):
    subjects = SubjectSerializer(many=True, read_only=True)


class ConflictSerializer(RemarkSerializer):
    # After the subjects, where the parts of other records are before what is declared.
    positions = part_serializer(ConflictPosition)(many=True, read_only=True)

    class Meta(RecordSerializer.Meta):
        model = Conflict


class SilenceSerializer(RemarkSerializer):
    class Meta(RecordSerializer.Meta):
        model = Silence


class ObservationSerializer(RemarkSerializer):
    class Meta(RecordSerializer.Meta):
        model = Observation


RESOURCES: Resources = {
    "strategies": record_viewset(filters.StrategyFilter),
    "chapters": record_viewset(filters.ChapterFilter),
    "passages": record_viewset(filters.PassageFilter),
    "related-documents": record_viewset(filters.RelatedDocumentFilter),
    "timeline-events": record_viewset(filters.TimelineEventFilter),
    "goals": record_viewset(filters.GoalFilter),
    "means": record_viewset(filters.MeansFilter),
    "risks": record_viewset(filters.RiskFilter, RiskSerializer),
    "mitigations": record_viewset(filters.MitigationFilter),
    "terms": record_viewset(filters.TermFilter),
    "mentions": record_viewset(filters.MentionFilter),
    "offices": record_viewset(filters.OfficeFilter),
    "stakeholders": record_viewset(filters.StakeholderFilter),
    "indicators": record_viewset(filters.IndicatorFilter),
    "topics": record_viewset(filters.TopicFilter),
    "recommendations": record_viewset(filters.RecommendationFilter),
    "sources": record_viewset(filters.SourceFilter, SourceSerializer),
    "citations": record_viewset(filters.CitationFilter, CitationSerializer),
    "conflicts": record_viewset(filters.ConflictFilter, ConflictSerializer),
    "silences": record_viewset(filters.SilenceFilter, SilenceSerializer),
    "observations": record_viewset(filters.ObservationFilter, ObservationSerializer),
    "synonyms": record_viewset(filters.record_filter(Synonym)),
}
