"""The page ``/matrix/`` and its files: the tasking matrix or, with ``rows`` and ``columns``, that of two axes."""

from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from strategy.core import exports, params
from strategy.core.cache import count_each
from strategy.core.filters import requested_notional, url_with_params
from strategy.core.models import Notional
from strategy.core.views import StrictPage, page_citation
from strategy.reader_strategy import InStrategyMixin, reader_strategy, strategy_query

from .axes import MatrixAxes
from .facets import build_facets
from .grid import MAX_ACTIVITIES, MAX_OFFICES
from .grid_reader import SOURCED_CITATIONS, read_grid
from .pair_counts import PairTable
from .request import (
    OFFICE_PARAMETERS,
    PAIR_PARAMETERS,
    TASKING_TITLE,
    VIEWS,
    PairParams,
    TaskingParams,
    parse_matrix,
)
from .sheet import matrix_sheet

# A matrix with more columns than rows, and with more than these, would be cut at the edge of a window.
MAX_ACROSS = 6
# What every link to another matrix keeps.
LINK_PARAMS = ("strategy", "notional")


class MatrixPage(InStrategyMixin, StrictPage):
    """``/matrix/``; with a suffix the file of the same matrix."""

    # ``parse_matrix`` checks the names.
    query_params = None

    def get(self, request: HttpRequest, suffix: str = "") -> HttpResponseBase:
        # A page keeps a reader's strategy, also where what is counted belongs to none.
        matrix = parse_matrix(request, ("strategy",))
        if suffix:
            return exports.download(matrix_sheet(request, matrix), suffix)
        breadcrumbs = [("Strategy", "/")]
        if isinstance(matrix, TaskingParams):
            template, context = "lines_of_effort/matrix/page.html", _tasking_context(request, matrix)
        else:
            table = matrix.count()
            if table and _is_wide(len(table.columns), len(table.rows)):
                return redirect(_turned_url(request, matrix))
            template, context = "lines_of_effort/matrix/pair.html", _pair_context(request, matrix, table)
            breadcrumbs.append((TASKING_TITLE, reverse("matrix")))
        context |= {
            "citation": page_citation(request, context["title"]),
            "breadcrumbs": [*breadcrumbs, (context["title"], "")],
            "notional": requested_notional(request) == Notional.ONLY,
            "mixed": requested_notional(request) == Notional.INCLUDE,
            **_picker_context(request, params.select_params(request.GET, LINK_PARAMS).dict()),
        }
        return TemplateResponse(request, template, context)

    def render_problems(self, error: params.BadParametersError, status: int) -> TemplateResponse:
        """What is wrong, and the other matrices."""
        link_params = strategy_query(reader_strategy(self.request))
        context = {
            "problems": error.errors,
            "notional": "notional" in link_params,
            **_picker_context(self.request, link_params),
        }
        context["way_on"] = context["tasking_url"]
        return TemplateResponse(self.request, "lines_of_effort/matrix/refused.html", context, status=status)


def _tasking_context(request: HttpRequest, matrix: TaskingParams) -> dict[str, Any]:
    """What the template of the tasking matrix shows: the grid, its filters, views and files."""
    path, query = request.path, request.GET
    facets, counts = build_facets(path, query, matrix.activities, matrix.offices)
    grid, too_many = read_grid(matrix.rows, matrix.columns, counts.rows, counts.columns)
    shown, unmarked = len(grid.offices), []
    if matrix.every_office and grid.marks:
        # Fifty empty columns would hide the few marks: offices without one are named below the grid.
        unmarked = grid.fold_unmarked()
    if matrix.view == "list":
        prefetch_related_objects(grid.marks, SOURCED_CITATIONS)
    active = {**matrix.activities.active_filters(), **matrix.offices.active_filters()}
    if matrix.every_office:
        active["offices"] = ("Offices", "all, with or without a role")
    return {
        "title": TASKING_TITLE,
        "tasking": grid,
        "grid": grid.layout(offices_down=matrix.view == "offices" and bool(grid.offices)),
        "view": matrix.view,
        "too_many": too_many,
        "most": (MAX_ACTIVITIES, MAX_OFFICES),
        "numbers": counts,
        "shown_offices": shown,
        "unmarked": unmarked,
        "untasked": counts.all_columns - shown,
        "facets": facets,
        "folded_open": any(facet.chosen for facet in facets if facet.folded),
        "active": [
            (label, value, url_with_params(path, query, **{name: None})) for name, (label, value) in active.items()
        ],
        "clear_url": url_with_params(path, params.select_params(query, ["view"])),
        "every_office": matrix.every_office,
        "show_all": url_with_params(path, query, offices="all"),
        "show_tasked": url_with_params(path, query, offices=None, **dict.fromkeys(OFFICE_PARAMETERS)),
        "narrowed": matrix.chooses_offices and not matrix.every_office,
        "views": [
            (label, url_with_params(path, query, view=None if name == "grid" else name), name == matrix.view)
            for name, label in VIEWS.items()
        ],
        "search": query.get("search", ""),
        "kept": [(name, value) for name, value in query.items() if value and name != "search"],
        **_download_context(request),
    }


def _is_wide(across: int, down: int) -> bool:
    """Whether a matrix is turned, so that it fits."""
    return across > max(MAX_ACROSS, down)


def _turned_url(request: HttpRequest, matrix: PairParams) -> str:
    return url_with_params(request.path, request.GET, rows=matrix.columns.key, columns=matrix.rows.key)


def _pair_context(request: HttpRequest, matrix: PairParams, table: PairTable | None) -> dict[str, Any]:
    """What the template of the matrix of two axes shows; without a table only that nothing links the two."""
    path, query = request.path, request.GET
    context = {
        "title": matrix.title,
        "rows": matrix.rows,
        "columns": matrix.columns,
        "tie": matrix.measure,
    }
    if table is None:
        return context | {"silence": matrix.silence}
    active = matrix.filterset.active_filters() if matrix.filterset else {}
    return context | {
        "nothing": table.measure.silence(matrix.rows, matrix.columns),
        "clear_url": url_with_params(path, params.select_params(query, PAIR_PARAMETERS)),
        "sentence": table.measure.sentence(matrix.rows, matrix.columns),
        "table": table,
        "turned": "" if _is_wide(len(table.rows), len(table.columns)) else _turned_url(request, matrix),
        **({} if table.is_too_large else _pair_lines(matrix, table)),
        "too_many": table.is_too_large,
        "most": (MAX_ACTIVITIES, MAX_OFFICES),
        "other_ties": [
            (measure.key, url_with_params(path, query, count=measure.key), measure is table.measure)
            for measure in matrix.measures
        ],
        "active": [
            (label, value, url_with_params(path, query, **{name: None})) for name, (label, value) in active.items()
        ],
        "left_out": [(count, MatrixAxes.axes[key].plural) for key, count in table.left_out.items()],
        "every": matrix.include_empty,
        "show_every": url_with_params(path, query, empty=None if matrix.include_empty else "show"),
        **_download_context(request),
    }


def _pair_lines(matrix: PairParams, table: PairTable) -> dict[str, Any]:
    """The numbers of the table row by row and the totals, each with the path of the list that it counts."""
    lines = []
    for row in table.rows:
        cells = [(table.number(row, column), matrix.list_url(table.measure, row, column)) for column in table.columns]
        lines.append({"line": row, "total_url": matrix.list_url(table.measure, row, None), "cells": cells})
    return {
        "lines": lines,
        "totals": [(column.total, matrix.list_url(table.measure, None, column)) for column in table.columns],
        "total_url": matrix.list_url(table.measure, None, None),
    }


def _download_context(request: HttpRequest) -> dict[str, Any]:
    """The files of the page, in shape long and in shape wide."""
    path = request.path
    return {
        "downloads": exports.download_links(path, url_with_params("", request.GET).removeprefix("?")),
        "wide": exports.download_links(path, url_with_params("", request.GET, shape="wide").removeprefix("?")),
    }


def _picker_context(request: HttpRequest, link_params: dict[str, Any]) -> dict[str, Any]:
    """The form that chooses two axes, and the links to matrices of two axes, each pair in one direction.

    ``link_params`` are the parameters that all of them keep.
    """
    query = request.GET
    axes = list(MatrixAxes.axes.values())
    rows = [axis.model._default_manager.visible(requested_notional(request)) for axis in axes]
    lengths = dict(zip(axes, count_each(rows), strict=True))
    # The longer axis goes down, so that the table need not be wider than the page.
    unordered_pairs = {
        frozenset(pair): max(pair, pair[::-1], key=lambda pair: lengths[pair[0]])
        for pair in reversed(list(MatrixAxes.pairs()))
    }
    return {
        "axes": MatrixAxes.axes.values(),
        "asked_rows": query.get("rows", "goal"),
        "asked_columns": query.get("columns", "line_of_effort"),
        "kept_pairs": link_params.items(),
        "tasking_url": reverse("matrix", query=link_params),
        "pairs": [
            {
                "label": f"{rows.plural.capitalize()} by {columns.plural}",
                "url": reverse("matrix", query=link_params | {"rows": rows.key, "columns": columns.key}),
                "chosen": query.get("rows") == rows.key and query.get("columns") == columns.key,
            }
            for rows, columns in reversed(unordered_pairs.values())
        ],
    }
