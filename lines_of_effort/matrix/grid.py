"""The grid of the tasking matrix: activities, offices, and the marks (assignments) where they meet, and its layout.

It shows assignments and adds none: an office whose parent is tasked is not tasked by that. The order of rows and
columns is in ``ordering``.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Any

from strategy.core.models import CodedModel
from strategy.models import Echelon, Office

from ..models import Activity, Assignment, LineOfEffort
from ..models.assignments import Role
from .ordering import activity_sort_key, office_sort_key

# Up to so many columns there is room for the full names of offices, or for the titles of activities.
MAX_NAMED_OFFICES, MAX_TITLED_ACTIVITIES = 6, 24
# Up to so many rows the table needs no box of its own to scroll in.
MAX_SHORT_ROWS = 40
# Width of a column in letters of a heading.
COLUMN_LETTERS = 4
# Beyond these nobody reads a table of both, and a browser takes long to lay it out.
MAX_ACTIVITIES, MAX_OFFICES = 300, 120


@dataclass(frozen=True)
class MatrixCell:
    """The marks where a row and a column meet.

    ``head`` is the column's activity or office. ``gap`` are the empty cells before this one, True for each that ends
    a group of columns; ``ends_group`` says so of this one.
    """

    gap: tuple[bool, ...]
    head: Any
    marks: list[Assignment]
    ends_group: bool


@dataclass
class MatrixRow:
    """One activity or office with its cells that hold marks; ``tail`` are the empty ones after them, as in ``gap``."""

    record: Any
    cells: list[MatrixCell] = field(default_factory=list)
    tail: tuple[bool, ...] = ()


@dataclass(frozen=True)
class MatrixGroup:
    """Neighbouring rows or columns: the activities of a line of effort, or the offices of an echelon.

    ``members`` are activities or offices, or ``MatrixRow`` of them.
    """

    title: str
    members: list[Any]
    line: LineOfEffort | None = None

    @property
    def is_narrow(self) -> bool:
        """Whether there are too few members, as columns, for the title to lie above them."""
        return len(self.members) * COLUMN_LETTERS < len(self.title)


@dataclass(frozen=True)
class RoleTotals:
    """How many marks of one role each column has, in the order of the columns."""

    role: str
    counts: list[int]


@dataclass(frozen=True)
class OfficeLoad:
    """How many marks one office has, by role."""

    office: Office
    counts: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def before_supporting(self) -> int:
        """Where the last part of its bar begins, in marks."""
        return self.total - self.counts[Role.SUPPORTING]


@dataclass(frozen=True)
class GridLayout:
    """The table as it is drawn: ``bands`` of rows by ``groups`` of columns, with the totals of the columns."""

    bands: list[MatrixGroup]
    groups: list[MatrixGroup]
    totals: list[RoleTotals]
    offices_down: bool = False

    @property
    def columns(self) -> list[Any]:
        """The activities or offices above the columns."""
        return [member for group in self.groups for member in group.members]

    @property
    def is_short(self) -> bool:
        """Whether the page is enough to scroll it."""
        return sum(len(band.members) for band in self.bands) <= MAX_SHORT_ROWS

    @property
    def names_columns(self) -> bool:
        """Whether there is room for the titles of activities above their columns, beside their codes."""
        return self.offices_down and len(self.columns) <= MAX_TITLED_ACTIVITIES

    @property
    def has_upright_groups(self) -> bool:
        """Whether the titles of groups of columns are turned upright."""
        return not self.is_wide and not self.names_columns and any(group.is_narrow for group in self.groups)

    @property
    def is_wide(self) -> bool:
        """Whether there is room for the full names of offices above their columns."""
        return not self.offices_down and len(self.columns) <= MAX_NAMED_OFFICES


class TaskingGrid:
    """The activities and offices shown, each in its order, and the ``marks``: every assignment in which they meet.

    ``activities`` must have their assignments prefetched; ``offices`` None stands for those with a role in them.
    """

    def __init__(self, activities: Iterable[Activity], offices: Iterable[Office] | None = None):
        self.activities = sorted(activities, key=activity_sort_key)
        assignments = [mark for activity in self.activities for mark in activity.assignments.all()]
        if offices is None:
            offices = [mark.office for mark in assignments]
        by_id = {office.pk: office for office in offices}
        self.offices = sorted(by_id.values(), key=office_sort_key)
        self.marks = [mark for mark in assignments if mark.office_id in by_id]

    def fold_unmarked(self) -> list[MatrixGroup]:
        """Takes the offices without any mark out of the columns, and returns them by echelon."""
        marked = {mark.office_id for mark in self.marks}
        unmarked = [office for office in self.offices if office.pk not in marked]
        self.offices = [office for office in self.offices if office.pk in marked]
        return _by_echelon(unmarked)

    @property
    def fits(self) -> bool:
        """Whether it is small enough for one table."""
        return len(self.activities) <= MAX_ACTIVITIES and len(self.offices) <= MAX_OFFICES

    @property
    def by_line(self) -> list[MatrixGroup]:
        """The activities by line of effort; the title is empty for those under none."""
        return [
            MatrixGroup(line.title if line else "", list(members), line)
            for line, members in groupby(self.activities, lambda activity: activity.line_of_effort)
        ]

    @property
    def by_echelon(self) -> list[MatrixGroup]:
        """The offices by echelon."""
        return _by_echelon(self.offices)

    def layout(self, *, offices_down: bool = False) -> GridLayout:
        """The table: activities down and offices across, or with ``offices_down`` the other way round."""
        rows, columns = (self.by_echelon, self.by_line) if offices_down else (self.by_line, self.by_echelon)
        marks_at: dict[int, dict[int, list[Assignment]]] = {}
        counts: dict[str, Counter[int]] = {role: Counter() for role in Role.values}
        for mark in self.marks:
            ids = (mark.office_id, mark.activity_id) if offices_down else (mark.activity_id, mark.office_id)
            row_id, column_id = ids
            marks_at.setdefault(row_id, {}).setdefault(column_id, []).append(mark)
            counts[mark.role][column_id] += 1
        heads = [(head, head is group.members[-1]) for group in columns for head in group.members]
        bands = []
        for band in rows:
            members = [_build_row(record, heads, marks_at.get(record.pk, {})) for record in band.members]
            bands.append(MatrixGroup(band.title, members, band.line))
        totals = [RoleTotals(role, [counts[role][head.pk] for head, _ in heads]) for role in Role.values]
        return GridLayout(bands, columns, totals, offices_down)

    @cached_property
    def loads(self) -> list[OfficeLoad]:
        """The offices with any mark, the most loaded first."""
        counts: dict[int, Counter[str]] = {office.pk: Counter() for office in self.offices}
        for mark in self.marks:
            counts[mark.office_id][mark.role] += 1
        loads = [
            OfficeLoad(office, {role: counts[office.pk][role] for role in Role.values})
            for office in self.offices
            if counts[office.pk]
        ]
        return sorted(loads, key=lambda load: (-load.total, -load.counts[Role.LEAD], load.office.code_order))

    @property
    def has_uneven_loads(self) -> bool:
        """Whether the offices differ in how many marks they have: else the numbers say nothing."""
        return len({load.total for load in self.loads}) > 1

    @property
    def heaviest(self) -> int:
        """The most marks of one office."""
        return max((load.total for load in self.loads), default=0)

    @property
    def leads_named(self) -> int:
        """How many of the activities have a lead, whether its office is shown or not."""
        return sum(bool(activity.leads) for activity in self.activities)

    @property
    def coordinators_named(self) -> int:
        """How many of the activities have a coordinating office."""
        return sum(bool(activity.coordinators) for activity in self.activities)

    @property
    def supporters_named(self) -> int:
        """How many of the activities have a supporting office."""
        return sum(bool(activity.supporters) for activity in self.activities)

    @property
    def nobody_named(self) -> int:
        """How many of the activities have no office at all."""
        return sum(not activity.assignments.all() for activity in self.activities)


def _by_echelon(offices: Iterable[Office]) -> list[MatrixGroup]:
    """Offices in their order, by echelon."""
    return [
        MatrixGroup(Echelon(echelon).label, list(members))
        for echelon, members in groupby(offices, lambda office: office.echelon)
    ]


def _build_row(
    record: CodedModel, heads: Sequence[tuple[CodedModel, bool]], marks: dict[int, list[Assignment]]
) -> MatrixRow:
    """The row of a record; ``heads`` are the columns, each with whether it ends a group, ``marks`` by column id."""
    row, gap = MatrixRow(record), list[bool]()
    for head, ends_group in heads:
        if head.pk in marks:
            row.cells.append(MatrixCell(tuple(gap), head, marks[head.pk], ends_group))
            gap = []
        else:
            gap.append(ends_group)
    row.tail = tuple(gap)
    return row
