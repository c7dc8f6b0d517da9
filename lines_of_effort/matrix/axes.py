"""Any two kinds of record against each other: how many activities, engagements or the like tie the two.

What is counted is what stands in the link behind the number: the list with the same two filters.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import permutations
from typing import Any, ClassVar

from django.db.models import Count, QuerySet

from strategy.core.filters import NONE, RecordFilter
from strategy.core.models import CodedModel
from strategy.models import Goal, Office, Risk

from ..filters import NO_LINE, ActivityFilter
from ..models import LineOfEffort, ProcessStage


@dataclass(frozen=True)
class Axis:
    """One side of the table. ``none`` heads the line of what has no such record.

    ``sparse``: most of the records have nothing to count, and are shown only where asked for.
    """

    key: str
    title: str
    plural: str
    model: type[CodedModel]
    none: str
    order: tuple[str, ...] = ("code_order",)
    sparse: bool = False


@dataclass(frozen=True)
class Place:
    """Where a counted record holds its records of an axis, and the filter that asks for one of them."""

    path: str
    parameter: str


@dataclass(frozen=True)
class Tie:
    """The kind of record that is counted. It ties any two axes at which it has a place."""

    key: str
    one: str
    filterset: type[RecordFilter]
    places: dict[str, Place]
    # What an axis means here, as the end of "each number counts activities ...".
    clauses: dict[str, str]

    def sentence(self, rows: Axis, columns: Axis) -> str:
        return f"Each number counts {self.key} {self.clauses[rows.key]} and {self.clauses[columns.key]}."

    def nothing(self, rows: Axis, columns: Axis) -> str:
        return f"No {self.one} is tied to both a {rows.title.lower()} and a {columns.title.lower()}."

    def filters(self, *axes: Axis) -> list[str]:
        """The filters that may narrow the count: all but those the axes themselves set."""
        taken = {"ordering", *(self.places[axis.key].parameter for axis in axes)}
        return [name for name in self.filterset.base_filters if name not in taken]


class Pairs:
    """What can be set against what. An app above this one adds its own axes and ties."""

    axes: ClassVar[dict[str, Axis]] = {
        axis.key: axis
        for axis in (
            Axis("goal", "Goal", "goals", Goal, "Not tied to a goal", ("order", "code_order")),
            Axis("line_of_effort", "Line of effort", "lines of effort", LineOfEffort, NO_LINE, ("order", "code_order")),
            Axis("stage", "Process stage", "stages", ProcessStage, "Not tied to a stage", ("order", "code_order")),
            Axis("office", "Office", "offices", Office, "No office named", sparse=True),
            Axis("risk", "Risk", "risks", Risk, "Not tied to a risk"),
        )
    }
    ties: ClassVar[list[Tie]] = [
        Tie(
            "activities",
            "activity",
            ActivityFilter,
            {
                "goal": Place("goal_links__goal", "goal"),
                "line_of_effort": Place("line_of_effort", "line_of_effort"),
                "stage": Place("stage_links__stage", "stage"),
                "office": Place("assignments__office", "office"),
                "risk": Place("risk_links__risk", "risk"),
            },
            {
                "goal": "that are tied to the goal",
                "line_of_effort": "that stand under the line of effort",
                "stage": "that are tied to the stage",
                "office": "in which the office has a role of any kind",
                "risk": "that the risk threatens",
            },
        )
    ]
    # Why nothing ties an axis to those it shares no tie with.
    silences: ClassVar[dict[str, str]] = {}

    @classmethod
    def contribute(cls, axis: Axis, *ties: Tie, silence: str = "") -> None:
        cls.axes = {**cls.axes, axis.key: axis}
        cls.ties = [*cls.ties, *ties]
        cls.silences = {**cls.silences, axis.key: silence}

    @classmethod
    def tying(cls, rows: Axis, columns: Axis) -> list[Tie]:
        return [tie for tie in cls.ties if rows.key in tie.places and columns.key in tie.places]

    @classmethod
    def all(cls) -> Iterator[tuple[Axis, Axis]]:
        """Every pair that can be counted, either way round."""
        return ((rows, columns) for rows, columns in permutations(cls.axes.values(), 2) if cls.tying(rows, columns))


@dataclass(frozen=True)
class Line:
    """A row or column: a record of the axis, or None for what has none, with its total."""

    record: Any
    total: int

    @property
    def key(self) -> int | None:
        return self.record.pk if self.record else None

    @property
    def value(self) -> str:
        """As a filter asks for it."""
        return self.record.code if self.record else NONE


@dataclass
class Counted:
    """The table: rows, columns, and the number where they meet."""

    rows: list[Line]
    columns: list[Line]
    total: int
    numbers: dict[tuple[int | None, ...], int]
    left_out: dict[str, int] = field(default_factory=dict)

    def number(self, row: Line, column: Line) -> int:
        return self.numbers.get((row.key, column.key), 0)

    @property
    def most(self) -> int:
        return max(self.numbers.values(), default=0)

    @property
    def says_nothing(self) -> bool:
        """Nothing that is counted has a record on both sides."""
        return not any(None not in place for place in self.numbers)

    @property
    def counts_twice(self) -> bool:
        """Something stands in several columns of a row, or several rows of a column."""
        return sum(self.numbers.values()) > self.total


def counted(tie: Tie, rows: Axis, columns: Axis, asked: QuerySet, notional: str, *, every: bool) -> Counted:
    """Counts what ``asked`` holds by both axes. ``every`` shows the records of a sparse axis with nothing as well."""
    model: Any = tie.filterset._meta.model
    base = model._default_manager.filter(pk__in=asked.order_by().values("pk")).order_by()
    paths = [tie.places[axis.key].path for axis in (rows, columns)]

    def numbers(*by: str) -> dict[tuple[int | None, ...], int]:
        return {tuple(keys): n for *keys, n in base.values_list(*by).annotate(n=Count("pk", distinct=True))}

    left_out = {}

    def lines(axis: Axis, path: str) -> list[Line]:
        totals = numbers(path)
        found = axis.model._default_manager.visible(notional).order_by(*axis.order)
        every_line = [Line(record, totals.get((record.pk,), 0)) for record in found]
        shown = [line for line in every_line if line.total or every or not axis.sparse]
        if len(shown) < len(every_line):
            left_out[axis.key] = len(every_line) - len(shown)
        return [*shown, *([Line(None, totals[None,])] if (None,) in totals else [])]

    return Counted(lines(rows, paths[0]), lines(columns, paths[1]), base.count(), numbers(*paths), left_out)
