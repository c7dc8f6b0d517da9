"""The tasking matrix: who leads, coordinates or supports what, and which activity nobody is named for.

It shows assignments and adds none: an office whose parent is tasked is not tasked by that.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Any

from strategy.core.models import CodedModel
from strategy.models import Echelon, Office

from ..models import Activity, Assignment, LineOfEffort
from ..models.assignments import Role

# Up to so many columns there is room for their full names.
WIDE = 6
SHORT, TITLED = 40, 24
# Letters of a title that a column is wide.
COLUMN = 4
# Beyond these a table of both is no longer read, and takes a browser long to lay out.
MOST_ACTIVITIES, MOST_OFFICES = 300, 120
ECHELONS = {value: place for place, value in enumerate(Echelon.values)}


@dataclass(frozen=True)
class Cell:
    """The roles where a row and a column meet, and the empty cells before it: whether each ends a group."""

    gap: tuple[bool, ...]
    head: Any
    marks: list[Assignment]
    ends_group: bool


@dataclass
class Row:
    """One activity, or one office, with its cells that hold something; ``tail`` are the empty ones after them."""

    record: Any
    cells: list[Cell] = field(default_factory=list)
    tail: tuple[bool, ...] = ()


@dataclass(frozen=True)
class Group:
    """Rows or columns that stand together: those of a line of effort, or of an echelon."""

    title: str
    members: list[Any]
    line: LineOfEffort | None = None

    @property
    def is_narrow(self) -> bool:
        """As columns: too few for its title to lie above them."""
        return len(self.members) * COLUMN < len(self.title)


@dataclass(frozen=True)
class Total:
    """How often each column stands in one role."""

    role: str
    counts: list[int]


@dataclass(frozen=True)
class Load:
    """What one office carries."""

    office: Office
    counts: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def before_supporting(self) -> int:
        """Where the last part of its bar begins."""
        return self.total - self.counts[Role.SUPPORTING]


@dataclass(frozen=True)
class Grid:
    """A table as it is drawn: groups of rows by groups of columns, with totals of the columns."""

    bands: list[Group]
    groups: list[Group]
    totals: list[Total]
    offices_down: bool = False

    @property
    def columns(self) -> list[Any]:
        return [member for group in self.groups for member in group.members]

    @property
    def is_short(self) -> bool:
        """It needs no box of its own to scroll in: the page is enough."""
        return sum(len(band.members) for band in self.bands) <= SHORT

    @property
    def names_columns(self) -> bool:
        """Whether there is room for the titles of activities above their columns, and not for their codes alone."""
        return self.offices_down and len(self.columns) <= TITLED

    @property
    def has_upright_groups(self) -> bool:
        return not self.is_wide and not self.names_columns and any(group.is_narrow for group in self.groups)

    @property
    def is_wide(self) -> bool:
        return not self.offices_down and len(self.columns) <= WIDE


class TaskingGrid:
    """The activities and offices shown, and every role in which they meet.

    ``activities`` have their assignments read; ``offices`` are the columns asked for, or None for those with a
    role in the rows.
    """

    def __init__(self, activities: Iterable[Activity], offices: Iterable[Office] | None = None):
        self.activities = sorted(activities, key=_line_order)
        assignments = [row for activity in self.activities for row in activity.assignments.all()]
        found = {row.office.pk: row.office for row in assignments} if offices is None else {o.pk: o for o in offices}
        self.offices = sorted(found.values(), key=lambda office: (ECHELONS[office.echelon], office.code_order))
        self.marks = [row for row in assignments if row.office_id in found]

    @property
    def fits(self) -> bool:
        return len(self.activities) <= MOST_ACTIVITIES and len(self.offices) <= MOST_OFFICES

    @property
    def by_line(self) -> list[Group]:
        return [
            Group(line.title if line else "", list(members), line)
            for line, members in groupby(self.activities, lambda activity: activity.line_of_effort)
        ]

    @property
    def by_echelon(self) -> list[Group]:
        return [
            Group(Echelon(echelon).label, list(members))
            for echelon, members in groupby(self.offices, lambda office: office.echelon)
        ]

    def grid(self) -> Grid:
        """Activities down, offices across."""
        return self._drawn(self.by_line, self.by_echelon, lambda mark: (mark.activity_id, mark.office_id))

    def offices_down(self) -> Grid:
        return self._drawn(self.by_echelon, self.by_line, lambda mark: (mark.office_id, mark.activity_id), True)

    def _drawn(
        self,
        bands: list[Group],
        groups: list[Group],
        place: Callable[[Assignment], tuple[int, int]],
        offices_down: bool = False,
    ) -> Grid:
        at: dict[int, dict[int, list[Assignment]]] = {}
        counts: dict[str, Counter[int]] = {role: Counter() for role in Role.values}
        for mark in self.marks:
            row, column = place(mark)
            at.setdefault(row, {}).setdefault(column, []).append(mark)
            counts[mark.role][column] += 1
        heads = [(head, head is group.members[-1]) for group in groups for head in group.members]
        drawn = [
            Group(band.title, [_row(record, heads, at.get(record.pk, {})) for record in band.members], band.line)
            for band in bands
        ]
        totals = [Total(role, [counts[role][head.pk] for head, _ in heads]) for role in Role.values]
        return Grid(drawn, groups, totals, offices_down)

    @cached_property
    def loads(self) -> list[Load]:
        """The offices that carry something, the most loaded first."""
        counts: dict[int, Counter[str]] = {office.pk: Counter() for office in self.offices}
        for mark in self.marks:
            counts[mark.office_id][mark.role] += 1
        loads = [Load(o, {role: counts[o.pk][role] for role in Role.values}) for o in self.offices if counts[o.pk]]
        return sorted(loads, key=lambda load: (-load.total, -load.counts[Role.LEAD], load.office.code_order))

    @property
    def heaviest(self) -> int:
        return max((load.total for load in self.loads), default=0)

    @property
    def leads_named(self) -> int:
        """For how many of the activities an office is named that leads, shown or not."""
        return sum(bool(activity.leads) for activity in self.activities)

    @property
    def coordinators_named(self) -> int:
        return sum(bool(activity.coordinators) for activity in self.activities)

    @property
    def supporters_named(self) -> int:
        return sum(bool(activity.supporters) for activity in self.activities)

    @property
    def nobody_named(self) -> int:
        return sum(not activity.assignments.all() for activity in self.activities)


def _line_order(activity: Activity) -> tuple[Any, ...]:
    """Lines in their order, what stands under none last."""
    line = activity.line_of_effort
    place = (False, line.strategy_id, line.order, line.code_order) if line else (True, 0, 0, "")
    return (*place, activity.code_order)


def _row(record: CodedModel, heads: Sequence[tuple[CodedModel, bool]], marks: dict[int, list[Assignment]]) -> Row:
    row, gap = Row(record), list[bool]()
    for head, ends_group in heads:
        if head.pk in marks:
            row.cells.append(Cell(tuple(gap), head, marks[head.pk], ends_group))
            gap = []
        else:
            gap.append(ends_group)
    row.tail = tuple(gap)
    return row
