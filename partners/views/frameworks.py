"""Pages of frameworks, memberships and agreements."""

from strategy.core.tables import Column, Section
from strategy.views import RecordDetail, RecordList

from ..filters import AgreementFilter, FrameworkFilter, MembershipFilter
from ..models import Agreement, Framework, Membership


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
