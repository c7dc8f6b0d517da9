"""Questions about editions of a strategy."""

from ..core.querysets import CodedQuerySet


class StrategyQuerySet(CodedQuerySet):
    def in_force(self):
        """The published edition that no other published one supersedes; None if there is none."""
        return self.filter(status="published").exclude(superseded_by__status="published").first()
