"""Pages of frameworks, memberships and agreements."""

from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from strategy.core.views import Column, TablePanel
from strategy.views import RecordDetail, RecordList

from ..filters import AgreementFilter, FrameworkFilter, MembershipFilter
from ..models import Agreement, Framework, Membership
from ..timeline.membership_drawing import draw_memberships


class FrameworkList(RecordList):
    """Standing arrangements, with the number of members that a source names."""

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

    def get_queryset(self) -> QuerySet:
        return Framework.objects.for_list().with_counts()


MEMBERS = TablePanel(
    "Members",
    lambda framework: framework.memberships.order_by(
        "partner__label_order", "partner__code_order", F("since_latest").asc(nulls_last=True), "code_order"
    ).prefetch_related("stages"),
    ("partner", "role", "since", "until", Column("stages", "Stages"), "note", "basis"),
    empty="No member is named by a source.",
    counted="partner_id",
    grouped=True,
)
AGREEMENTS = TablePanel(
    "Agreements",
    "agreements",
    (Column("self", "Agreement"), "nation", "counterpart_as_stated", "counterpart", "date", "note", "basis"),
)


class FrameworkDetail(RecordDetail):
    """A framework: what it is for, who belongs to it since when, and what is counted without names."""

    model = Framework
    statement = "summary"
    panels = (
        MEMBERS,
        TablePanel("Counts over time", "counts", ("as_of", "counted", "count", "at_least", "note", "basis")),
        AGREEMENTS,
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        members: list[Any] = self.tables[MEMBERS].rows
        agreements: list[Any] = self.tables[AGREEMENTS].rows
        joining = draw_memberships(members, agreements, timezone.localdate())
        return super().get_context_data(**kwargs) | {"joining": joining}


class MembershipList(RecordList):
    """Which partner belongs to which framework, and since when."""

    filterset_class = MembershipFilter
    columns = ("framework", "partner", "role", "since", "until", "basis")


class MembershipDetail(RecordDetail):
    """One partner in one framework."""

    model = Membership
    panels = (TablePanel("Stages", "stages", ("stage", "date", "note", "basis")),)


class AgreementList(RecordList):
    """Agreements that a source names."""

    filterset_class = AgreementFilter
    columns = ("nation", "counterpart_as_stated", "date", "basis")


class AgreementDetail(RecordDetail):
    """One agreement."""

    model = Agreement
