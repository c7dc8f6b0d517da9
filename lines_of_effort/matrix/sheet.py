"""The matrix as a file: with ``shape=long`` a row for each mark or number, with ``shape=wide`` the table as drawn."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest

from strategy.core.exports import Sheet
from strategy.core.params import BadParametersError

from ..models import Assignment
from ..models.assignments import Role
from .axes import Axis
from .grid import GridLayout
from .grid_reader import all_marks, read_whole_grid
from .pair_counts import AxisValue, PairTable
from .request import PairParams, TaskingParams

# A file takes some milliseconds for each of them, in which a process has less time for others.
MAX_MARKS, MAX_NUMBERS = 10_000, 50_000
ROLE_LETTERS = {Role.LEAD: "L", Role.COORDINATING: "C", Role.SUPPORTING: "S"}
MARK_COLUMNS = (
    *("activity", "activity_title", "line_of_effort", "line_title", "line_basis", "office", "office_name"),
    *("echelon", "role", "verb", "office_as_stated", "basis", "sources", "notional", "assignment", "web_url"),
)
PAIR_COLUMNS = ("row", "row_name", "column", "column_name", "count", "web_url")


def matrix_sheet(request: HttpRequest, matrix: PairParams | TaskingParams) -> Sheet:
    """The file of the matrix that is requested; raises BadParametersError where there is nothing or too much."""
    if isinstance(matrix, PairParams):
        return _pair_sheet(request, matrix)
    if matrix.shape == "wide":
        return _tasking_wide_sheet(matrix)
    marks = all_marks(matrix.rows, matrix.columns)
    _check_size(marks.order_by().count(), "marks", MAX_MARKS)
    rows = (_mark_row(request, mark) for mark in marks.iterator(chunk_size=1000))
    return Sheet("tasking", MARK_COLUMNS, rows)


def _check_size(size: int, what: str, limit: int) -> None:
    if size > limit:
        text = f"{size:,} {what} are too many for one file of the matrix, which holds {limit:,} at most: filter."
        raise BadParametersError({"shape": [text]})


def _mark_row(request: HttpRequest, mark: Assignment) -> list[Any]:
    activity, office, line = mark.activity, mark.office, mark.activity.line_of_effort
    sources = (f"{c.source.code} {c.locator}".strip() for c in mark.citations.all() if c.source)
    return [
        activity.code,
        activity.title,
        line.code if line else "",
        line.title if line else "",
        activity.line_basis,
        office.code,
        office.name,
        office.get_echelon_display(),
        mark.role,
        mark.verb,
        mark.office_as_stated,
        mark.basis,
        "; ".join(sources),
        mark.notional,
        mark.code,
        request.build_absolute_uri(mark.get_absolute_url()),
    ]


def _tasking_wide_sheet(matrix: TaskingParams) -> Sheet:
    grid = read_whole_grid(matrix.rows, matrix.columns, parameter="shape", advice="take shape=long")
    layout = grid.layout(offices_down=matrix.view == "offices")
    codes = [head.code for head in layout.columns]
    return Sheet("tasking-wide", ("code", "name", "group", *codes), _tasking_wide_rows(layout))


def _tasking_wide_rows(layout: GridLayout) -> Iterator[list[str]]:
    for band in layout.bands:
        group = band.title or "Not assigned"
        for row in band.members:
            letters = {cell.head.pk: " ".join(ROLE_LETTERS[Role(m.role)] for m in cell.marks) for cell in row.cells}
            cells = [letters.get(head.pk, "") for head in layout.columns]
            yield [row.record.code, row.record.label, group, *cells]


def _pair_sheet(request: HttpRequest, matrix: PairParams) -> Sheet:
    table = matrix.count()
    if table is None:
        text = f"Nothing links {matrix.rows.plural} to {matrix.columns.plural}, so there is nothing to take away."
        raise BadParametersError({"columns": [text]})
    _check_size(len(table.rows) * len(table.columns), "numbers", MAX_NUMBERS)
    name = f"{matrix.rows.key}-by-{matrix.columns.key}".replace("_", "-")
    if matrix.shape == "wide":
        codes = [column.value for column in table.columns]
        return Sheet(f"{name}-wide", ("code", "name", *codes, "total"), _pair_wide_rows(matrix, table))
    return Sheet(name, PAIR_COLUMNS, _pair_long_rows(request, matrix, table))


def _pair_wide_rows(matrix: PairParams, table: PairTable) -> Iterator[list[Any]]:
    for row in table.rows:
        numbers = (table.number(row, column) for column in table.columns)
        yield [row.value, _name(row, matrix.rows), *numbers, row.total]
    yield ["", "total", *(column.total for column in table.columns), table.total]


def _pair_long_rows(request: HttpRequest, matrix: PairParams, table: PairTable) -> Iterator[list[Any]]:
    for row in table.rows:
        for column in table.columns:
            url = request.build_absolute_uri(matrix.list_url(table.measure, row, column))
            row_name, column_name = _name(row, matrix.rows), _name(column, matrix.columns)
            yield [row.value, row_name, column.value, column_name, table.number(row, column), url]


def _name(value: AxisValue, axis: Axis) -> str:
    return value.record.label if value.record else axis.none
