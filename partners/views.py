"""Pages of partners, frameworks and engagements."""

from django.db.models import Q

from lines_of_effort.analysis.reading import start_from
from lines_of_effort.trace_pages import trace_url
from lines_of_effort.views import LineOfEffortDetail
from strategy.core.tables import Column, Section
from strategy.views import RecordDetail, RecordList
from strategy.views.offices import OfficeDetail

from .filters import (
    AgreementFilter,
    EngagementFilter,
    FrameworkFilter,
    MembershipFilter,
    ParticipationFilter,
    PartnerFilter,
    PartnerKindFilter,
    SeriesFilter,
)
from .models import Agreement, Engagement, Framework, Membership, Participation, Partner, PartnerKind, Series


class PartnerKindList(RecordList):
    filterset_class = PartnerKindFilter
    columns = ("definition", "named_in_strategy", "basis")


class PartnerKindDetail(RecordDetail):
    model = PartnerKind
    statement = "definition"


class PartnerList(RecordList):
    filterset_class = PartnerFilter
    columns = ("kind", "relation", "nation", "region", "evidence", "basis")
    intro = "Nations and organisations, the own side included, so that memberships are complete."


def bodies(partner: Partner):
    """Organisations of a nation, below a body, or placed on its soil."""
    return Partner.objects.filter(Q(nation=partner) | Q(parent=partner) | Q(host_nation=partner)).select_related(
        "nation", "parent", "host_nation"
    )


class PartnerDetail(RecordDetail):
    model = Partner
    sections = (
        Section("Other names", "names", ("value", "kind", "valid_from", "valid_until", "planned_for", "note", "basis")),
        Section(
            "Frameworks",
            lambda p: p.memberships.prefetch_related("stages"),
            ("framework", "role", "since", "until", Column("stages", "Stages"), "note", "basis"),
        ),
        Section(
            "Agreements",
            lambda p: Agreement.objects.filter(Q(nation=p) | Q(counterpart=p)),
            (Column("self", "Agreement"), "date", "note", "basis"),
        ),
        Section(
            "Engagements",
            "participations",
            ("engagement", "role", "engagement.start", "engagement.kind", "engagement.line_of_effort", "basis"),
        ),
        Section("Hosts", "hosting_links", ("engagement", "engagement.start", "basis")),
        Section(
            "Leads or hosts frameworks",
            lambda p: Framework.objects.filter(Q(lead=p) | Q(host_nation=p)).select_related("lead", "host_nation"),
            (Column("self", "Framework"), "lead", "host_nation"),
        ),
        Section(
            "Organisations",
            bodies,
            (Column("self", "Organisation"), "subkind", "nation", "parent", "host_nation", "basis"),
        ),
    )


class FrameworkList(RecordList):
    filterset_class = FrameworkFilter
    columns = ("abbreviation", "kind", "established", "lead", "line_of_effort", "basis")


class FrameworkDetail(RecordDetail):
    model = Framework
    statement = "summary"
    sections = (
        Section(
            "Members",
            lambda f: f.memberships.prefetch_related("stages"),
            ("partner", "role", "since", "until", Column("stages", "Stages"), "note", "basis"),
            empty="No member is named by a source.",
        ),
        Section("Counts over time", "counts", ("as_of", "counted", "count", "at_least", "note", "basis")),
        Section("Agreements", "agreements", (Column("self", "Agreement"), "nation", "date", "note", "basis")),
    )


class MembershipList(RecordList):
    filterset_class = MembershipFilter
    columns = ("framework", "partner", "role", "since", "until", "basis")


class MembershipDetail(RecordDetail):
    model = Membership
    sections = (Section("Stages", "stages", ("stage", "date", "note", "basis")),)


class AgreementList(RecordList):
    filterset_class = AgreementFilter
    columns = ("nation", "counterpart_as_stated", "date", "basis")


class AgreementDetail(RecordDetail):
    model = Agreement


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
OfficeDetail.contribute(
    Section(
        "Stands among the partners as",
        lambda office: Partner.objects.filter(office=office),
        (Column("self", "Partner"), "kind", "relation", "status", "basis"),
    ),
    Section(
        "Nations in its area",
        lambda office: Partner.objects.filter(combatant_command=office.code, kind="nation", notional=office.notional),
        (Column("self", "Nation"), "relation", Column("combatant_command_basis", "Basis")),
    ),
)
start_from(Framework, Engagement)
FrameworkDetail.trace_url = EngagementDetail.trace_url = trace_url
