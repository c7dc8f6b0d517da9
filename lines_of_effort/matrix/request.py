"""Query parameters of the matrix, parsed into ``TaskingParams`` or, with ``rows`` and ``columns``, ``PairParams``."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from strategy.core import params
from strategy.core.filters import RecordFilter, requested_notional, url_with_params
from strategy.filters import OfficeFilter
from strategy.models import Office, Strategy
from strategy.reader_strategy import strategy_param

from ..filters import ActivityFilter
from ..querysets import ActivityQuerySet
from .axes import Axis, MatrixAxes, Measure
from .pair_counts import AxisValue, PairTable, count_pairs

TASKING_TITLE = "Tasking matrix"
TASKING_PARAMETERS = ("view", "offices", "shape")
PAIR_PARAMETERS = ("rows", "columns", "count", "empty", "shape")
# Labels of the views of the tasking matrix, by the value of ``view``.
VIEWS = {"grid": "Grid", "list": "List", "offices": "Offices down"}
SHAPES = ("long", "wide")
# Where activities and offices have a filter of the same name, it filters activities.
ACTIVITY_PARAMETERS = [name for name in ActivityFilter.base_filters if name != "ordering"]
OFFICE_PARAMETERS = [name for name in OfficeFilter.base_filters if name not in ActivityFilter.base_filters]


@dataclass(frozen=True)
class TaskingParams:
    """A request for the tasking matrix.

    ``view`` is a key of VIEWS, ``shape`` of a file one of SHAPES; ``every_office`` makes columns of offices without
    a role as well. ``activities`` and ``offices`` are valid filters with the rows and columns that match.
    """

    view: str
    every_office: bool
    shape: str
    activities: ActivityFilter
    offices: OfficeFilter

    @classmethod
    def from_request(cls, request: HttpRequest, extra: Iterable[str] = (), *, blank: bool = True) -> "TaskingParams":
        """Parses the parameters; raises BadParametersError. ``extra`` and ``blank`` are those of ``check_params``."""
        query = request.GET
        params.check_params(query, [*ACTIVITY_PARAMETERS, *OFFICE_PARAMETERS, *TASKING_PARAMETERS, *extra], blank=blank)
        view = params.choice_param(query, "view", VIEWS, "grid")
        every_office = params.choice_param(query, "offices", ("tasked", "all"), "tasked") == "all"
        shape = params.choice_param(query, "shape", SHAPES, "long")
        activities = ActivityFilter(params.select_params(query, ACTIVITY_PARAMETERS), request=request)
        offices = OfficeFilter(params.select_params(query, OFFICE_PARAMETERS), request=request)
        if problems := activities.problems() | offices.problems():
            raise params.BadParametersError(problems)
        return cls(view, every_office, shape, activities, offices)

    @property
    def chooses_offices(self) -> bool:
        """Whether the columns are requested, so that they include offices without a role."""
        return self.every_office or bool(self.offices.active_filters())

    @property
    def rows(self) -> ActivityQuerySet:
        """The activities that match."""
        return self.activities.qs

    @property
    def columns(self) -> QuerySet[Office] | None:
        """The offices that match; None where the offices with a role in the rows are meant."""
        return self.offices.qs if self.chooses_offices else None


@dataclass(frozen=True)
class PairParams:
    """A request for the matrix of two axes.

    ``measures`` are those that link the axes, ``measure`` the one that is counted, None where nothing links them.
    ``filter_params`` are the parameters that narrow the count, ``filterset`` the valid filter made of them, None
    without a measure. ``strategy`` is the one whose records stand on an axis that strategies have. ``include_empty``
    shows records of a sparse axis without any number.
    """

    rows: Axis
    columns: Axis
    measures: list[Measure]
    measure: Measure | None
    include_empty: bool
    shape: str
    filter_params: QueryDict
    filterset: RecordFilter | None
    notional: str
    strategy: Strategy | None = None

    @classmethod
    def from_request(cls, request: HttpRequest, extra: Iterable[str] = (), *, blank: bool = True) -> "PairParams":
        """Parses the parameters; raises BadParametersError. ``extra`` and ``blank`` are those of ``check_params``."""
        query = request.GET
        rows, columns = _parse_axes(query)
        measures = MatrixAxes.measures_of(rows, columns)
        measure = _parse_measure(query, rows, columns, measures)
        names = measure.filter_names(rows, columns) if measure else ["notional"]
        params.check_params(query, [*PAIR_PARAMETERS, *names, *extra], blank=blank)
        include_empty = params.choice_param(query, "empty", ("hide", "show"), "hide") == "show"
        shape = params.choice_param(query, "shape", SHAPES, "long")
        filter_params = params.select_params(query, names)
        filterset = measure.filterset(filter_params, request=request) if measure else None
        if filterset and (problems := filterset.problems()):
            raise params.BadParametersError(problems)
        notional = requested_notional(request)
        strategy = strategy_param(request) if query.get("strategy") else None
        return cls(rows, columns, measures, measure, include_empty, shape, filter_params, filterset, notional, strategy)

    @property
    def title(self) -> str:
        return f"{self.rows.plural.capitalize()} by {self.columns.plural}"

    @property
    def silence(self) -> str:
        """Why nothing links the two axes; empty where something does."""
        silences = (MatrixAxes.silences.get(axis.key, "") for axis in (self.rows, self.columns))
        return "" if self.measure else " ".join(filter(None, silences))

    def count(self) -> PairTable | None:
        """The table of numbers; None where nothing links the axes."""
        if self.measure is None or self.filterset is None:
            return None
        return count_pairs(
            self.measure,
            self.rows,
            self.columns,
            self.filterset.qs,
            self.notional,
            strategy=self.strategy,
            include_empty=self.include_empty,
        )

    def list_url(
        self, measure: Measure, row: AxisValue | None, column: AxisValue | None, *, namespace: str = ""
    ) -> str:
        """Path of the list of exactly what a number counts: the page, or in the namespace ``api:`` the resource.

        None for ``row`` or ``column`` leaves that axis out, for a total.
        """
        changes: dict[str, str | None] = {}
        for axis, value in ((self.rows, row), (self.columns, column)):
            if value:
                changes[measure.paths[axis.key].parameter] = value.value
        name = f"{namespace}{measure.filterset._meta.model._meta.model_name}-list"
        return url_with_params(reverse(name), self.filter_params, **changes)


def parse_matrix(request: HttpRequest, extra: Iterable[str] = (), *, blank: bool = True) -> PairParams | TaskingParams:
    """Which matrix is requested: of two axes where either is named, else the tasking matrix."""
    if "rows" in request.GET or "columns" in request.GET:
        return PairParams.from_request(request, extra, blank=blank)
    return TaskingParams.from_request(request, extra, blank=blank)


def _parse_axes(query: QueryDict) -> tuple[Axis, Axis]:
    axes = MatrixAxes.axes
    problems = {}
    for name in ("rows", "columns"):
        key = query.get(name, "")
        if key not in axes:
            problem = f"'{key}' is not one of" if key else "Is missing: say both 'rows' and 'columns', each one of"
            problems[name] = [f"{problem}: {params.comma_separated(axes)}.{params.did_you_mean(key, axes)}"]
    if problems:
        raise params.BadParametersError(problems)
    rows, columns = (axes[query.get(name, "")] for name in ("rows", "columns"))
    if rows == columns:
        text = f"Is '{rows.key}', as the rows are: nothing can be counted against itself. Take another axis."
        raise params.BadParametersError({"columns": [text]})
    return rows, columns


def _parse_measure(query: QueryDict, rows: Axis, columns: Axis, measures: list[Measure]) -> Measure | None:
    """The measure named by ``count``, or the first; None where there is none."""
    if not measures:
        if query.get("count"):
            problem = f"Nothing links {rows.plural} to {columns.plural}, so that nothing can be counted."
            raise params.BadParametersError({"count": [problem]})
        return None
    by_key = {measure.key: measure for measure in measures}
    return by_key[params.choice_param(query, "count", by_key, measures[0].key)]
