"""Questions about strategies and their chapters."""

from ..core.querysets import CodedQuerySet


class StrategyQuerySet(CodedQuerySet):
    def superseding(self):
        """Published editions that took the place of an earlier one."""
        return self.exclude(supersedes=None).exclude(status="draft")

    def current(self):
        """Published documents, of each the newest edition."""
        return self.filter(status="published").exclude(
            pk__in=self.model._default_manager.superseding().values("supersedes")
        )
