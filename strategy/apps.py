from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules

from .core.cache import content_version


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
        from .core.filters import SearchFilter
        from .findings import rules  # noqa: F401  (registered by being imported)
        from .search import signals  # noqa: F401  (registered by being imported)
        from .search.models import SearchEntry

        SearchFilter.index = SearchEntry.objects

        autodiscover_modules("page_extensions")
        post_migrate.connect(watch_content, sender=self)


def watch_content(using: str, **_: Any) -> None:
    """Every table with content moves the content version; the search index and the version itself do not."""
    kept_beside = {"strategy_searchentry", "strategy_contentversion"}
    tables = {
        model._meta.db_table
        for config in apps.get_app_configs()
        if hasattr(config, "content")
        for model in config.get_models(include_auto_created=True)
    }
    content_version.install_triggers("strategy_contentversion", sorted(tables - kept_beside), using)
