"""API of the ways."""

from strategy.core.api import PartSerializer, RecordSerializer, RecordViewSet

from . import filters as f
from .models import (
    Activity,
    ActivityGoal,
    ActivityMeans,
    ActivityRisk,
    ActivityStage,
    Assignment,
    LineExample,
    LineGoal,
    LineOfEffort,
    ProcessStage,
)


class LineGoalSerializer(PartSerializer):
    class Meta:
        model = LineGoal
        exclude = ("id", "line_of_effort")


class LineExampleSerializer(PartSerializer):
    class Meta:
        model = LineExample
        exclude = ("id", "line_of_effort")


class LineOfEffortSerializer(RecordSerializer):
    goals = LineGoalSerializer(source="goal_links", many=True, read_only=True)
    examples = LineExampleSerializer(many=True, read_only=True)

    class Meta(RecordSerializer.Meta):
        model = LineOfEffort


class ProcessStageSerializer(RecordSerializer):
    class Meta(RecordSerializer.Meta):
        model = ProcessStage


class ActivityGoalSerializer(PartSerializer):
    class Meta:
        model = ActivityGoal
        exclude = ("id", "activity")


class ActivityStageSerializer(PartSerializer):
    class Meta:
        model = ActivityStage
        exclude = ("id", "activity")


class ActivityMeansSerializer(PartSerializer):
    class Meta:
        model = ActivityMeans
        exclude = ("id", "activity")


class ActivityRiskSerializer(PartSerializer):
    class Meta:
        model = ActivityRisk
        exclude = ("id", "activity")


class AssignmentSerializer(RecordSerializer):
    class Meta(RecordSerializer.Meta):
        model = Assignment


class ActivityAssignmentSerializer(PartSerializer):
    """An assignment as its activity shows it."""

    class Meta:
        model = Assignment
        fields = ("code", "office", "role", "verb", "office_as_stated", "relation", "relation_basis", "basis")


class ActivitySerializer(RecordSerializer):
    goals = ActivityGoalSerializer(source="goal_links", many=True, read_only=True)
    stages = ActivityStageSerializer(source="stage_links", many=True, read_only=True)
    means = ActivityMeansSerializer(source="means_links", many=True, read_only=True)
    risks = ActivityRiskSerializer(source="risk_links", many=True, read_only=True)
    assignments = ActivityAssignmentSerializer(many=True, read_only=True)

    class Meta(RecordSerializer.Meta):
        model = Activity


class LineOfEffortViewSet(RecordViewSet):
    filterset_class, serializer_class = f.LineOfEffortFilter, LineOfEffortSerializer


class ProcessStageViewSet(RecordViewSet):
    filterset_class, serializer_class = f.ProcessStageFilter, ProcessStageSerializer


class ActivityViewSet(RecordViewSet):
    """Activities with who leads, coordinates and supports them.

    ``office`` and ``role`` together ask for one assignment that has both.
    """

    filterset_class, serializer_class = f.ActivityFilter, ActivitySerializer


class AssignmentViewSet(RecordViewSet):
    filterset_class, serializer_class = f.AssignmentFilter, AssignmentSerializer


RESOURCES = (
    ("lines-of-effort", LineOfEffortViewSet),
    ("process-stages", ProcessStageViewSet),
    ("activities", ActivityViewSet),
    ("assignments", AssignmentViewSet),
)
