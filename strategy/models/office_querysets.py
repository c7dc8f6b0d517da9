"""Querysets of offices and of the relations between them."""

from django.db.models import Exists, Max, OuterRef
from django.db.models.functions import Coalesce

from ..core.models import Basis, CodedQuerySet, count_subquery, related_manager

# Statuses in which an office cannot answer in its own name.
INACTIVE_STATUSES = ("planned", "interim", "paused", "renamed", "disestablished", "canceled")


class OfficeQuerySet(CodedQuerySet):
    """Offices. The organization chart is small: it is walked in memory, one query for each walk."""

    def linked_to_strategy(self):
        """Offices some source connects with the strategy; the others only explain the structure."""
        return self.exclude(link="candidate")

    def tasked(self):
        """Offices that some source gives a role on an activity; being named for something else is not tasking."""
        return self.filter(Exists(related_manager(self.model, "assignments").filter(office=OuterRef("pk"))))

    def untasked(self):
        """Offices that no source gives a role on an activity."""
        return self.exclude(pk__in=self.tasked().values("pk"))

    def with_tasking_counts(self):
        """With how many activities each leads, coordinates and supports: ``leads``, ``coordinates``, ``supports``."""
        return self.annotate(
            leads=self._activities_in("lead"),
            coordinates=self._activities_in("coordinating"),
            supports=self._activities_in("supporting"),
        )

    def _activities_in(self, role: str) -> Coalesce:
        return count_subquery(related_manager(self.model, "assignments").filter(role=role), "office")

    def with_goals_served(self):
        """With how many goals their activities are linked to, by a source or by our reading: ``goals_served``."""
        assignments = related_manager(self.model, "assignments")
        return self.annotate(goals_served=count_subquery(assignments, "office", distinct="activity__goal_links__goal"))

    def inactive(self):
        """Offices that some source says do not exist (yet, or any more) in their own name."""
        return self.filter(status__in=INACTIVE_STATUSES)

    def with_inferred_relation(self):
        """Offices whose place beside another is our reading."""
        relations = related_manager(self.model, "relations")
        return self.filter(Exists(relations.filter(office=OuterRef("pk"), basis=Basis.INFERRED)))

    def with_sources_before(self, day):
        """Offices whose newest dated source is older than ``day``."""
        rows = self.order_by().values("pk").annotate(newest=Max("citations__source__latest")).filter(newest__lt=day)
        return self.filter(pk__in=rows.values("pk"))

    def ids_leading_to(self, office_id: int, kind: str, ignoring: int | None = None) -> set[int]:
        """Ids of ``office_id`` and of all offices that lead to it by relations of one ``kind``.

        ``ignoring`` is the id of a relation to leave out.
        """
        relations = related_manager(self.model, "relations").filter(kind=kind)
        below: dict[int, list[int]] = {}
        for pk, child, parent in relations.values_list("pk", "office_id", "other_id"):
            if pk != ignoring:
                below.setdefault(parent, []).append(child)
        ids, queue = {office_id}, [office_id]
        while queue:
            for child in below.get(queue.pop(), ()):
                if child not in ids:
                    ids.add(child)
                    queue.append(child)
        return ids

    def subtree(self, codes):
        """The named offices and everything that is part of them."""
        ids: set[int] = set()
        for pk in self.filter(code__in=codes).values_list("pk", flat=True):
            ids |= self.ids_leading_to(pk, "part_of")
        return self.filter(pk__in=ids)
