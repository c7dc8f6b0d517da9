"""Questions about strategies."""

from ..core.models import CodedQuerySet, related_manager


class StrategyQuerySet(CodedQuerySet):
    def superseding(self):
        """Published editions that took the place of an earlier one."""
        return self.exclude(supersedes=None).exclude(status="draft")

    def current(self):
        """Published documents, of each the newest edition."""
        later = related_manager(self.model, "supersedes").superseding()
        return self.filter(status="published").exclude(pk__in=later.values("supersedes"))

    def in_force(self):
        """The edition readers are shown first; None if none is published."""
        return self.current().first()
