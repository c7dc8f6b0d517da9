"""The matrix in the API: who does what, or any two axes, in one shape."""

from collections.abc import Iterator
from itertools import permutations
from typing import Any, ClassVar

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.http import urlencode
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from strategy.core import params
from strategy.core.api import analysis
from strategy.core.exports import Sheet
from strategy.core.filters import ANY, RecordFilter
from strategy.core.models import Basis, Notional
from strategy.core.openapi import FilterSetParameters, describe_analysis, parameter
from strategy.filters import OfficeFilter

from ..filters import ActivityFilter
from ..models import Assignment
from ..models.assignments import Role
from .axes import Axis, Counted, Line, Pairs, Tie
from .grid import MOST_ACTIVITIES, MOST_OFFICES, TaskingGrid
from .pairs import PairMatrix, is_too_large
from .tasking import ACTIVITY_PARAMETERS, CITED, OFFICE_PARAMETERS, VIEWS, TaskingMatrix
from .views import matrix_of

EITHER = "format", "take format=csv"


class LineSerializer(serializers.Serializer):
    """A row or column. Of ``none`` the record is null: it stands for what has no such record."""

    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the name of a field hides an option of its class
    record = analysis.NamedSerializer(allow_null=True)
    group = serializers.CharField(allow_null=True)
    count = serializers.IntegerField()
    lead_stated = serializers.BooleanField(allow_null=True)


class AxisSerializer(serializers.Serializer):
    """One side: what its lines are, and the lines."""

    axis = serializers.CharField()
    title = serializers.CharField()
    lines = LineSerializer(many=True)
    left_out = serializers.IntegerField()


class MarkSerializer(serializers.Serializer):
    """One office in one role on one activity, as the source says it."""

    code = serializers.CharField()
    role = serializers.ChoiceField(choices=Role.choices)
    verb = serializers.CharField(allow_blank=True)
    office_as_stated = serializers.CharField(allow_blank=True)
    basis = serializers.ChoiceField(choices=Basis.choices)
    notional = serializers.BooleanField()
    sources = analysis.CitedSerializer(many=True)
    web_url = serializers.URLField()


class CellSerializer(serializers.Serializer):
    """Where a row and a column meet: the number, and the list of exactly what it counts."""

    row = serializers.CharField()
    column = serializers.CharField()
    count = serializers.IntegerField()
    marks = MarkSerializer(many=True)
    url = serializers.URLField()
    web_url = serializers.URLField()


@extend_schema_serializer(many=False)
class MatrixSerializer(serializers.Serializer):
    """Rows, columns, and the cells that hold something: where there is no cell, no source ties the two.

    ``silence`` says why nothing at all can be counted.
    """

    web_url = serializers.URLField()
    title = serializers.CharField()
    counted = serializers.CharField(allow_null=True)
    sentence = serializers.CharField(allow_blank=True)
    silence = serializers.CharField(allow_blank=True)
    total = serializers.IntegerField()
    rows = AxisSerializer()
    columns = AxisSerializer()
    cells = CellSerializer(many=True)


COUNTED = [tie.key for tie in Pairs.ties]
AXES = sorted(Pairs.axes)


def apart() -> Iterator[dict[str, str]]:
    """What cannot be asked of a pair of axes: what only the tasking matrix takes, or not what ties these two."""
    ties = {(a, b): Pairs.tying(Pairs.axes[a], Pairs.axes[b]) for a, b in permutations(AXES, 2)}
    for (rows, columns), found in ties.items():
        for key in set(COUNTED) - {tie.key for tie in found}:
            yield {"rows": rows, "columns": columns, "count": key}
    for name in (*ACTIVITY_PARAMETERS, *OFFICE_PARAMETERS, "offices", "view"):
        refused = {axes for axes, found in ties.items() if not _takes(axes, found, name)}
        if len(refused) == len(ties):
            yield {"rows": ANY, name: ANY}
            continue
        for axis in AXES:
            if refused.issuperset(axes for axes in ties if axis in axes):
                yield {"rows": axis, name: ANY}
                yield {"columns": axis, name: ANY}


def _takes(axes: tuple[str, str], ties: list[Tie], name: str) -> bool:
    """Whether the count of these two takes the parameter, and as the tasking matrix does."""
    if name == "notional" or not ties or name not in ActivityFilter.base_filters:
        return name == "notional"
    tie = ties[0]
    taken = tie.filters(*(Pairs.axes[key] for key in axes))
    return name in taken and _type(tie.filterset, name) == _type(ActivityFilter, name)


def _type(filterset: type[RecordFilter], name: str) -> Any:
    return filterset.base_filters[name].json_schema(filterset._meta.model)


class MatrixFilters(FilterSetParameters):
    """The filters of the tasking matrix. Those of other counts are the filters of the list that is counted."""

    filtersets: ClassVar = {ActivityFilter: ACTIVITY_PARAMETERS, OfficeFilter: OFFICE_PARAMETERS}


@describe_analysis(
    "Matrix",
    MatrixSerializer,
    parameter("rows", "Axis of the rows; with columns, any two axes.", enum=AXES, example="goal"),
    parameter("columns", "Axis of the columns.", enum=AXES, example="stage"),
    parameter("count", "What is counted, where several kinds tie the axes.", enum=COUNTED, example=COUNTED[0]),
    parameter("empty", "Whether lines with nothing are shown too.", enum=["hide", "show"], example="show"),
    parameter("offices", "Which offices are columns.", enum=["tasked", "all"], example="all"),
    parameter("view", "The side the offices stand on, in a file of shape wide.", enum=list(VIEWS), example="offices"),
    parameter("shape", "A file's shape: a row a mark, or the grid.", enum=["long", "wide"], example="wide"),
    apart=[*apart(), *(one.values for one in ActivityFilter.incompatible_params)],
    needs={"rows": ["columns"], "columns": ["rows"], "count": ["rows", "columns"], "empty": ["rows", "columns"]},
    differ=["rows", "columns"],
)
class MatrixViewSet(analysis.AnalysisViewSet):
    """Who leads, coordinates and supports what; with ``rows`` and ``columns`` the counts of any two axes."""

    filter_backends = (MatrixFilters,)

    def get_result(self, request: Any) -> PairMatrix | TaskingMatrix:
        return matrix_of(request, self.extra, blank=False)

    def get_sheet(self, request: Any, result: PairMatrix | TaskingMatrix) -> Sheet:
        return result.sheet()

    def serialize(self, request: Any, result: PairMatrix | TaskingMatrix) -> dict[str, Any]:
        at = analysis.RecordURLs(request)
        head = {"web_url": at.of_page("matrix", self.extra), "title": result.title}
        return head | (_pairs(result, at) if isinstance(result, PairMatrix) else _tasking(result, at))


# ---- Who does what -------------------------------------------------------------------------------------------------


def _tasking(matrix: TaskingMatrix, at: analysis.RecordURLs) -> dict[str, Any]:
    tasking = matrix.whole(*EITHER)
    prefetch_related_objects(tasking.marks, CITED)
    cells: dict[tuple[int, int], list[Assignment]] = {}
    for mark in tasking.marks:
        cells.setdefault((mark.activity_id, mark.office_id), []).append(mark)
    return {
        "counted": "assignments",
        "sentence": "Each mark is a role that a source gives an office on an activity.",
        "silence": "",
        "total": len(tasking.marks),
        "rows": _side("activity", "Activity", _activities(tasking, at)),
        "columns": _side("office", "Office", _offices(tasking, at)),
        "cells": [
            _cell(cells[row.pk, column.pk], row.code, column.code, matrix, at)
            for row in tasking.activities
            for column in tasking.offices
            if (row.pk, column.pk) in cells
        ],
    }


def _side(axis: str, title: str, lines: list[dict[str, Any]], left_out: int = 0) -> dict[str, Any]:
    return {"axis": axis, "title": title, "lines": lines, "left_out": left_out}


def _line(record: Any, at: analysis.RecordURLs, count: int, **more: Any) -> dict[str, Any]:
    named = at.record(record)
    found = {"value": record.code, "label": named["label"], "record": named, "group": None, "count": count}
    return found | {"lead_stated": None} | more


def _activities(tasking: TaskingGrid, at: analysis.RecordURLs) -> list[dict[str, Any]]:
    """In their lines of effort; of each it is said whether any source names a lead."""
    return [
        _line(
            activity,
            at,
            len(activity.assignments.all()),
            group=activity.line_of_effort.code if activity.line_of_effort else None,
            lead_stated=bool(activity.leads),
        )
        for activity in tasking.activities
    ]


def _offices(tasking: TaskingGrid, at: analysis.RecordURLs) -> list[dict[str, Any]]:
    carried = {load.office.pk: load.total for load in tasking.loads}
    return [_line(one, at, carried.get(one.pk, 0), group=one.echelon) for one in tasking.offices]


def _cell(marks: list[Assignment], row: str, column: str, matrix: TaskingMatrix, at: analysis.RecordURLs) -> dict:
    asked = {"activity": row, "office": column}
    if matrix.activities.visibility != Notional.EXCLUDE:
        asked["notional"] = matrix.activities.visibility
    query = urlencode(asked)
    return {
        "row": row,
        "column": column,
        "count": len(marks),
        "marks": [_mark(mark, at) for mark in marks],
        "url": at.whole(f"{reverse('api:assignment-list')}?{query}"),
        "web_url": at.whole(f"{reverse('assignment-list')}?{query}"),
    }


def _mark(mark: Assignment, at: analysis.RecordURLs) -> dict[str, Any]:
    return {
        "code": mark.code,
        "role": mark.role,
        "verb": mark.verb,
        "office_as_stated": mark.office_as_stated,
        "basis": mark.basis,
        "notional": mark.notional,
        "sources": [at.citation(citation) for citation in mark.citations.all()],
        "web_url": at.page("assignment", mark.code),
    }


# ---- Any two axes --------------------------------------------------------------------------------------------------


def _pairs(matrix: PairMatrix, at: analysis.RecordURLs) -> dict[str, Any]:
    if matrix.tie is None:
        nothing = _side(matrix.rows.key, matrix.rows.title, []), _side(matrix.columns.key, matrix.columns.title, [])
        head = {"counted": None, "sentence": "", "silence": matrix.silence, "total": 0}
        return head | {"rows": nothing[0], "columns": nothing[1], "cells": []}
    table = matrix.table(matrix.tie)
    if is_too_large(table):
        size = f"{len(table.rows):,} {matrix.rows.plural} by {len(table.columns):,} {matrix.columns.plural}"
        name, otherwise = EITHER
        text = f"{size} are too many for one table of at most {MOST_ACTIVITIES} by {MOST_OFFICES}: {otherwise}."
        raise params.BadParametersError({name: [text]})
    return {
        "counted": matrix.tie.key,
        "sentence": matrix.tie.sentence(matrix.rows, matrix.columns),
        "silence": matrix.tie.nothing(matrix.rows, matrix.columns) if table.says_nothing else "",
        "total": table.total,
        "rows": _axis(matrix.rows, table.rows, table, at),
        "columns": _axis(matrix.columns, table.columns, table, at),
        "cells": [
            {
                "row": row.value,
                "column": column.value,
                "count": number,
                "marks": [],
                "url": at.whole(matrix.url(row, column, "api:")),
                "web_url": at.whole(matrix.url(row, column)),
            }
            for row in table.rows
            for column in table.columns
            if (number := table.number(row, column))
        ],
    }


def _axis(axis: Axis, lines: list[Line], table: Counted, at: analysis.RecordURLs) -> dict[str, Any]:
    nothing = {"value": "", "label": axis.none, "record": None, "group": None, "count": 0, "lead_stated": None}
    made = [
        _line(line.record, at, line.total) if line.record else nothing | {"value": line.value, "count": line.total}
        for line in lines
    ]
    return _side(axis.key, axis.title, made, table.left_out.get(axis.key, 0))
