"""API of partners, frameworks and engagements: each resource by its name."""

from strategy.core.api import PartSerializer, RecordSerializer, Resources, record_viewset

from . import filters
from .models import Engagement, Participation


class EngagementParticipationSerializer(PartSerializer):
    """A participation as its engagement shows it."""

    class Meta:
        model = Participation
        fields = ("code", "partner", "role", "basis")


class EngagementSerializer(RecordSerializer):
    participations = EngagementParticipationSerializer(many=True, read_only=True)

    class Meta(RecordSerializer.Meta):
        model = Engagement


RESOURCES: Resources = {
    "partner-kinds": record_viewset(filters.PartnerKindFilter),
    "partners": record_viewset(filters.PartnerFilter),
    "frameworks": record_viewset(filters.FrameworkFilter),
    "memberships": record_viewset(filters.MembershipFilter),
    "agreements": record_viewset(filters.AgreementFilter),
    "series": record_viewset(filters.SeriesFilter),
    "engagements": record_viewset(filters.EngagementFilter, EngagementSerializer),
    "participations": record_viewset(filters.ParticipationFilter),
}
