"""Models of lines of effort, activities and assignments."""

from .activities import Activity, ActivityGoal, ActivityMeans, ActivityRisk, ActivityStage
from .assignments import Assignment
from .lines import LineExample, LineGoal, LineOfEffort, LineOfEffortMixin, ProcessStage

__all__ = [
    "Activity",
    "ActivityGoal",
    "ActivityMeans",
    "ActivityRisk",
    "ActivityStage",
    "Assignment",
    "LineExample",
    "LineGoal",
    "LineOfEffort",
    "LineOfEffortMixin",
    "ProcessStage",
]
