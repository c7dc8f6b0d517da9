"""Querysets of means."""

from ..core.models import CodedQuerySet


class MeansQuerySet(CodedQuerySet):
    """Means."""

    def unused(self):
        """Means that no activity is linked to."""
        return self.filter(activity_links=None)
