"""Querysets of strategies."""

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

    def in_force(self):
        """The edition readers are shown first; None if none is published."""
        return self.current().first()
