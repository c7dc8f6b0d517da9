"""Questions about offices and how they hang together."""

from django.db.models import Exists, OuterRef

from ..core.basis import Basis
from ..core.querysets import CodedQuerySet, related


class OfficeQuerySet(CodedQuerySet):
    """The organisation chart is small: chains are walked in memory, one query each walk."""

    def tied_to_strategy(self):
        """Offices some source connects with the strategy; the others only explain the structure."""
        return self.exclude(link="candidate")

    def not_standing(self):
        """Offices that some source says do not exist (yet, or any more) in their own name."""
        return self.filter(status__in=("planned", "interim", "paused", "renamed", "disestablished"))

    def with_relation_read_by_us(self):
        """Offices whose place beside another is our reading."""
        relations = related(self.model, "relations")
        return self.filter(Exists(relations.filter(office=OuterRef("pk"), basis=Basis.INFERRED)))

    def reaching(self, office_id: int, kind: str, ignoring: int | None = None) -> set[int]:
        """Ids of ``office_id`` and of all offices that lead to it by relations of one ``kind``."""
        relations = related(self.model, "relations").filter(kind=kind)
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
