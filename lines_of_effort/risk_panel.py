"""What risks threaten: the activities they are tied to, and through these the goals. Nothing is tied by us."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import F

from strategy.models import Goal, Risk

from .models import ActivityRisk

# Activities named in a row of the register; the rest are one link away.
MOST_ACTIVITIES = 4


@dataclass
class Threatened:
    """The first links to activities, how many there are, and the goals those activities serve."""

    links: list[ActivityRisk] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    count: int = 0

    @property
    def more(self) -> int:
        return self.count - len(self.links)


def threatened(risks: Sequence[Risk]) -> dict[int, Threatened]:
    """For each risk that is tied to anything, by its key: two queries, however many there are."""
    found: dict[int, Threatened] = defaultdict(Threatened)
    for link in ActivityRisk.objects.filter(risk__in=risks).first_of_each("risk", MOST_ACTIVITIES):
        one = found[link.risk_id]
        one.links.append(link)
        one.count = link.alike
    if found:
        path = "activity_links__activity__risk_links__risk"
        goals = Goal.objects.filter(**{f"{path}__in": list(found)}).annotate(threatened_by=F(path)).distinct()
        for goal in goals:
            found[goal.threatened_by].goals.append(goal)
    return dict(found)
