"""Questions about offices and how they hang together."""

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce

from ..core.models import Basis, CodedQuerySet, related_manager

# In none of these can an office answer in its own name.
STANDS_NOT = ("planned", "interim", "paused", "renamed", "disestablished")


class OfficeQuerySet(CodedQuerySet):
    """The organisation chart is small: chains are walked in memory, one query each walk."""

    def tied_to_strategy(self):
        """Offices some source connects with the strategy; the others only explain the structure."""
        return self.exclude(link="candidate")

    def tasked(self):
        """Offices that some source gives a role on an activity; being named for something else is not tasking."""
        return self.filter(Exists(related_manager(self.model, "assignments").filter(office=OuterRef("pk"))))

    def untasked(self):
        return self.exclude(pk__in=self.tasked().values("pk"))

    def with_tasking_counts(self):
        """With how many activities each leads, coordinates and supports: ``leads``, ``coordinates``, ``supports``."""
        return self.annotate(
            leads=self._activities_in("lead"),
            coordinates=self._activities_in("coordinating"),
            supports=self._activities_in("supporting"),
        )

    def _activities_in(self, role: str) -> Coalesce:
        rows = related_manager(self.model, "assignments").filter(office=OuterRef("pk"), role=role).order_by()
        return Coalesce(Subquery(rows.values("office").annotate(number=Count("pk")).values("number")), 0)

    def with_goals_served(self):
        """With how many goals their activities are linked to, by a source or by our reading: ``goals_served``."""
        rows = related_manager(self.model, "assignments").filter(office=OuterRef("pk")).order_by().values("office")
        served = rows.annotate(number=Count("activity__goal_links__goal", distinct=True)).values("number")
        return self.annotate(goals_served=Coalesce(Subquery(served), 0))

    def not_standing(self):
        """Offices that some source says do not exist (yet, or any more) in their own name."""
        return self.filter(status__in=STANDS_NOT)

    def with_relation_read_by_us(self):
        """Offices whose place beside another is our reading."""
        relations = related_manager(self.model, "relations")
        return self.filter(Exists(relations.filter(office=OuterRef("pk"), basis=Basis.INFERRED)))

    def reaching(self, office_id: int, kind: str, ignoring: int | None = None) -> set[int]:
        """Ids of ``office_id`` and of all offices that lead to it by relations of one ``kind``."""
        relations = related_manager(self.model, "relations").filter(kind=kind)
        below: dict[int, list[int]] = {}
        for pk, child, parent in relations.values_list("pk", "office_id", "other_id"):
            if pk != ignoring:
                below.setdefault(parent, []).append(child)
        found, queue = {office_id}, [office_id]
        while queue:
            for child in below.get(queue.pop(), ()):
                if child not in found:
                    found.add(child)
                    queue.append(child)
        return found

    def subtree(self, codes):
        """The named offices and everything that is part of them."""
        found: set[int] = set()
        for pk in self.filter(code__in=codes).values_list("pk", flat=True):
            found |= self.reaching(pk, "part_of")
        return self.filter(pk__in=found)
