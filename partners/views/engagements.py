"""Pages of engagements, their series and who takes part."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.generic import View

from strategy.core import params
from strategy.core.filters import url_with_params
from strategy.core.views import Column, TablePanel
from strategy.views import RecordDetail, RecordList, bad_request_page

from ..filters import EngagementFilter, ParticipationFilter, SeriesFilter
from ..models import Engagement, Participation, Series
from ..timeline.engagements import timeline

LANES = {"kind": "Kind", "line_of_effort": "Line of effort", "partner_region": "Region of the partner"}
# A drawing of more is no longer one; the list beside it has them all.
MOST_MARKS = 400


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
    facets = ("kind", "status", "line_of_effort")
    intro = "What is done together, and when. A date is drawn as wide as it is uncertain."

    def get(self, request: HttpRequest, suffix: str = "") -> HttpResponseBase:
        lane = request.GET.get("lane")
        if lane and lane not in LANES and not suffix:
            problem = f"'{lane}' is not one of: {params.comma_separated(LANES)}.{params.did_you_mean(lane, LANES)}"
            filterset = self.filterset_class(request.GET, self.queryset(), request=request)
            return self.answer(filterset, problems={"lane": [problem]}, status=400)
        return super().get(request, suffix)

    def answer(self, filterset: Any, *, page: Any = None, problems: Any = None, status: int = 200) -> TemplateResponse:
        response = super().answer(filterset, page=page, problems=problems, status=status)
        if page is not None:
            lane = self.request.GET.get("lane") or "kind"
            rows = list(filterset.qs.newest_first().prefetch_related(None)[:MOST_MARKS])
            query = self.request.GET.copy()
            for name in ("page", "page_size", "lane"):
                query.pop(name, None)
            response.context_data |= {  # type: ignore[operator]  # set by the base class
                "timeline": timeline(rows, _lanes(lane, rows), timezone.localdate()),
                "drawn": len(rows),
                "lanes": [
                    (title, url_with_params("", self.request.GET, lane=value, page=None), value == lane)
                    for value, title in LANES.items()
                ],
                "kept": [("lane", lane)],
                "calendar": f"{reverse('engagement-calendar')}{'?' if query else ''}{query.urlencode()}",
            }
        return response


def _lanes(lane: str, rows: Iterable[Engagement]) -> Callable[[Engagement], Sequence[str]]:
    """What says in which lanes an engagement stands."""
    if lane == "kind":
        return lambda one: [one.get_kind_display()]
    if lane == "line_of_effort":
        return lambda one: [one.line_of_effort.title if one.line_of_effort else "No line stated"]
    found: dict[int, set[str]] = {}
    taking_part = Participation.objects.filter(engagement__in=[one.pk for one in rows])
    for engagement, own, of_nation in (
        taking_part.exclude(partner__relation="own_side")
        .order_by()
        .values_list("engagement", "partner__region", "partner__nation__region")
    ):
        found.setdefault(engagement, set()).add(own or of_nation or "No region")
    return lambda one: sorted(found.get(one.pk, {"No partner named"}))


class EngagementCalendar(View):
    """The list's rows as a calendar file, as far as a calendar can hold them."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        filterset = EngagementFilter(request.GET, Engagement.objects.all(), request=request)
        try:
            rows: QuerySet[Engagement] = filterset.checked((), blank=True)
        except params.BadParametersError as error:
            return bad_request_page(request, error)
        # Loaded when somebody takes a calendar: it makes a process 4 MB larger.
        from ..timeline.icalendar import calendar

        content = calendar(rows, lambda one: request.build_absolute_uri(one.get_absolute_url()))
        response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="engagements.ics"'
        return response


class EngagementDetail(RecordDetail):
    model = Engagement
    statement = "summary"
    sections = (
        TablePanel("Hosts", "host_links", ("partner", "note", "basis"), empty="No source names a host."),
        TablePanel(
            "Participants",
            lambda one: one.participations.order_by("role", "partner__code_order"),
            ("role", "partner", "partner.relation", "note", "basis"),
            empty="No source names a participant.",
        ),
    )


class SeriesList(RecordList):
    filterset_class = SeriesFilter
    columns = ("frequency", "lead_as_stated", "span", "basis")


class SeriesDetail(RecordDetail):
    model = Series
    sections = (
        TablePanel(
            "Engagements",
            lambda series: series.engagements.newest_first(),
            (Column("self", "Engagement"), Column("when", "When"), "status", "location", "line_of_effort", "basis"),
        ),
    )

    def context(self, record: Any) -> dict[str, Any]:
        context = super().context(record)
        rows: list = next((table.rows for table in context["tables"] if table.section.title == "Engagements"), [])
        return context | {
            "timeline": timeline(rows[:MOST_MARKS], lambda one: [one.get_kind_display()], timezone.localdate())
        }


class ParticipationList(RecordList):
    filterset_class = ParticipationFilter
    columns = ("engagement", "partner", "role", "basis")


class ParticipationDetail(RecordDetail):
    model = Participation
