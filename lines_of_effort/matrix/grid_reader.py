"""Reads the tasking matrix: the grid of activities and offices, if it is not too large, and every mark for a file."""

from django.db.models import Prefetch, QuerySet

from strategy.core.cache import count_each
from strategy.core.params import BadParametersError
from strategy.models import Citation, Office

from ..models import Activity, Assignment
from ..querysets import ActivityQuerySet
from .grid import MAX_ACTIVITIES, MAX_OFFICES, TaskingGrid

# The citations of assignments that name a source, with it.
SOURCED_CITATIONS = Prefetch("citations", Citation.objects.exclude(source=None).select_related("source"))


def read_grid(
    activities: ActivityQuerySet, offices: QuerySet[Office] | None, activity_count: int, office_count: int
) -> tuple[TaskingGrid, list[str]]:
    """The grid and an empty list or, where it would be too large, an empty grid and how many there are of what.

    ``offices`` are the columns, None for the offices with a role in the activities. The counts are the lengths of
    the two querysets; ``office_count`` is not looked at without ``offices``.
    """
    too_many = []
    if activity_count > MAX_ACTIVITIES:
        too_many.append(f"{activity_count:,} activities")
    if offices is not None and office_count > MAX_OFFICES:
        too_many.append(f"{office_count:,} offices")
    if too_many:
        return TaskingGrid([]), too_many
    grid = TaskingGrid(activities.order_by().with_offices().select_related("line_of_effort"), offices)
    if not grid.fits:
        return TaskingGrid([]), [f"{len(grid.offices):,} offices"]
    return grid, []


def read_whole_grid(
    activities: ActivityQuerySet, offices: QuerySet[Office] | None, *, parameter: str, advice: str
) -> TaskingGrid:
    """The grid; raises BadParametersError for ``parameter``, with ``advice`` what to do, where it is too large."""
    querysets: list[QuerySet] = [activities] if offices is None else [activities, offices]
    activity_count, *office_counts = count_each(querysets)
    grid, too_many = read_grid(activities, offices, activity_count, sum(office_counts))
    if too_many:
        limit = f"{MAX_ACTIVITIES} activities by {MAX_OFFICES} offices"
        text = f"{' and '.join(too_many)} are too many for one grid of at most {limit}: filter, or {advice}."
        raise BadParametersError({parameter: [text]})
    return grid


def all_marks(activities: QuerySet[Activity], offices: QuerySet[Office] | None) -> QuerySet[Assignment]:
    """The assignments of the activities (and offices, if any), however many, with what a file says of them."""
    marks = Assignment.objects.filter(activity__in=activities.order_by().values("pk"))
    if offices is not None:
        marks = marks.filter(office__in=offices.order_by().values("pk"))
    return (
        marks.select_related("activity__line_of_effort", "office")
        .prefetch_related(SOURCED_CITATIONS)
        .order_by("activity__code_order", "code_order")
    )
