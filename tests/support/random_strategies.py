"""Random strategies of a thousand activities, as plain Python and as rows: what the first says, the API must find.

``Graph`` is the plain one. It is drawn before any row is made and is never read back, so that a question answered from
it owes nothing to the ORM, to SQL or to our filters.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any

from lines_of_effort import models as loe
from strategy import models as base

ROLES = ("lead", "coordinating", "supporting")
KINDS = ("assigned_task", "process_stage", "theme", "cross_cutting")
BASES = ("official", "summary", "reported", "inferred", "entered")
STATUSES = ("", "planned", "under_way", "done", "stopped")


@dataclass
class PlainActivity:
    code: str
    strategy: str
    kind: str
    status: str
    basis: str
    line: str | None
    line_basis: str
    start: str
    goals: list[str]
    stages: list[str]
    means: list[str]
    risks: list[str]
    assignments: list[tuple[str, str]] = field(default_factory=list)

    def offices(self, *roles: str) -> set[str]:
        return {office for office, role in self.assignments if not roles or role in roles}


@dataclass
class Graph:
    """``below`` has, for each office, itself and everything that is part of it, however far down."""

    strategies: list[str]
    lines: list[str]
    goals: list[str]
    stages: list[str]
    means: list[str]
    risks: list[str]
    offices: list[str]
    parents: dict[str, set[str]]
    activities: list[PlainActivity]

    def below(self, office: str) -> set[str]:
        result = {office}
        while more := {item for item in self.offices if self.parents[item] & result} - result:
            result |= more
        return result


def drawn(random: Random, activities: int, offices: int) -> Graph:
    """A graph in which every relation is sometimes empty, sometimes single and sometimes several."""

    def codes(stem: str, number: int) -> list[str]:
        return [f"R-{stem}{n}" for n in range(1, number + 1)]

    def some(values: list[str], most: int) -> list[str]:
        return random.sample(values, random.randint(0, min(most, len(values))))

    names = codes("OFF", offices)
    graph = Graph(
        strategies=codes("ST", 2),
        lines=codes("L", 4),
        goals=codes("G", 5),
        stages=codes("S", 4),
        means=codes("M", 4),
        risks=codes("X", 4),
        offices=names,
        # Under up to two offices that were drawn before it: a forest with joins, and never a circle.
        parents={name: set(some(names[:n], 2)) for n, name in enumerate(names)},
        activities=[],
    )
    for code in codes("A", activities):
        line = random.choice([None, *graph.lines])
        activity = PlainActivity(
            code,
            random.choice(graph.strategies),
            random.choice(KINDS),
            random.choice(STATUSES),
            random.choice(BASES),
            line,
            random.choice(BASES) if line else "",
            random.choice(["", f"{random.randint(2020, 2030)}-{random.randint(1, 12):02}"]),
            *(some(list(values), 3) for values in (graph.goals, graph.stages, graph.means, graph.risks)),
        )
        pairs = [(random.choice(names), random.choice(ROLES)) for _ in range(random.randint(0, 5))]
        activity.assignments = list(dict.fromkeys(pairs))
        graph.activities.append(activity)
    return graph


def stored(graph: Graph) -> None:
    """The graph as notional rows, written in bulk."""
    order = count(1)

    def rows(model: Any, codes: list[str], **values: Any) -> dict[str, Any]:
        built = [model(code=code, notional=True, **{k: v() for k, v in values.items()}) for code in codes]
        return {row.code: row for row in model.objects.bulk_create(built)}

    strategies = rows(base.Strategy, graph.strategies, title=lambda: "A strategy")
    own: Any = {"strategy": lambda: next(iter(strategies.values()))}
    ordered = own | {"order": lambda: next(order), "title": lambda: "A title"}
    lines = rows(loe.LineOfEffort, graph.lines, **ordered)
    goals, stages = rows(base.Goal, graph.goals, **ordered), rows(loe.ProcessStage, graph.stages, **ordered)
    means, risks = (rows(m, c, **own) for m, c in ((base.Means, graph.means), (base.Risk, graph.risks)))
    offices = rows(base.Office, graph.offices, name=lambda: "An office")
    base.OfficeRelation.objects.bulk_create(
        base.OfficeRelation(office=offices[child], other=offices[parent], kind="part_of")
        for child, parents in graph.parents.items()
        for parent in parents
    )
    activities = loe.Activity.objects.bulk_create(
        loe.Activity(
            code=item.code,
            notional=True,
            title=f"Activity {item.code}",
            strategy=strategies[item.strategy],
            line_of_effort=lines[item.line] if item.line else None,
            **{name: getattr(item, name) for name in ("kind", "status", "basis", "line_basis", "start")},
        )
        for item in graph.activities
    )
    pairs = list(zip(graph.activities, activities, strict=True))
    for model, name, ends in (
        (loe.ActivityGoal, "goals", goals),
        (loe.ActivityStage, "stages", stages),
        (loe.ActivityMeans, "means", means),
        (loe.ActivityRisk, "risks", risks),
    ):
        target = model.key_fields[0]
        model.objects.bulk_create(
            model(activity=row, **{target: ends[code]}) for item, row in pairs for code in getattr(item, name)
        )
    loe.Assignment.objects.bulk_create(assigned(pairs, offices))


def assigned(pairs: list[tuple[PlainActivity, Any]], offices: dict[str, Any]) -> Iterator[Any]:
    numbers = count(1)
    for item, row in pairs:
        for office, role in item.assignments:
            code = f"R-ASG{next(numbers)}"
            yield loe.Assignment(code=code, notional=True, activity=row, office=offices[office], role=role)
