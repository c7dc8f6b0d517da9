"""Querysets of strategies."""

from django.db.models import F, Max, OuterRef, Subquery

from ..core.models import CodedQuerySet, related_manager


class StrategyQuerySet(CodedQuerySet):
    """Strategies: editions of documents."""

    def without_drafts(self):
        """Editions that were published, superseded ones included."""
        return self.exclude(status="draft")

    def superseding(self):
        """Published editions that took the place of an earlier one."""
        return self.exclude(supersedes=None).without_drafts()

    def current(self):
        """Published documents, of each the newest edition."""
        later = related_manager(self.model, "supersedes").superseding()
        return self.filter(status="published").exclude(pk__in=later.values("supersedes"))

    def newest_first(self):
        """By the latest date on the document or of its release; undated ones come last."""
        dates = related_manager(self.model, "dates").filter(kind__in=("on_document", "released"))
        latest = dates.filter(strategy=OuterRef("pk")).order_by().values("strategy").annotate(day=Max("latest"))
        newest = F("newest").desc(nulls_last=True)
        return self.alias(newest=Subquery(latest.values("day"))).order_by(newest, "code_order")
