"""The app of the strategy document and those it tasks."""

from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules

from .core.cache import set_version_reader
from .core.cache.content_version import install_triggers


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
        from .search import signals  # noqa: F401  (registered by being imported)
        from .search.models import SearchEntry
        from .search.synonyms import known_synonyms

        SearchFilter.index = SearchEntry.objects
        SearchQuerySet.synonyms = staticmethod(known_synonyms)

        autodiscover_modules("page_extensions")
        set_version_reader(content_version)
        post_migrate.connect(install_version_triggers, sender=self)


def install_version_triggers(using: str, **_: Any) -> None:
    """Makes every write to a table with content move the content version; receiver of ``post_migrate``."""
    from .models import ContentVersion, SearchEntry, ShippedRow

    tables = {
        model._meta.db_table
        for config in apps.get_app_configs()
        if hasattr(config, "content")
        for model in config.get_models(include_auto_created=True)
        if model not in (ContentVersion, SearchEntry, ShippedRow)
    }
    install_triggers(ContentVersion._meta.db_table, sorted(tables), using)
