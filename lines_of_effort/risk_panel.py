"""The panel of the risk register: the activities that risks are tied to, and the goals that those serve."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import F

from strategy.models import Goal, Risk

from .models import ActivityRisk

# Activities named in a row of the register; the rest are one link away.
MAX_ACTIVITIES = 4


@dataclass
class RiskTargets:
    """The first links to activities, how many there are, and the goals those activities serve."""

    links: list[ActivityRisk] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    count: int = 0

    @property
    def more(self) -> int:
        return self.count - len(self.links)


def risk_targets(risks: Sequence[Risk]) -> dict[int, RiskTargets]:
    """For each risk that is tied to anything, by its key: two queries, however many there are."""
    targets: dict[int, RiskTargets] = defaultdict(RiskTargets)
    for link in ActivityRisk.objects.filter(risk__in=risks).first_of_each("risk", MAX_ACTIVITIES):
        target = targets[link.risk_id]
        target.links.append(link)
        target.count = link.alike
    if targets:
        path = "activity_links__activity__risk_links__risk"
        goals = Goal.objects.filter(**{f"{path}__in": list(targets)}).annotate(threatened_by=F(path)).distinct()
        for goal in goals:
            targets[goal.threatened_by].goals.append(goal)
    return dict(targets)
