from django.apps import AppConfig


class StrategyConfig(AppConfig):
    name = "strategy"
    verbose_name = "Strategy"
    # Order of the fixtures, so that whatever a file points at stands in an earlier one.
    content = (
        "Source",
        "Strategy",
        "StrategyName",
        "StrategyDate",
        "Chapter",
        "Passage",
        "RelatedDocument",
        "TimelineEvent",
        "Goal",
        "Means",
        "Office",
        "OfficeName",
        "OfficeEvent",
        "OfficeRelation",
        "Mention",
        "Risk",
        "Mitigation",
        "Term",
        "Conflict",
        "ConflictPosition",
        "Silence",
        "Observation",
    )

    def ready(self) -> None:
        from . import findings, signals  # noqa: F401  (registered by being imported)
