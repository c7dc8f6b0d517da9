"""The tasking matrix as a page and as files."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest

from strategy.core import exports, params
from strategy.core.cache import count_each
from strategy.core.filters import url_with_params
from strategy.filters import OfficeFilter
from strategy.models import Citation

from ..filters import ActivityFilter
from ..models import Assignment
from ..models.assignments import Role
from ..querysets import ActivityQuerySet
from .facets import facets
from .grid import MOST_ACTIVITIES, MOST_OFFICES, Grid, TaskingGrid

OWN = ("view", "offices", "shape")
VIEWS = {"grid": "Grid", "list": "List", "offices": "Offices down"}
# The two vocabularies are one: where both know a name, it speaks of activities.
ACTIVITY_PARAMETERS = [name for name in ActivityFilter.base_filters if name != "ordering"]
OFFICE_PARAMETERS = [name for name in OfficeFilter.base_filters if name not in ActivityFilter.base_filters]
LETTERS = {Role.LEAD: "L", Role.COORDINATING: "C", Role.SUPPORTING: "S"}
CITED = Prefetch("citations", Citation.objects.exclude(source=None).select_related("source"))


class TaskingMatrix:
    """Activities and the offices with a role in them, as the request asks for them."""

    title = "Tasking matrix"
    template = "lines_of_effort/matrix/page.html"

    def __init__(self, request: HttpRequest, extra: Iterable[str] = (), *, blank: bool = True):
        self.request, asked = request, request.GET
        params.check_params(asked, [*ACTIVITY_PARAMETERS, *OFFICE_PARAMETERS, *OWN, *extra], blank=blank)
        self.view = params.choice_param(asked, "view", VIEWS, "grid")
        self.every_office = params.choice_param(asked, "offices", ("tasked", "all"), "tasked") == "all"
        self.shape = params.choice_param(asked, "shape", ("long", "wide"), "long")
        self.activities = ActivityFilter(params.select_params(asked, ACTIVITY_PARAMETERS), request=request)
        self.offices = OfficeFilter(params.select_params(asked, OFFICE_PARAMETERS), request=request)
        if problems := self.activities.problems() | self.offices.problems():
            raise params.BadParametersError(problems)

    @property
    def names_offices(self) -> bool:
        """Whether the columns are asked for, so that those without a role stand there too."""
        return self.every_office or bool(self.offices.active_filters())

    @property
    def rows(self) -> ActivityQuerySet:
        return self.activities.qs

    def read(self, rows: int, columns: int) -> tuple[TaskingGrid, list[str]]:
        """The marks of so many rows and columns; where they are too many for one table, none, and how many of what."""
        too_many = [f"{rows:,} activities"] if rows > MOST_ACTIVITIES else []
        if self.names_offices and columns > MOST_OFFICES:
            too_many.append(f"{columns:,} offices")
        if too_many:
            return TaskingGrid([]), too_many
        activities = self.rows.with_offices().select_related("line_of_effort")
        tasking = TaskingGrid(activities, self.offices.qs if self.names_offices else None)
        return (tasking, []) if tasking.fits else (TaskingGrid([]), [f"{len(tasking.offices):,} offices"])

    def whole(self, name: str, otherwise: str) -> TaskingGrid:
        """Every mark, or the refusal of the parameter ``name`` with what to ask for otherwise."""
        tasking, too_many = self.read(*count_each([self.rows, self.offices.qs]))
        if too_many:
            most = f"{MOST_ACTIVITIES} activities by {MOST_OFFICES} offices"
            text = f"{' and '.join(too_many)} are too many for one grid of at most {most}: filter, or {otherwise}."
            raise params.BadParametersError({name: [text]})
        return tasking

    def context(self) -> dict[str, Any]:
        path, asked = self.request.path, self.request.GET
        found, numbers = facets(path, asked, self.activities, self.offices)
        tasking, too_many = self.read(numbers.rows, numbers.columns)
        if self.view == "list":
            prefetch_related_objects(tasking.marks, CITED)
        active = {**self.activities.active_filters(), **self.offices.active_filters()}
        if self.every_office:
            active["offices"] = ("Offices", "all, with or without a role")
        query = url_with_params("", asked)
        return {
            "title": self.title,
            "tasking": tasking,
            "grid": tasking.offices_down() if self.view == "offices" and tasking.offices else tasking.grid(),
            "view": self.view,
            "too_many": too_many,
            "most": (MOST_ACTIVITIES, MOST_OFFICES),
            "numbers": numbers,
            "untasked": numbers.all_columns - len(tasking.offices),
            "facets": found,
            "folded_open": any(facet.chosen for facet in found if facet.folded),
            "active": [
                (label, value, url_with_params(path, asked, **{name: None})) for name, (label, value) in active.items()
            ],
            "clear_url": url_with_params(path, params.select_params(asked, ["view"])),
            "every_office": self.every_office,
            "show_all": url_with_params(path, asked, offices="all"),
            "show_tasked": url_with_params(path, asked, offices=None, **dict.fromkeys(OFFICE_PARAMETERS)),
            "narrowed": self.names_offices and not self.every_office,
            "views": [
                (label, url_with_params(path, asked, view=None if name == "grid" else name), name == self.view)
                for name, label in VIEWS.items()
            ],
            "search": asked.get("search", ""),
            "kept": [(name, value) for name, value in asked.items() if value and name != "search"],
            "downloads": exports.download_links(path, query.removeprefix("?")),
            "wide": exports.download_links(path, url_with_params("", asked, shape="wide").removeprefix("?")),
        }

    def sheet(self) -> exports.Sheet:
        return self._wide() if self.shape == "wide" else self._long()

    def _long(self) -> exports.Sheet:
        """One row a mark, of any number of marks."""
        marks = Assignment.objects.filter(activity__in=self.rows.order_by().values("pk"))
        if self.names_offices:
            marks = marks.filter(office__in=self.offices.qs.order_by().values("pk"))
        marks = (
            marks.select_related("activity__line_of_effort", "office")
            .prefetch_related(CITED)
            .order_by("activity__code_order", "code_order")
        )
        columns = (
            *("activity", "activity_title", "line_of_effort", "line_title", "line_basis", "office", "office_name"),
            *("echelon", "role", "verb", "office_as_stated", "basis", "sources", "notional", "assignment", "web_url"),
        )
        return exports.Sheet("tasking", columns, (self._mark(mark) for mark in marks.iterator(chunk_size=1000)))

    def _mark(self, mark: Assignment) -> list[Any]:
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
            self.request.build_absolute_uri(mark.get_absolute_url()),
        ]

    def _wide(self) -> exports.Sheet:
        """The grid as it is seen; what is too large to be seen is refused here too."""
        tasking = self.whole("shape", "take shape=long")
        grid = tasking.offices_down() if self.view == "offices" else tasking.grid()
        heads = [head.code for head in grid.columns]
        return exports.Sheet("tasking-wide", ("code", "name", "group", *heads), self._lines(grid))

    @staticmethod
    def _lines(grid: Grid) -> Iterator[list[str]]:
        for band in grid.bands:
            for row in band.members:
                letters = {cell.head.pk: " ".join(LETTERS[Role(m.role)] for m in cell.marks) for cell in row.cells}
                group = band.title or "Not assigned"
                yield [row.record.code, row.record.label, group, *(letters.get(h.pk, "") for h in grid.columns)]
