"""Models of lines of effort, activities and assignments."""

from .activities import (
    Activity,
    ActivityGoal,
    ActivityMeans,
    ActivityRecommendation,
    ActivityRisk,
    ActivityStage,
    ActivityTopic,
)
from .assignments import Assignment
from .lines import LineExample, LineGoal, LineOfEffort, LineOfEffortMixin, ProcessStage

__all__ = [
    "Activity",
    "ActivityGoal",
    "ActivityMeans",
    "ActivityRecommendation",
    "ActivityRisk",
    "ActivityStage",
    "ActivityTopic",
    "Assignment",
    "LineExample",
    "LineGoal",
    "LineOfEffort",
    "LineOfEffortMixin",
    "ProcessStage",
]
