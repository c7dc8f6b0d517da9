"""The app of the ways: lines of effort, activities and assignments."""

from django.apps import AppConfig


class LinesOfEffortConfig(AppConfig):
    name = "lines_of_effort"
    verbose_name = "Lines of effort"
    content = (
        "LineOfEffort",
        "LineGoal",
        "LineExample",
        "ProcessStage",
        "Activity",
        "ActivityGoal",
        "ActivityStage",
        "ActivityMeans",
        "ActivityRisk",
        "Assignment",
        "ActivityTopic",
        "ActivityRecommendation",
    )

    def ready(self) -> None:
        from . import findings  # noqa: F401  (registered by being imported)
