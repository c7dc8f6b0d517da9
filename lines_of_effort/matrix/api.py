"""The matrix in the API: the tasking matrix and that of two axes, as one shape of JSON."""

from collections.abc import Iterator
from itertools import permutations
from typing import Any, ClassVar

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.http import urlencode

from strategy.core import params
from strategy.core.api import analysis
from strategy.core.exports import Sheet
from strategy.core.filters import ANY, RecordFilter
from strategy.core.models import Notional
from strategy.core.openapi import FilterSetParameters, describe_analysis, parameter
from strategy.filters import OfficeFilter

from ..filters import ActivityFilter
from ..models import Assignment
from .axes import Axis, MatrixAxes, Measure
from .grid import MAX_ACTIVITIES, MAX_OFFICES, TaskingGrid
from .grid_reader import SOURCED_CITATIONS, read_whole_grid
from .pair_counts import AxisValue, PairTable
from .request import (
    ACTIVITY_PARAMETERS,
    OFFICE_PARAMETERS,
    SHAPES,
    TASKING_TITLE,
    VIEWS,
    PairParams,
    TaskingParams,
    parse_matrix,
)
from .serializers import MatrixSerializer
from .sheet import matrix_sheet

# What a refusal of a matrix that is too large advises.
ADVICE = "take format=csv"


MEASURES = [measure.key for measure in MatrixAxes.measures]
AXES = sorted(MatrixAxes.axes)


def incompatible_params() -> Iterator[dict[str, str]]:
    """Parameters that are refused together with a pair of axes, for the schema: a value by parameter, or ANY.

    They are measures that do not link the two axes, and what only the tasking matrix takes.
    """
    measures = {
        (rows, columns): MatrixAxes.measures_of(MatrixAxes.axes[rows], MatrixAxes.axes[columns])
        for rows, columns in permutations(AXES, 2)
    }
    for (rows, columns), linking in measures.items():
        keys = {measure.key for measure in linking}
        for key in MEASURES:
            if key not in keys:
                yield {"rows": rows, "columns": columns, "count": key}
    for name in (*ACTIVITY_PARAMETERS, *OFFICE_PARAMETERS, "offices", "view"):
        refusing = {pair for pair, linking in measures.items() if not _accepts(pair, linking, name)}
        if len(refusing) == len(measures):
            yield {"rows": ANY, name: ANY}
            continue
        for axis in AXES:
            if refusing.issuperset(pair for pair in measures if axis in pair):
                yield {"rows": axis, name: ANY}
                yield {"columns": axis, name: ANY}


def _accepts(pair: tuple[str, str], measures: list[Measure], name: str) -> bool:
    """Whether the count of these two axes accepts the parameter, with the values that the tasking matrix accepts."""
    if name == "notional":
        return True
    if not measures or name not in ActivityFilter.base_filters:
        return False
    measure = measures[0]
    names = measure.filter_names(*(MatrixAxes.axes[key] for key in pair))
    return name in names and _schema(measure.filterset, name) == _schema(ActivityFilter, name)


def _schema(filterset: type[RecordFilter], name: str) -> Any:
    return filterset.base_filters[name].json_schema(filterset._meta.model)


class MatrixFilters(FilterSetParameters):
    """The filters of the tasking matrix. Those of other counts are the filters of the list that is counted."""

    filtersets: ClassVar = {ActivityFilter: ACTIVITY_PARAMETERS, OfficeFilter: OFFICE_PARAMETERS}


@describe_analysis(
    "Matrix",
    MatrixSerializer,
    parameter("rows", "Axis of the rows; with columns, any two axes.", enum=AXES, example="goal"),
    parameter("columns", "Axis of the columns.", enum=AXES, example="stage"),
    parameter("count", "What is counted, where several kinds link the axes.", enum=MEASURES, example=MEASURES[0]),
    parameter("empty", "Whether lines with nothing are shown too.", enum=["hide", "show"], example="show"),
    parameter("offices", "Which offices are columns.", enum=["tasked", "all"], example="all"),
    parameter("view", "The side the offices stand on, in a file of shape wide.", enum=list(VIEWS), example="offices"),
    parameter("shape", "A file's shape: a row a mark, or the grid.", enum=list(SHAPES), example="wide"),
    apart=[*incompatible_params(), *(incompatible.values for incompatible in ActivityFilter.incompatible_params)],
    needs={"rows": ["columns"], "columns": ["rows"], "count": ["rows", "columns"], "empty": ["rows", "columns"]},
    differ=["rows", "columns"],
)
class MatrixViewSet(analysis.AnalysisViewSet):
    """Who leads, coordinates and supports what; with ``rows`` and ``columns`` the counts of any two axes."""

    filter_backends = (MatrixFilters,)

    def get_result(self, request: Any) -> PairParams | TaskingParams:
        return parse_matrix(request, self.extra, blank=False)

    def get_sheet(self, request: Any, result: PairParams | TaskingParams) -> Sheet:
        return matrix_sheet(request, result)

    def serialize(self, request: Any, result: PairParams | TaskingParams) -> dict[str, Any]:
        urls = analysis.RecordURLs(request)
        web_url = urls.of_page("matrix", self.extra)
        if isinstance(result, PairParams):
            return {"web_url": web_url, "title": result.title} | _pair_answer(result, urls)
        return {"web_url": web_url, "title": TASKING_TITLE} | _tasking_answer(result, urls)


# ---- Tasking -----------------------------------------------------------------------------------------------------


def _tasking_answer(matrix: TaskingParams, urls: analysis.RecordURLs) -> dict[str, Any]:
    grid = read_whole_grid(matrix.rows, matrix.columns, parameter="format", advice=ADVICE)
    prefetch_related_objects(grid.marks, SOURCED_CITATIONS)
    cells: dict[tuple[int, int], list[Assignment]] = {}
    for mark in grid.marks:
        cells.setdefault((mark.activity_id, mark.office_id), []).append(mark)
    return {
        "counted": "assignments",
        "sentence": "Each mark is a role that a source gives an office on an activity.",
        "silence": "",
        "total": len(grid.marks),
        "rows": _side("activity", "Activity", _activity_lines(grid, urls)),
        "columns": _side("office", "Office", _office_lines(grid, urls)),
        "cells": [
            _tasking_cell(cells[activity.pk, office.pk], activity.code, office.code, matrix, urls)
            for activity in grid.activities
            for office in grid.offices
            if (activity.pk, office.pk) in cells
        ],
    }


def _side(axis: str, title: str, lines: list[dict[str, Any]], left_out: int = 0) -> dict[str, Any]:
    return {"axis": axis, "title": title, "lines": lines, "left_out": left_out}


def _line(
    record: Any, urls: analysis.RecordURLs, count: int, *, group: str | None = None, lead_stated: bool | None = None
) -> dict[str, Any]:
    """A row or column for a record, as ``LineSerializer`` declares it."""
    named = urls.record(record)
    return {
        "value": record.code,
        "label": named["label"],
        "record": named,
        "group": group,
        "count": count,
        "lead_stated": lead_stated,
    }


def _activity_lines(grid: TaskingGrid, urls: analysis.RecordURLs) -> list[dict[str, Any]]:
    """The activities; ``group`` is the line of effort, ``lead_stated`` whether any source names a lead."""
    return [
        _line(
            activity,
            urls,
            len(activity.assignments.all()),
            group=activity.line_of_effort.code if activity.line_of_effort else None,
            lead_stated=bool(activity.leads),
        )
        for activity in grid.activities
    ]


def _office_lines(grid: TaskingGrid, urls: analysis.RecordURLs) -> list[dict[str, Any]]:
    """The offices; ``group`` is the echelon."""
    totals = {load.office.pk: load.total for load in grid.loads}
    return [_line(office, urls, totals.get(office.pk, 0), group=office.echelon) for office in grid.offices]


def _tasking_cell(
    marks: list[Assignment], row: str, column: str, matrix: TaskingParams, urls: analysis.RecordURLs
) -> dict[str, Any]:
    parameters = {"activity": row, "office": column}
    if matrix.activities.visibility != Notional.EXCLUDE:
        parameters["notional"] = matrix.activities.visibility
    query = urlencode(parameters)
    return {
        "row": row,
        "column": column,
        "count": len(marks),
        "marks": [_mark(mark, urls) for mark in marks],
        "url": urls.whole(f"{reverse('api:assignment-list')}?{query}"),
        "web_url": urls.whole(f"{reverse('assignment-list')}?{query}"),
    }


def _mark(mark: Assignment, urls: analysis.RecordURLs) -> dict[str, Any]:
    return {
        "code": mark.code,
        "role": mark.role,
        "verb": mark.verb,
        "office_as_stated": mark.office_as_stated,
        "basis": mark.basis,
        "notional": mark.notional,
        "sources": [urls.citation(citation) for citation in mark.citations.all()],
        "web_url": urls.page("assignment", mark.code),
    }


# ---- Two axes ----------------------------------------------------------------------------------------------------


def _pair_answer(matrix: PairParams, urls: analysis.RecordURLs) -> dict[str, Any]:
    rows, columns = matrix.rows, matrix.columns
    table = matrix.count()
    if table is None:
        return {
            "counted": None,
            "sentence": "",
            "silence": matrix.silence,
            "total": 0,
            "rows": _side(rows.key, rows.title, []),
            "columns": _side(columns.key, columns.title, []),
            "cells": [],
        }
    if table.is_too_large:
        size = f"{len(table.rows):,} {rows.plural} by {len(table.columns):,} {columns.plural}"
        text = f"{size} are too many for one table of at most {MAX_ACTIVITIES} by {MAX_OFFICES}: {ADVICE}."
        raise params.BadParametersError({"format": [text]})
    measure = table.measure
    return {
        "counted": measure.key,
        "sentence": measure.sentence(rows, columns),
        "silence": measure.silence(rows, columns) if table.says_nothing else "",
        "total": table.total,
        "rows": _axis(rows, table.rows, table, urls),
        "columns": _axis(columns, table.columns, table, urls),
        "cells": [
            {
                "row": row.value,
                "column": column.value,
                "count": number,
                "marks": [],
                "url": urls.whole(matrix.list_url(measure, row, column, namespace="api:")),
                "web_url": urls.whole(matrix.list_url(measure, row, column)),
            }
            for row in table.rows
            for column in table.columns
            if (number := table.number(row, column))
        ],
    }


def _axis(axis: Axis, values: list[AxisValue], table: PairTable, urls: analysis.RecordURLs) -> dict[str, Any]:
    lines = []
    for value in values:
        if value.record:
            lines.append(_line(value.record, urls, value.total))
        else:
            line = {"value": value.value, "label": axis.none, "record": None, "group": None, "count": value.total}
            lines.append(line | {"lead_stated": None})
    return _side(axis.key, axis.title, lines, table.left_out.get(axis.key, 0))
