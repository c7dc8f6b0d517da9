"""The one-page map of a strategy: its ends, ways, means and risks, what is its own apart from what others add."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from lines_of_effort.models import Activity, LineGoal, LineOfEffort
from strategy.core.models import Basis, CodedModel
from strategy.evidence import is_attributed
from strategy.models import Chapter, Citation, Goal, Means, Risk, Source, Strategy

OTHER_SOURCES = "Added from other sources"


@dataclass
class TileGroup:
    """Tiles that stand together on the map; ``title`` says whose words they are, empty where all are the strategy's."""

    title: str
    records: list[Any]


def group_tiles(strategy: Strategy, records: Iterable[CodedModel]) -> list[TileGroup]:
    """The records that the strategy itself is known to have, then those that other sources add; no empty group."""
    own: list[CodedModel] = []
    added: list[CodedModel] = []
    for record in records:
        (own if is_attributed(record, strategy) else added).append(record)
    title = f"From the {Basis(strategy.basis).label.lower()}" if added else ""
    return [group for group in (TileGroup(title, own), TileGroup(OTHER_SOURCES, added)) if group.records]


@dataclass
class Pillar:
    """A line of effort with the activities under it."""

    line: LineOfEffort
    activities: list[TileGroup] = field(default_factory=list)


def _placements(activities: list[Activity]) -> tuple[int, int]:
    """How many activities are placed under a line of effort by inference, of how many that have one."""
    placed = [activity for activity in activities if activity.line_of_effort_id is not None]
    return sum(activity.line_basis == Basis.INFERRED for activity in placed), len(placed)


def strategy_map(strategy: Strategy) -> dict[str, Any]:
    """What the template of the map draws."""
    activities = list(Activity.objects.filter(strategy=strategy).for_list())
    lines = list(LineOfEffort.objects.filter(strategy=strategy))
    goals = list(Goal.objects.filter(strategy=strategy))
    served = list(LineGoal.objects.filter(line_of_effort__in=lines, strength=LineGoal.Strength.COLLECTIVE))
    risks: dict[str, list[Risk]] = {}
    for risk in Risk.objects.filter(strategy=strategy).order_by("category", "code_order"):
        risks.setdefault(risk.category, []).append(risk)
    return {
        "goals": goals,
        "titles_inferred": any(goal.title_basis == Basis.INFERRED for goal in goals),
        "pillars": [
            Pillar(line, group_tiles(strategy, (a for a in activities if a.line_of_effort_id == line.pk)))
            for line in lines
        ],
        "unplaced": group_tiles(strategy, (a for a in activities if a.line_of_effort_id is None)),
        "placements": _placements(activities),
        # Said only where it is so: every line serves every goal.
        "together": served if len(served) == len(goals) * len(lines) else [],
        "means": group_tiles(strategy, Means.objects.filter(strategy=strategy)),
        "risks": sorted(risks.items(), key=lambda item: item[1][0].code_order),
        "chapters": Chapter.objects.filter(strategy=strategy),
    }


def summaries_of(strategy: Strategy, citations: Iterable[Citation]) -> list[Source]:
    """The sources by whose summary a strategy is known, of its citations; none where its own text was read."""
    if strategy.basis != Basis.SUMMARY:
        return []
    return list(dict.fromkeys(row.source for row in citations if row.source and row.basis == Basis.SUMMARY))
