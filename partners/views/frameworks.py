"""Pages of frameworks, memberships and agreements."""

from typing import Any

from django.db.models import QuerySet

from strategy.core.views import Column, TablePanel
from strategy.views import RecordDetail, RecordList

from ..filters import AgreementFilter, FrameworkFilter, MembershipFilter
from ..models import Agreement, Framework, Membership
from ..timeline.memberships import joining


class FrameworkList(RecordList):
    filterset_class = FrameworkFilter
    columns = (
        "abbreviation",
        "kind",
        "established",
        "lead",
        Column("member_count", "Members named"),
        Column("agreement_count", "Agreements"),
        Column("line_of_effort", empty="None stated"),
        "basis",
    )
    intro = "Standing arrangements. A count is of members that a source names; sources may claim more."

    def queryset(self) -> QuerySet:
        return Framework.objects.for_list().with_counts()


class FrameworkDetail(RecordDetail):
    """A framework: what it is for, who belongs to it since when, and what is counted without names."""

    model = Framework
    statement = "summary"
    sections = (
        TablePanel(
            "Members",
            lambda f: f.memberships.prefetch_related("stages"),
            ("partner", "role", "since", "until", Column("stages", "Stages"), "note", "basis"),
            empty="No member is named by a source.",
        ),
        TablePanel("Counts over time", "counts", ("as_of", "counted", "count", "at_least", "note", "basis")),
        TablePanel(
            "Agreements",
            "agreements",
            (Column("self", "Agreement"), "nation", "counterpart_as_stated", "counterpart", "date", "note", "basis"),
        ),
    )

    def context(self, record: Any) -> dict[str, Any]:
        context = super().context(record)
        members: list = next((table.rows for table in context["tables"] if table.section.title == "Members"), [])
        return context | {"joining": joining(members)}


class MembershipList(RecordList):
    filterset_class = MembershipFilter
    columns = ("framework", "partner", "role", "since", "until", "basis")


class MembershipDetail(RecordDetail):
    model = Membership
    sections = (TablePanel("Stages", "stages", ("stage", "date", "note", "basis")),)


class AgreementList(RecordList):
    filterset_class = AgreementFilter
    columns = ("nation", "counterpart_as_stated", "date", "basis")


class AgreementDetail(RecordDetail):
    model = Agreement
