"""API of the ways: each resource by its name, its serializer only where it has more than its model."""

from strategy.core.api import PartSerializer, RecordSerializer, RecordViewSet, Resources, record_viewset

from . import filters
from .models import Activity, Assignment


class ActivityAssignmentSerializer(PartSerializer):
    """An assignment as its activity shows it."""

    class Meta:
        model = Assignment
        fields = ("code", "office", "role", "verb", "office_as_stated", "relation", "relation_basis", "basis")


class ActivitySerializer(RecordSerializer):
    assignments = ActivityAssignmentSerializer(many=True, read_only=True)

    class Meta(RecordSerializer.Meta):
        model = Activity


class ActivityViewSet(RecordViewSet):
    """Activities with who leads, coordinates and supports them.

    ``office`` and ``role`` together ask for one assignment that has both.
    """

    filterset_class, serializer_class = filters.ActivityFilter, ActivitySerializer


RESOURCES: Resources = {
    "lines-of-effort": record_viewset(filters.LineOfEffortFilter),
    "process-stages": record_viewset(filters.ProcessStageFilter),
    "activities": ActivityViewSet,
    "assignments": record_viewset(filters.AssignmentFilter),
}
