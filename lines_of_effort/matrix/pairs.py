"""Counts of one pair of axes as a page and as files."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from strategy.core import exports, params
from strategy.core.filters import requested_notional, url_with_params

from .axes import Axis, Counted, Line, Pairs, Tie, counted
from .grid import MOST_ACTIVITIES, MOST_OFFICES

OWN = ("rows", "columns", "count", "empty", "shape")


def is_too_large(table: Counted) -> bool:
    """More than anybody reads as one table."""
    return len(table.rows) > MOST_ACTIVITIES or len(table.columns) > MOST_OFFICES


class PairMatrix:
    """Two axes, what is counted between them, and the list behind each number."""

    template = "lines_of_effort/matrix/pair.html"

    def __init__(self, request: HttpRequest, extra: Iterable[str] = (), *, blank: bool = True):
        self.request, asked = request, request.GET
        self.rows, self.columns = self._axes()
        self.ties = Pairs.tying(self.rows, self.columns)
        self.tie = self._tie()
        names = self.tie.filters(self.rows, self.columns) if self.tie else ["notional"]
        params.check_params(asked, [*OWN, *names, *extra], blank=blank)
        self.every = params.choice_param(asked, "empty", ("hide", "show"), "hide") == "show"
        self.shape = params.choice_param(asked, "shape", ("long", "wide"), "long")
        self.kept = params.select_params(asked, names)
        if self.tie:
            self.filter = self.tie.filterset(self.kept, request=request)
            if problems := self.filter.problems():
                raise params.BadParametersError(problems)

    @property
    def title(self) -> str:
        return f"{self.rows.plural.capitalize()} by {self.columns.plural}"

    def _axes(self) -> tuple[Axis, Axis]:
        problems = {}
        for name in ("rows", "columns"):
            key = self.request.GET.get(name, "")
            if key not in Pairs.axes:
                wrong = f"'{key}' is not one of" if key else "Is missing: say both 'rows' and 'columns', each one of"
                problems[name] = [
                    f"{wrong}: {params.comma_separated(Pairs.axes)}.{params.did_you_mean(key, Pairs.axes)}"
                ]
        if problems:
            raise params.BadParametersError(problems)
        rows, columns = (Pairs.axes[self.request.GET[name]] for name in ("rows", "columns"))
        if rows == columns:
            text = f"Is '{rows.key}', as the rows are: nothing can be counted against itself. Take another axis."
            raise params.BadParametersError({"columns": [text]})
        return rows, columns

    def _tie(self) -> Tie | None:
        """What is counted: the first kind that ties the axes, or the one asked for."""
        if not self.ties:
            if self.request.GET.get("count"):
                said = f"Nothing ties {self.rows.plural} to {self.columns.plural}, so that nothing can be counted."
                raise params.BadParametersError({"count": [said]})
            return None
        wanted = params.choice_param(self.request.GET, "count", [tie.key for tie in self.ties], self.ties[0].key)
        return next(tie for tie in self.ties if tie.key == wanted)

    def context(self) -> dict[str, Any]:
        path, asked = self.request.path, self.request.GET
        context: dict[str, Any] = {"title": self.title, "rows": self.rows, "columns": self.columns, "tie": self.tie}
        context["turned"] = url_with_params(path, asked, rows=self.columns.key, columns=self.rows.key)
        if self.tie is None:
            return context | {"silence": self.silence}
        table = self.table(self.tie)
        query = url_with_params("", asked).removeprefix("?")
        return context | {
            "nothing": self.tie.nothing(self.rows, self.columns),
            "clear_url": url_with_params(path, params.select_params(asked, OWN)),
            "sentence": self.tie.sentence(self.rows, self.columns),
            "table": table,
            "lines": [
                {
                    "line": row,
                    "total_url": self.url(row, None),
                    "cells": [(table.number(row, column), self.url(row, column)) for column in table.columns],
                }
                for row in table.rows
            ],
            "totals": [(column.total, self.url(None, column)) for column in table.columns],
            "total_url": self.url(None, None),
            "too_many": is_too_large(table),
            "most": (MOST_ACTIVITIES, MOST_OFFICES),
            "other_ties": [
                (tie.key, url_with_params(path, asked, count=tie.key), tie is self.tie) for tie in self.ties
            ],
            "active": [
                (label, value, url_with_params(path, asked, **{name: None}))
                for name, (label, value) in self.filter.active_filters().items()
            ],
            "left_out": [(n, Pairs.axes[key].plural) for key, n in table.left_out.items()],
            "every": self.every,
            "show_every": url_with_params(path, asked, empty=None if self.every else "show"),
            "downloads": exports.download_links(path, query),
            "wide": exports.download_links(path, url_with_params("", asked, shape="wide").removeprefix("?")),
        }

    @property
    def silence(self) -> str:
        """Why nothing ties the two; empty where something does."""
        silences = (Pairs.silences.get(axis.key, "") for axis in (self.rows, self.columns))
        return "" if self.tie else " ".join(filter(None, silences))

    def table(self, tie: Tie) -> Counted:
        asked: QuerySet = self.filter.qs
        return counted(tie, self.rows, self.columns, asked, requested_notional(self.request), every=self.every)

    def url(self, row: Line | None, column: Line | None, face: str = "") -> str:
        """The list of exactly what a number counts: the page, or with ``api:`` the resource."""
        assert self.tie is not None  # noqa: S101  # only asked for where something is counted
        model, places = self.tie.filterset._meta.model, self.tie.places
        line_of = {self.rows.key: row, self.columns.key: column}
        changes: dict[str, str | None] = {places[key].parameter: line.value for key, line in line_of.items() if line}
        return url_with_params(reverse(f"{face}{model._meta.model_name}-list"), self.kept, **changes)

    def sheet(self) -> exports.Sheet:
        if self.tie is None:
            text = f"Nothing ties {self.rows.plural} to {self.columns.plural}, so there is nothing to take away."
            raise params.BadParametersError({"columns": [text]})
        table = self.table(self.tie)
        name = f"{self.rows.key}-by-{self.columns.key}".replace("_", "-")
        if self.shape == "wide":
            heads = [column.value for column in table.columns]
            return exports.Sheet(f"{name}-wide", ("code", "name", *heads, "total"), self._wide(table))
        columns = ("row", "row_name", "column", "column_name", "count", "web_url")
        return exports.Sheet(name, columns, self._long(table))

    def _wide(self, table: Counted) -> Iterator[list[Any]]:
        for row in table.rows:
            numbers = (table.number(row, column) for column in table.columns)
            yield [row.value, self._name(row, self.rows), *numbers, row.total]
        yield ["", "total", *(column.total for column in table.columns), table.total]

    def _long(self, table: Counted) -> Iterator[list[Any]]:
        for row in table.rows:
            for column in table.columns:
                url = self.request.build_absolute_uri(self.url(row, column))
                names = (self._name(row, self.rows), self._name(column, self.columns))
                yield [row.value, names[0], column.value, names[1], table.number(row, column), url]

    @staticmethod
    def _name(line: Line, axis: Axis) -> str:
        return line.record.label if line.record else axis.none
