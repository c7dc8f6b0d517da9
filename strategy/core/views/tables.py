"""Tables: how rows of records are shown, declared once for each page and drawn by one template."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, islice
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from ..models import BasisField, CodedModel, CodedQuerySet, dates
from ..text.labels import value_label
from .panels import Panel


@dataclass(frozen=True)
class Column:
    """One column: a field or property, or a dotted path of them, of the row.

    ``kind`` draws the value in another way than its type would have it: see components/tables.html. ``empty`` is shown
    where there is none.
    """

    path: str
    header: str = ""
    empty: str = ""
    kind: str = ""

    def title(self, model: type[models.Model]) -> str:
        """The header in the table: as declared, else the name of the field."""
        if self.header:
            return self.header
        field = _field(model, self.path)
        name = getattr(field, "verbose_name", None) or self.path.rpartition(".")[2].replace("_", " ")
        return str(name)[:1].upper() + str(name)[1:]


def as_columns(names: Iterable[str | Column]) -> tuple[Column, ...]:
    """Columns from columns and bare paths."""
    return tuple(name if isinstance(name, Column) else Column(name) for name in names)


def _field(model: Any, path: str) -> Any:
    """The model field at the end of a path; None if it ends in a property."""
    field = None
    for name in path.split("."):
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            return None
        model = field.related_model or model
    return field


def select_related_paths(model: Any, columns: Sequence[Column]) -> list[str]:
    """The foreign keys on the columns' paths, for ``select_related``."""
    paths = []
    for column in columns:
        owner, path = model, []
        for name in column.path.split("."):
            try:
                field = owner._meta.get_field(name)
            except FieldDoesNotExist:
                break
            if not isinstance(field, models.ForeignKey):
                break
            path.append(name)
            paths.append("__".join(path))
            owner = field.related_model
    return list(dict.fromkeys(paths))


@dataclass(frozen=True)
class Cell:
    """One value ready to be drawn; ``kind`` says how."""

    kind: str
    value: Any = ""
    reason: str = ""

    @property
    def in_file(self) -> str | int | float:
        """The same for a file: a number as a number, all else in plain words."""
        return self.value if isinstance(self.value, int | float) else self.text

    @property
    def text(self) -> str:
        """The same in plain words; several records stand apart by semicolons."""
        values = self.value if isinstance(self.value, list | tuple) else [self.value]
        return "; ".join(
            f"{value.code} {value.label}" if isinstance(getattr(value, "code", None), str) else str(value)
            for value in values
        )


def column_cell(row: Any, column: Column) -> Cell:
    """What ``column`` shows of ``row``; the path ``self`` is the row's own link."""
    cell = _typed_cell(row, column)
    return replace(cell, kind=column.kind) if column.kind and cell.kind != "empty" else cell


def _typed_cell(row: Any, column: Column) -> Cell:
    if column.path == "self":
        return Cell("record", row)
    *path, name = column.path.split(".")
    for step in path:
        row = getattr(row, step, None)
        if row is None:
            return Cell("empty", column.empty)
    return field_cell(row, name, column.empty)


def field_cell(row: Any, name: str, empty: str = "") -> Cell:
    """One field or property of a row as a cell."""
    value = getattr(row, name)
    if isinstance(value, models.Manager):
        value = list(value.all())
    if value is None or value == "" or value == []:
        return Cell("empty", empty)
    if hasattr(value, "get_absolute_url"):
        return Cell("record", value)
    if isinstance(value, list | tuple):
        return Cell("records", value)
    if isinstance(value, bool):
        return Cell("text", "Yes" if value else "No")
    try:
        field = row._meta.get_field(name)
    except FieldDoesNotExist:
        return Cell("text", value)
    if isinstance(field, BasisField):
        return Cell("basis", value, getattr(row, "reason", ""))
    if isinstance(field, dates.PartialDateField):
        return Cell("date", dates.display_date(value))
    if isinstance(field, models.URLField):
        return Cell("url", value)
    if field.choices:
        return Cell("text", getattr(row, f"get_{name}_display")())
    if isinstance(field, models.CharField):
        return Cell("text", value_label(value))
    return Cell("text", value)


@dataclass(frozen=True)
class TablePanel(Panel):
    """A table of rows on a record's page.

    ``rows`` is the name of a relation of the record, or a function from record to rows. ``empty`` is
    the sentence shown when there are none; without it an empty table is left out. With ``limit``, no more rows
    than that are shown, and ``all_url`` gives the address of all of them. ``counted`` is the field whose different
    values the heading counts, where a row says less than its title: rows without it. ``grouped`` puts rows that
    follow each other with the same first value under one heading.
    """

    rows: str | Callable[[Any], Iterable[models.Model]]
    columns: tuple[str | Column, ...]
    empty: str = ""
    limit: int | None = None
    all_url: Callable[[Any], str] | None = None
    counted: str = ""
    grouped: bool = False

    def table(self, record: CodedModel) -> "Table":
        """The table with the record's rows, read from the database."""
        columns = as_columns(self.columns)
        rows = self.rows(record) if callable(self.rows) else getattr(record, self.rows).all()
        if isinstance(rows, CodedQuerySet):
            rows = rows.for_detail()
        if isinstance(rows, models.QuerySet) and (paths := select_related_paths(rows.model, columns)):
            rows = rows.select_related(*paths)
        if self.limit is None:
            return Table(self, list(rows), columns)
        # One row more than is shown tells whether there are more.
        first = list(islice(rows[: self.limit + 1] if isinstance(rows, models.QuerySet) else rows, self.limit + 1))
        rest = self.all_url(record) if self.all_url and len(first) > self.limit else ""
        return Table(self, first[: self.limit], columns, rest=rest)

    @property
    def relation(self) -> str:
        """The relation the rows stand in, by which citations refer to them; empty where a function gives them."""
        return self.rows if isinstance(self.rows, str) else ""


@dataclass
class Table:
    """A table panel with its rows: what the template draws. ``rest`` is the address of all, where some are left out."""

    section: TablePanel
    rows: list[models.Model]
    columns: tuple[Column, ...]
    lines: list["TableRow"] = field(default_factory=list)
    rest: str = ""

    def fill(self, citations_of: Callable[[models.Model], list]) -> None:
        """Makes the lines, without the columns that say nothing in any row."""
        grid = [[column_cell(row, column) for column in self.columns] for row in self.rows]
        shown = [
            place
            for place in range(len(self.columns))
            if any(cells[place].kind != "empty" or cells[place].value for cells in grid)
        ]
        titles = [column.title(type(self.rows[0])) for column in self.columns] if self.rows else []
        self.lines = [
            TableRow(row, [(titles[place], cells[place]) for place in shown], citations_of(row))
            for row, cells in zip(self.rows, grid, strict=True)
        ]
        if self.section.grouped:
            for _, group in groupby(self.lines, key=lambda line: line.cells[0][1].value):
                first, *others = group
                first.span = 1 + len(others)
                for line in others:
                    line.span = 0

    @property
    def number(self) -> int:
        """How many things of its title it has."""
        return len({getattr(row, self.section.counted) for row in self.rows} if self.section.counted else self.rows)

    @property
    def headers(self) -> list[str]:
        return [title for title, _ in self.lines[0].cells] if self.lines else []

    @property
    def columns_shown(self) -> int:
        """How many columns the table has on the page."""
        return len(self.headers) + self.has_sources

    @property
    def has_sources(self) -> bool:
        return any(line.citations for line in self.lines)


@dataclass
class TableRow:
    """One row of a table: the record it links to, if it has a page, its cells and its citations.

    ``span`` is how many rows its first cell heads, 0 where an earlier row's does.
    """

    row: models.Model
    cells: list[tuple[str, Cell]]
    citations: list
    span: int = 1
