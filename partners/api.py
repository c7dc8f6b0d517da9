"""API of partners, frameworks and engagements."""

from strategy.core.api import PartSerializer, RecordSerializer, RecordViewSet

from . import filters as f
from .models import (
    Agreement,
    Engagement,
    EngagementHost,
    Framework,
    FrameworkCount,
    Membership,
    MembershipStage,
    Participation,
    Partner,
    PartnerKind,
    PartnerName,
    Series,
)


class PartnerKindSerializer(RecordSerializer):
    class Meta(RecordSerializer.Meta):
        model = PartnerKind


class PartnerNameSerializer(PartSerializer):
    class Meta:
        model = PartnerName
        exclude = ("id", "partner")


class PartnerSerializer(RecordSerializer):
    names = PartnerNameSerializer(many=True, read_only=True)

    class Meta(RecordSerializer.Meta):
        model = Partner


class FrameworkCountSerializer(PartSerializer):
    class Meta:
        model = FrameworkCount
        exclude = ("id", "framework")


class FrameworkSerializer(RecordSerializer):
    counts = FrameworkCountSerializer(many=True, read_only=True)

    class Meta(RecordSerializer.Meta):
        model = Framework


class MembershipStageSerializer(PartSerializer):
    class Meta:
        model = MembershipStage
        exclude = ("id", "membership")


class MembershipSerializer(RecordSerializer):
    stages = MembershipStageSerializer(many=True, read_only=True)

    class Meta(RecordSerializer.Meta):
        model = Membership


class AgreementSerializer(RecordSerializer):
    class Meta(RecordSerializer.Meta):
        model = Agreement


class SeriesSerializer(RecordSerializer):
    class Meta(RecordSerializer.Meta):
        model = Series


class EngagementHostSerializer(PartSerializer):
    class Meta:
        model = EngagementHost
        exclude = ("id", "engagement")


class EngagementParticipationSerializer(PartSerializer):
    """A participation as its engagement shows it."""

    class Meta:
        model = Participation
        fields = ("code", "partner", "role", "basis")


class EngagementSerializer(RecordSerializer):
    hosts = EngagementHostSerializer(source="host_links", many=True, read_only=True)
    participations = EngagementParticipationSerializer(many=True, read_only=True)

    class Meta(RecordSerializer.Meta):
        model = Engagement


class ParticipationSerializer(RecordSerializer):
    class Meta(RecordSerializer.Meta):
        model = Participation


class PartnerKindViewSet(RecordViewSet):
    filterset_class, serializer_class = f.PartnerKindFilter, PartnerKindSerializer


class PartnerViewSet(RecordViewSet):
    filterset_class, serializer_class = f.PartnerFilter, PartnerSerializer


class FrameworkViewSet(RecordViewSet):
    filterset_class, serializer_class = f.FrameworkFilter, FrameworkSerializer


class MembershipViewSet(RecordViewSet):
    filterset_class, serializer_class = f.MembershipFilter, MembershipSerializer


class AgreementViewSet(RecordViewSet):
    filterset_class, serializer_class = f.AgreementFilter, AgreementSerializer


class SeriesViewSet(RecordViewSet):
    filterset_class, serializer_class = f.SeriesFilter, SeriesSerializer


class EngagementViewSet(RecordViewSet):
    filterset_class, serializer_class = f.EngagementFilter, EngagementSerializer


class ParticipationViewSet(RecordViewSet):
    filterset_class, serializer_class = f.ParticipationFilter, ParticipationSerializer


RESOURCES = (
    ("partner-kinds", PartnerKindViewSet),
    ("partners", PartnerViewSet),
    ("frameworks", FrameworkViewSet),
    ("memberships", MembershipViewSet),
    ("agreements", AgreementViewSet),
    ("series", SeriesViewSet),
    ("engagements", EngagementViewSet),
    ("participations", ParticipationViewSet),
)
