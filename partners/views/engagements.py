"""Pages of engagements, their series and who takes part."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from strategy.core import params
from strategy.core.filters import url_with_params
from strategy.core.views import Column, StrictPage, TablePanel
from strategy.views import RecordDetail, RecordList

from ..filters import EngagementFilter, ParticipationFilter, SeriesFilter
from ..models import Engagement, Participation, Series
from ..timeline.engagement_drawing import draw_timeline

LANES = {"kind": "Kind", "line_of_effort": "Line of effort", "partner_region": "Region of the partner"}
# A drawing of more is no longer one; the list beside it has them all.
MAX_MARKS = 400


class EngagementList(RecordList):
    """Engagements on a timeline, in lanes of the reader's choice, and as the list it draws."""

    filterset_class = EngagementFilter
    view_parameters = ("lane",)
    columns = (
        "kind",
        Column("start", "Start"),
        Column("end", "End"),
        "status",
        Column("hosts", "Hosts"),
        "location",
        Column("line_of_effort", empty="None stated"),
        "line_basis",
        "series",
        "basis",
    )
    heads = (
        ("Engagement", "name"),
        ("When", "start"),
        ("Kind", ""),
        ("Status", ""),
        ("Host", ""),
        ("Line of effort", ""),
        ("Basis", ""),
    )
    facets = ("kind", "status", "line_of_effort")
    intro = "What is done together, and when. A date is drawn as wide as it is uncertain."

    def get_queryset(self) -> Any:
        return super().get_queryset().newest_first()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]  # files are streamed
        if not kwargs.get("suffix"):
            params.choice_param(request.GET, "lane", LANES)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lane = self.request.GET.get("lane") or "kind"
        rows = list(self.filterset.qs.newest_first().prefetch_related(None)[:MAX_MARKS])
        query = self.request.GET.copy()
        for name in ("page", "page_size", "columns", *self.view_parameters):
            query.pop(name, None)
        return super().get_context_data(**kwargs) | {
            "timeline": draw_timeline(rows, lanes_by(lane, rows), timezone.localdate()),
            "drawn": len(rows),
            "lanes": [
                (title, url_with_params("", self.request.GET, lane=value, page=None), value == lane)
                for value, title in LANES.items()
            ],
            "calendar": f"{reverse('engagement-calendar')}{'?' if query else ''}{query.urlencode()}",
        }


def lanes_by(lane: str, rows: Iterable[Engagement]) -> Callable[[Engagement], Sequence[str]]:
    """The function that gives the titles of the lanes an engagement stands in; ``lane`` is a key of LANES."""
    if lane == "kind":
        return lambda engagement: [engagement.get_kind_display()]
    if lane == "line_of_effort":
        return lambda engagement: [
            engagement.line_of_effort.title if engagement.line_of_effort else "No line stated",
        ]
    regions: dict[int, set[str]] = {}
    participations = Participation.objects.filter(engagement__in=[row.pk for row in rows])
    for engagement, own, of_nation in (
        participations.exclude(partner__relation="own_side")
        .order_by()
        .values_list("engagement", "partner__region", "partner__nation__region")
    ):
        regions.setdefault(engagement, set()).add(own or of_nation or "No region")
    return lambda engagement: sorted(regions.get(engagement.pk, {"No partner named"}))


class EngagementCalendar(StrictPage):
    """The list's rows as a calendar file, as far as a calendar can hold them."""

    query_params = None

    def get(self, request: HttpRequest) -> HttpResponse:
        filterset = EngagementFilter(request.GET, Engagement.objects.all(), request=request)
        rows: QuerySet[Engagement] = filterset.checked((), blank=True)
        # Loaded when a reader downloads a calendar: it makes a process 4 MB larger.
        from ..timeline.icalendar import build_calendar

        content = build_calendar(rows, lambda engagement: request.build_absolute_uri(engagement.get_absolute_url()))
        response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="engagements.ics"'
        return response


class EngagementDetail(RecordDetail):
    """One engagement: who hosts it and who takes part."""

    model = Engagement
    statement = "summary"
    panels = (
        TablePanel("Hosts", "host_links", ("partner", "note", "basis"), empty="No source names a host."),
        TablePanel(
            "Participants",
            lambda engagement: engagement.participations.order_by("role", "partner__code_order"),
            ("role", "partner", "partner.relation", "note", "basis"),
            empty="No source names a participant.",
        ),
    )


class SeriesList(RecordList):
    """Engagements that recur, as one."""

    filterset_class = SeriesFilter
    columns = ("frequency", "lead_as_stated", "span", "basis")


ENGAGEMENTS = TablePanel(
    "Engagements",
    lambda series: series.engagements.newest_first(),
    (Column("self", "Engagement"), Column("when", "When"), "status", "location", "line_of_effort", "basis"),
)


class SeriesDetail(RecordDetail):
    """One series with its engagements on a timeline."""

    model = Series
    panels = (ENGAGEMENTS,)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows: list[Any] = self.tables[ENGAGEMENTS].rows[:MAX_MARKS]
        return super().get_context_data(**kwargs) | {
            "timeline": draw_timeline(rows, lanes_by("kind", rows), timezone.localdate())
        }


class ParticipationList(RecordList):
    """Which partner takes part in which engagement, and as what."""

    filterset_class = ParticipationFilter
    columns = ("engagement", "partner", "role", "basis")


class ParticipationDetail(RecordDetail):
    """One partner in one engagement."""

    model = Participation
