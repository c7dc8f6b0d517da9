"""Axes of the matrix of two kinds of record, and the measures: the records that are counted where two axes meet.

Each number counts what stands in the list behind it: the list of the measure, filtered by a record of both axes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from typing import ClassVar

from strategy.core.filters import RecordFilter
from strategy.core.models import CodedModel
from strategy.models import Goal, Office, Risk

from ..filters import NO_LINE, ActivityFilter
from ..models import LineOfEffort, ProcessStage
from .ordering import BY_CODE, BY_POSITION


@dataclass(frozen=True)
class Axis:
    """A kind of record that may be the rows or the columns.

    ``key`` is its value in the parameters ``rows`` and ``columns``; ``none`` is the heading of what has no such
    record; ``order`` are the fields its records are sorted by. Of a ``sparse`` axis most records have nothing to
    count: these are shown only where ``empty=show`` is set.
    """

    key: str
    title: str
    plural: str
    model: type[CodedModel]
    none: str
    order: tuple[str, ...] = BY_CODE
    sparse: bool = False


@dataclass(frozen=True)
class AxisPath:
    """How a counted record refers to its records of an axis: the ORM lookup, and the filter parameter of its list."""

    lookup: str
    parameter: str


@dataclass(frozen=True)
class Measure:
    """A kind of record that is counted. It links any two axes that it has paths to.

    ``key`` is its plural and its value in the parameter ``count``. ``paths`` and ``clauses`` are by axis key; a
    clause says what the axis means for the measure, as the end of "Each number counts activities ...".
    """

    key: str
    singular: str
    filterset: type[RecordFilter]
    paths: dict[str, AxisPath]
    clauses: dict[str, str]

    def sentence(self, rows: Axis, columns: Axis) -> str:
        """What each number of the table counts."""
        return f"Each number counts {self.key} {self.clauses[rows.key]} and {self.clauses[columns.key]}."

    def silence(self, rows: Axis, columns: Axis) -> str:
        """What is said where every number is 0."""
        return f"No {self.singular} is linked to both a {rows.title.lower()} and a {columns.title.lower()}."

    def filter_names(self, *axes: Axis) -> list[str]:
        """The filters that may narrow the count: all but those the axes themselves set."""
        excluded = {"ordering", *(self.paths[axis.key].parameter for axis in axes)}
        return [name for name in self.filterset.base_filters if name not in excluded]


class MatrixAxes:
    """All axes and measures. An app above this one adds its own with ``contribute``."""

    axes: ClassVar[dict[str, Axis]] = {
        axis.key: axis
        for axis in (
            Axis("goal", "Goal", "goals", Goal, "Not linked to a goal", BY_POSITION),
            Axis("line_of_effort", "Line of effort", "lines of effort", LineOfEffort, NO_LINE, BY_POSITION),
            Axis("stage", "Process stage", "stages", ProcessStage, "Not linked to a stage", BY_POSITION),
            Axis("office", "Office", "offices", Office, "No office named", sparse=True),
            Axis("risk", "Risk", "risks", Risk, "Not linked to a risk"),
        )
    }
    measures: ClassVar[list[Measure]] = [
        Measure(
            "activities",
            "activity",
            ActivityFilter,
            {
                "goal": AxisPath("goal_links__goal", "goal"),
                "line_of_effort": AxisPath("line_of_effort", "line_of_effort"),
                "stage": AxisPath("stage_links__stage", "stage"),
                "office": AxisPath("assignments__office", "office"),
                "risk": AxisPath("risk_links__risk", "risk"),
            },
            {
                "goal": "that are linked to the goal",
                "line_of_effort": "that are placed under the line of effort",
                "stage": "that are linked to the stage",
                "office": "in which the office has a role of any kind",
                "risk": "that the risk threatens",
            },
        )
    ]
    # By axis key: why no measure links the axis to those it shares no measure with.
    silences: ClassVar[dict[str, str]] = {}

    @classmethod
    def contribute(cls, axis: Axis, *measures: Measure, silence: str = "") -> None:
        """Adds an axis and the measures that link it to others; ``silence`` says why nothing links it to the rest."""
        cls.axes = {**cls.axes, axis.key: axis}
        cls.measures = [*cls.measures, *measures]
        cls.silences = {**cls.silences, axis.key: silence}

    @classmethod
    def measures_of(cls, rows: Axis, columns: Axis) -> list[Measure]:
        """The measures that link the two axes, the default first."""
        return [measure for measure in cls.measures if rows.key in measure.paths and columns.key in measure.paths]

    @classmethod
    def pairs(cls) -> Iterator[tuple[Axis, Axis]]:
        """Every pair of axes that a measure links, both ways round."""
        return (pair for pair in permutations(cls.axes.values(), 2) if cls.measures_of(*pair))
