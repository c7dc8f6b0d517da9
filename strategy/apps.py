"""The app of the strategy document and those it tasks."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.module_loading import autodiscover_modules

from .core.cache import set_version_reader


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
        "Topic",
        "OfficeTopic",
        "OfficeHead",
        "Recommendation",
        "RecommendationOffice",
        "RecommendationRisk",
        "Stakeholder",
        "Indicator",
        "Synonym",
    )

    def ready(self) -> None:
        from . import checks  # noqa: F401  (registered by being imported)
        from .core.api import last_changed  # noqa: F401  (registered by being imported)
        from .core.filters import SearchFilter
        from .core.text import SearchQuerySet
        from .findings import rules  # noqa: F401  (registered by being imported)
        from .models import (
            content_version,
            pointers,  # noqa: F401  (registered by being imported)
        )
        from .proposals import as_accepted  # noqa: F401  (registered by being imported)
        from .search import signals  # noqa: F401  (registered by being imported)
        from .search.models import SearchEntry
        from .search.synonyms import known_synonyms

        SearchFilter.index = SearchEntry.objects
        SearchQuerySet.synonyms = staticmethod(known_synonyms)

        autodiscover_modules("page_extensions")
        set_version_reader(content_version)
        pre_migrate.connect(before_migrations, sender=self)
        post_migrate.connect(after_migrations, sender=self)


def before_migrations(using: str, plan: Any = (), **_: Any) -> None:
    """Takes the triggers of the change log out of the way of migrations; receiver of ``pre_migrate``."""
    from .history.triggers import drop_triggers

    if plan:
        drop_triggers(using)


def after_migrations(using: str, plan: Any = (), **_: Any) -> None:
    """Installs the triggers of the change log anew, with the columns of now; receiver of ``post_migrate``."""
    from .history.images import follow_columns
    from .history.triggers import install_triggers, is_migrated

    if is_migrated(using):
        if plan:
            follow_columns(using)
        install_triggers(using)
