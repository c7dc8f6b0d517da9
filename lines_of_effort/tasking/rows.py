"""Tasks of offices as plain rows, however many: for files and the API, where model objects would cost the most."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from strategy.core.api import CompiledStatement, InKeys, Row
from strategy.models import Citation

from ..models import ActivityGoal, Assignment, LineGoal
from ..querysets import LEAD, ROLES

# Tasks in memory at a time while all of an office are read.
BATCH = 500

OWN = (
    *("pk", "code", "role", "verb", "office_as_stated", "relation", "relation_basis", "basis", "notional"),
    *("office", "activity", "activity__code", "activity__title", "activity__line_basis"),
    *("activity__line_of_effort", "activity__line_of_effort__code", "activity__line_of_effort__title"),
)
TASKS = CompiledStatement(Assignment.objects.filter(InKeys("pk")).order_by(), OWN)
# Keys first: the database sorts them many times faster than whole rows.
OF_OFFICE = CompiledStatement(Assignment.objects.filter(InKeys("office")).strongest_first(), ("pk",))
TOGETHER = CompiledStatement(
    Assignment.objects.filter(InKeys("activity")).order_by("code_order", "code"),
    ("activity", "office", "role", "office__code", "office__name"),
)
GOALS = CompiledStatement(
    ActivityGoal.objects.filter(InKeys("activity")).order_by("activity", "goal"),
    ("activity", "goal__code", "goal__title", "basis"),
)
LINE_GOALS = CompiledStatement(
    LineGoal.objects.filter(InKeys("line_of_effort")).order_by("goal__order", "strength"),
    ("line_of_effort", "goal__code", "goal__title", "basis"),
)
CITATIONS = CompiledStatement(
    Citation.objects.filter(
        InKeys("object_id"), content_type__app_label="lines_of_effort", content_type__model="assignment"
    ).order_by("code_order", "code"),
    ("object_id", "code", "basis", "locator", "reason", "source__code", "source__publisher", "source__title"),
)


@dataclass
class TaskRow:
    """One role of an office on one activity; the fields are the columns of ``OWN`` and what other tables tell.

    ``goals`` are the activity's own, ``line_goals`` those of its line of effort; ``others`` are the code and name of
    the offices beside it, by role.
    """

    pk: int
    code: str
    role: str
    verb: str
    office_as_stated: str
    relation: str
    relation_basis: str
    basis: str
    notional: bool
    office: int
    activity: int
    activity_code: str
    activity_title: str
    line_basis: str
    line: int | None
    line_code: str | None
    line_title: str | None
    goals: list[Row] = field(default_factory=list)
    line_goals: list[Row] = field(default_factory=list)
    others: dict[str, list[Row]] = field(default_factory=dict)
    citations: list[Row] = field(default_factory=list)

    @property
    def is_led(self) -> bool:
        """Whether any source names a lead of the activity: this office, or another."""
        return self.role == LEAD or bool(self.others[LEAD])


def of_office(office: int, start: int, most: int) -> list[TaskRow]:
    """Some of the tasks of an office, strongest role first: six statements."""
    return read([key for (key,) in OF_OFFICE.rows([office], limit=most, offset=start)])


def every(office: Any) -> Iterator[TaskRow]:
    """All tasks of an office, strongest role first; memory does not grow with their number."""
    keys = Assignment.objects.of_office(office).values_list("pk", flat=True).iterator(chunk_size=BATCH)
    while batch := list(islice(keys, BATCH)):
        yield from read(batch)


def read(keys: Sequence[int]) -> list[TaskRow]:
    """The tasks of these assignments, in their order."""
    by_key = {row[0]: TaskRow(*row) for row in (TASKS.rows(keys) if keys else ())}
    tasks = [by_key[key] for key in keys if key in by_key]
    activities = list({task.activity for task in tasks})
    together, goals = _by_first(TOGETHER, activities), _by_first(GOALS, activities)
    line_goals = _by_first(LINE_GOALS, list({task.line for task in tasks if task.line}))
    citations = _by_first(CITATIONS, [task.pk for task in tasks])
    for task in tasks:
        task.others = {role: [] for role in ROLES}
        for _, office, role, code, name in together[task.activity]:
            if office != task.office:
                task.others[role].append((code, name))
        task.goals = goals[task.activity]
        # A goal served by all lines together and by this line itself is one goal.
        served: dict[str, Row] = {}
        for row in line_goals[task.line or 0]:
            served.setdefault(row[1], row)
        task.line_goals = list(served.values())
        task.citations = citations[task.pk]
    return tasks


def _by_first(statement: CompiledStatement, keys: Sequence[int]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in statement.rows(keys) if keys else ():
        found[row[0]].append(row)
    return found
