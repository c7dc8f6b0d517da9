"""Pages of engagements, their series and who takes part."""

from django.db.models import Q

from lines_of_effort.views import LineOfEffortDetail
from strategy.core.tables import Column, Section
from strategy.views import RecordDetail, RecordList

from ..filters import EngagementFilter, ParticipationFilter, SeriesFilter
from ..models import Engagement, Participation, Series


class SeriesList(RecordList):
    filterset_class = SeriesFilter
    columns = ("frequency", "lead_as_stated", "span", "basis")


class SeriesDetail(RecordDetail):
    model = Series
    sections = (
        Section(
            "Engagements", "engagements", (Column("self", "Engagement"), "start", "end", "status", "location", "basis")
        ),
    )


class EngagementList(RecordList):
    filterset_class = EngagementFilter
    columns = ("kind", "start", "status", Column("hosts", "Hosts"), "location", "line_of_effort", "basis")


class EngagementDetail(RecordDetail):
    model = Engagement
    statement = "summary"
    sections = (
        Section("Hosts", "host_links", ("partner", "note", "basis"), empty="No source names a host."),
        Section(
            "Participants",
            "participations",
            ("partner", "role", "note", "basis"),
            empty="No source names a participant.",
        ),
    )


class ParticipationList(RecordList):
    filterset_class = ParticipationFilter
    columns = ("engagement", "partner", "role", "basis")


class ParticipationDetail(RecordDetail):
    model = Participation


LineOfEffortDetail.contribute(
    Section(
        "Frameworks",
        "framework_set",
        (Column("self", "Framework"), "kind", Column("line_basis", "Basis"), "line_reason"),
    ),
    Section(
        "Engagements",
        lambda line: Engagement.objects.filter(Q(line_of_effort=line) | Q(secondary_line=line)),
        (Column("self", "Engagement"), "kind", "start", "status", Column("line_basis", "Basis"), "line_reason"),
    ),
)
