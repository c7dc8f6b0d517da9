"""Tasks of an office (its assignments) as plain rows, for files and the API: model objects would cost far more."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from strategy.core.api import CompiledStatement, InKeys
from strategy.models import Citation

from ..models import ActivityGoal, Assignment, LineGoal
from ..querysets import LEAD, ROLES

# Tasks in memory at a time while all of an office are read.
BATCH_SIZE = 500

# The columns of an assignment, in the order of the fields of ``TaskRow``.
TASK_COLUMNS = (
    *("pk", "code", "role", "verb", "office_as_stated", "relation", "relation_basis", "basis", "notional"),
    *("office", "activity", "activity__code", "activity__title", "activity__line_basis"),
    *("activity__line_of_effort", "activity__line_of_effort__code", "activity__line_of_effort__title"),
)
TASKS = CompiledStatement(Assignment.objects.filter(InKeys("pk")).order_by(), TASK_COLUMNS)
# Keys first: the database sorts them many times faster than whole rows.
TASK_KEYS = CompiledStatement(Assignment.objects.filter(InKeys("office")).strongest_first(), ("pk",))
OFFICES = CompiledStatement(
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


class GoalRow(NamedTuple):
    """A goal that is served, with the basis of the link. ``owner`` is the key of the activity or line of effort."""

    owner: int
    code: str
    title: str
    basis: str


class OfficeRow(NamedTuple):
    """An office in a role on an activity."""

    activity: int
    office: int
    role: str
    code: str
    name: str


class CitationRow(NamedTuple):
    """A citation of an assignment; ``source_code`` is None where it is our reading."""

    assignment: int
    code: str
    basis: str
    locator: str
    reason: str
    source_code: str | None
    publisher: str | None
    title: str | None


AnyRow = TypeVar("AnyRow", GoalRow, OfficeRow, CitationRow)


@dataclass
class TaskRow:
    """One role of an office on one activity: the columns of TASK_COLUMNS, and rows of other tables.

    ``goals`` are the activity's own, ``line_goals`` those of its line of effort; ``others`` are the other offices on
    the activity, by role.
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
    goals: list[GoalRow] = field(default_factory=list)
    line_goals: list[GoalRow] = field(default_factory=list)
    others: dict[str, list[OfficeRow]] = field(default_factory=dict)
    citations: list[CitationRow] = field(default_factory=list)

    @property
    def lead_stated(self) -> bool:
        """Whether any source names a lead of the activity: this office, or another."""
        return self.role == LEAD or bool(self.others[LEAD])


def read_page(office: int, start: int, limit: int) -> list[TaskRow]:
    """``limit`` tasks of an office (its primary key) from ``start``, strongest role first: six statements."""
    return read_tasks([key for (key,) in TASK_KEYS.rows([office], limit=limit, offset=start)])


def iterate_tasks(office: Any) -> Iterator[TaskRow]:
    """All tasks of an office, strongest role first; memory does not grow with their number."""
    keys = Assignment.objects.of_office(office).values_list("pk", flat=True).iterator(chunk_size=BATCH_SIZE)
    while batch := list(islice(keys, BATCH_SIZE)):
        yield from read_tasks(batch)


def read_tasks(keys: Sequence[int]) -> list[TaskRow]:
    """The tasks with these primary keys of assignments, in their order."""
    by_key = {row[0]: TaskRow(*row) for row in (TASKS.rows(keys) if keys else ())}
    tasks = [by_key[key] for key in keys if key in by_key]
    activities = list({task.activity for task in tasks})
    offices = _read_by_first(OFFICES, activities, OfficeRow)
    goals = _read_by_first(GOALS, activities, GoalRow)
    line_goals = _read_by_first(LINE_GOALS, list({task.line for task in tasks if task.line}), GoalRow)
    citations = _read_by_first(CITATIONS, [task.pk for task in tasks], CitationRow)
    for task in tasks:
        task.others = {role: [] for role in ROLES}
        for other in offices[task.activity]:
            if other.office != task.office:
                task.others[other.role].append(other)
        task.goals = goals[task.activity]
        # A goal served by all lines together and by this line itself is one goal.
        by_code: dict[str, GoalRow] = {}
        for goal in line_goals[task.line or 0]:
            by_code.setdefault(goal.code, goal)
        task.line_goals = list(by_code.values())
        task.citations = citations[task.pk]
    return tasks


def _read_by_first(
    statement: CompiledStatement, keys: Sequence[int], row_class: type[AnyRow]
) -> dict[int, list[AnyRow]]:
    """The rows of the keys, by their first column."""
    by_first: dict[int, list[AnyRow]] = defaultdict(list)
    for row in statement.rows(keys) if keys else ():
        by_first[row[0]].append(row_class(*row))
    return by_first
