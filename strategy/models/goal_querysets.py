"""Querysets of goals."""

from ..core.models import CodedQuerySet, count_subquery, related_manager


class GoalQuerySet(CodedQuerySet):
    """Goals."""

    def with_role_counts(self):
        """With the number of activities linked to each, and of those that an office leads, coordinates or supports.

        ``activity_count``, ``led``, ``coordinated`` and ``supported``; an activity counts once, however many offices.
        """
        links = related_manager(self.model, "activity_links")

        def count_in(role: str):
            rows = links.filter(activity__assignments__role=role)
            return count_subquery(rows, "goal", distinct="activity")

        return self.annotate(
            activity_count=count_subquery(links, "goal", distinct="activity"),
            led=count_in("lead"),
            coordinated=count_in("coordinating"),
            supported=count_in("supporting"),
        )
