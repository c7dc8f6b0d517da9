"""API of the strategy's models."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from . import filters as f
from .core.api import CodeRelatedField, ComputedField, PartSerializer, RecordLink, RecordSerializer, RecordViewSet
from .models import (
    Chapter,
    Citation,
    Conflict,
    ConflictPosition,
    Goal,
    Means,
    Mention,
    Mitigation,
    Observation,
    Office,
    OfficeEvent,
    OfficeName,
    OfficeRelation,
    Passage,
    RelatedDocument,
    Risk,
    Silence,
    Source,
    Strategy,
    StrategyDate,
    StrategyName,
    Subject,
    Term,
    TimelineEvent,
)
from .models.source_querysets import targets_of


@extend_schema_field(str)
class AboutField(ComputedField):
    """Kind (``kind``) or code of the record that is spoken of, as its entry in the search index has it."""

    needs = ("content_type_id", "object_id")

    def __init__(self, *, kind: bool = False, **kwargs):
        self.kind = kind
        super().__init__(**kwargs)

    def of(self, rows, context):
        targets = context.setdefault("targets", {})
        if missing := [place[:2] for place in rows if tuple(place[:2]) not in targets]:
            targets.update(targets_of(missing))
        found = (targets[tuple(place[:2])] for place in rows)
        return [target.kind.partition(".")[2] if self.kind else target.code for target in found]


class AboutSerializer(serializers.ModelSerializer):
    """What a citation or remark is about: kind of record, its code, field and part."""

    record_type = AboutField(kind=True)
    record = AboutField()


class SubjectSerializer(AboutSerializer):
    class Meta:
        model = Subject
        fields = ("record_type", "record", "field", "part")


class StrategyNameSerializer(PartSerializer):
    class Meta:
        model = StrategyName
        exclude = ("id", "strategy")


class StrategyDateSerializer(PartSerializer):
    class Meta:
        model = StrategyDate
        exclude = ("id", "strategy")


class StrategySerializer(RecordSerializer):
    names = StrategyNameSerializer(many=True, read_only=True)
    dates = StrategyDateSerializer(many=True, read_only=True)

    class Meta(RecordSerializer.Meta):
        model = Strategy


class ChapterSerializer(RecordSerializer):
    class Meta(RecordSerializer.Meta):
        model = Chapter


class PassageSerializer(RecordSerializer):
    class Meta(RecordSerializer.Meta):
        model = Passage


class RelatedDocumentSerializer(RecordSerializer):
    class Meta(RecordSerializer.Meta):
        model = RelatedDocument


class TimelineEventSerializer(RecordSerializer):
    class Meta(RecordSerializer.Meta):
        model = TimelineEvent


class GoalSerializer(RecordSerializer):
    class Meta(RecordSerializer.Meta):
        model = Goal


class MeansSerializer(RecordSerializer):
    class Meta(RecordSerializer.Meta):
        model = Means


class RiskSerializer(RecordSerializer):
    mitigations = CodeRelatedField(many=True, read_only=True)

    class Meta(RecordSerializer.Meta):
        model = Risk


class MitigationSerializer(RecordSerializer):
    class Meta(RecordSerializer.Meta):
        model = Mitigation


class TermSerializer(RecordSerializer):
    class Meta(RecordSerializer.Meta):
        model = Term


class MentionSerializer(RecordSerializer):
    class Meta(RecordSerializer.Meta):
        model = Mention


class OfficeNameSerializer(PartSerializer):
    class Meta:
        model = OfficeName
        exclude = ("id", "office")


class OfficeEventSerializer(PartSerializer):
    class Meta:
        model = OfficeEvent
        exclude = ("id", "office")


class OfficeRelationSerializer(PartSerializer):
    class Meta:
        model = OfficeRelation
        exclude = ("id", "office")


class OfficeSerializer(RecordSerializer):
    names = OfficeNameSerializer(many=True, read_only=True)
    events = OfficeEventSerializer(many=True, read_only=True)
    relations = OfficeRelationSerializer(many=True, read_only=True)

    class Meta(RecordSerializer.Meta):
        model = Office


class SourceSerializer(RecordSerializer):
    address = serializers.URLField(source="url", read_only=True)
    url = RecordLink(api=True)

    class Meta(RecordSerializer.Meta):
        model = Source


class CitationSerializer(AboutSerializer, RecordSerializer):
    class Meta(RecordSerializer.Meta):
        model = Citation
        exclude = (*RecordSerializer.Meta.exclude, "content_type", "object_id")


class ConflictPositionSerializer(PartSerializer):
    class Meta:
        model = ConflictPosition
        exclude = ("id", "conflict")


class RemarkSerializer(RecordSerializer):
    subjects = SubjectSerializer(many=True, read_only=True)


class ConflictSerializer(RemarkSerializer):
    positions = ConflictPositionSerializer(many=True, read_only=True)

    class Meta(RecordSerializer.Meta):
        model = Conflict


class SilenceSerializer(RemarkSerializer):
    class Meta(RecordSerializer.Meta):
        model = Silence


class ObservationSerializer(RemarkSerializer):
    class Meta(RecordSerializer.Meta):
        model = Observation


class StrategyViewSet(RecordViewSet):
    filterset_class, serializer_class = f.StrategyFilter, StrategySerializer


class ChapterViewSet(RecordViewSet):
    filterset_class, serializer_class = f.ChapterFilter, ChapterSerializer


class PassageViewSet(RecordViewSet):
    filterset_class, serializer_class = f.PassageFilter, PassageSerializer


class RelatedDocumentViewSet(RecordViewSet):
    filterset_class, serializer_class = f.RelatedDocumentFilter, RelatedDocumentSerializer


class TimelineEventViewSet(RecordViewSet):
    filterset_class, serializer_class = f.TimelineEventFilter, TimelineEventSerializer


class GoalViewSet(RecordViewSet):
    filterset_class, serializer_class = f.GoalFilter, GoalSerializer


class MeansViewSet(RecordViewSet):
    filterset_class, serializer_class = f.MeansFilter, MeansSerializer


class RiskViewSet(RecordViewSet):
    filterset_class, serializer_class = f.RiskFilter, RiskSerializer


class MitigationViewSet(RecordViewSet):
    filterset_class, serializer_class = f.MitigationFilter, MitigationSerializer


class TermViewSet(RecordViewSet):
    filterset_class, serializer_class = f.TermFilter, TermSerializer


class MentionViewSet(RecordViewSet):
    filterset_class, serializer_class = f.MentionFilter, MentionSerializer


class OfficeViewSet(RecordViewSet):
    filterset_class, serializer_class = f.OfficeFilter, OfficeSerializer


class SourceViewSet(RecordViewSet):
    filterset_class, serializer_class = f.SourceFilter, SourceSerializer


class CitationViewSet(RecordViewSet):
    filterset_class, serializer_class = f.CitationFilter, CitationSerializer


class ConflictViewSet(RecordViewSet):
    filterset_class, serializer_class = f.ConflictFilter, ConflictSerializer


class SilenceViewSet(RecordViewSet):
    filterset_class, serializer_class = f.SilenceFilter, SilenceSerializer


class ObservationViewSet(RecordViewSet):
    filterset_class, serializer_class = f.ObservationFilter, ObservationSerializer


RESOURCES = (
    ("strategies", StrategyViewSet),
    ("chapters", ChapterViewSet),
    ("passages", PassageViewSet),
    ("related-documents", RelatedDocumentViewSet),
    ("timeline-events", TimelineEventViewSet),
    ("goals", GoalViewSet),
    ("means", MeansViewSet),
    ("risks", RiskViewSet),
    ("mitigations", MitigationViewSet),
    ("terms", TermViewSet),
    ("mentions", MentionViewSet),
    ("offices", OfficeViewSet),
    ("sources", SourceViewSet),
    ("citations", CitationViewSet),
    ("conflicts", ConflictViewSet),
    ("silences", SilenceViewSet),
    ("observations", ObservationViewSet),
)
