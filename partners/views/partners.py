"""Pages of nations and organizations."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.utils.http import urlencode

from strategy.core import exports
from strategy.core.views import Column, LinksPanel, ListLink, TablePanel, list_url
from strategy.views import RecordDetail, RecordList
from strategy.views.topics import topics_panel

from ..filters import PartnerFilter, PartnerKindFilter
from ..models import Agreement, Engagement, Framework, Partner, PartnerKind
from ..models.engagements import ParticipationRole

MAX_NEWEST = 15
# There are some two hundred nations; more tiles than this are left to the list.
MAX_TILES = 300


class PartnerKindList(RecordList):
    """What the strategy calls those it is carried out with."""

    filterset_class = PartnerKindFilter
    columns = ("definition", "named_in_strategy", "basis")


class PartnerKindDetail(RecordDetail):
    """One kind of partner and its definition."""

    model = PartnerKind
    statement = "definition"


class PartnerList(RecordList):
    """Nations as tiles by region, then every partner in the list, nations first."""

    filterset_class = PartnerFilter
    columns = (
        "kind",
        "relation",
        "nation",
        "region",
        "combatant_command",
        Column("framework_count", "Frameworks"),
        Column("agreement_count", "Agreements"),
        Column("engagement_count", "Engagements"),
        "evidence",
        "basis",
    )
    heads = (("Partner", "name"), ("Region or nation", "region"))
    facets = ("is_nation", "kind", "relation", "region", "combatant_command", "framework", "line_of_effort")
    intro = (
        "With whom the strategy is carried out: nations and organizations, with what each takes part in. "
        "The own side stands apart; it is here so that memberships are complete."
    )

    def get_queryset(self) -> QuerySet:
        return Partner.objects.for_list().with_counts()

    def sheet(self, rows: Any) -> exports.Sheet:
        """The list's columns, and the lines of effort the page shows as marks."""
        sheet, touched = super().sheet(rows), rows.lines_touched()
        return exports.Sheet(
            sheet.name,
            [*sheet.columns, "lines_of_effort"],
            ([*row, "; ".join(line.code for line in touched.get(row[0], []))] for row in sheet.rows),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        tiles = list(self.filterset.qs.nations().order_by("region", "label_order")[:MAX_TILES])
        rows: list[Any] = [*tiles, *context["page_obj"]]
        touched = Partner.objects.filter(pk__in=[row.pk for row in rows]).lines_touched()
        for row in rows:
            row.lines = touched.get(row.code, [])
        for row in context["page_obj"]:
            row.numbers = [
                ("Frameworks", row.framework_count, list_url(row, "framework", member=row.code)),
                ("Agreements", row.agreement_count, list_url(row, "agreement", party=row.code)),
                ("Engagements", row.engagement_count, list_url(row, "engagement", involving=row.code)),
            ]
        return context | {"regions": _by_region(tiles)}


def _by_region(nations: Iterable[Partner]) -> list[tuple[str, list[Partner]]]:
    """The foreign nations of each region, and the own side last."""
    own = [nation for nation in nations if nation.relation == "own_side"]
    foreign = [nation for nation in nations if nation.relation != "own_side"]
    regions = [(region or "No region given", list(rows)) for region, rows in groupby(foreign, lambda row: row.region)]
    return [*regions, ("Own side", own)] if own else regions


def organizations_of(partner: Partner) -> list[Partner]:
    """Organizations of a nation, below a body, or placed on its soil; those for space first."""
    rows = Partner.objects.filter(Q(nation=partner) | Q(parent=partner) | Q(host_nation=partner)).for_list()
    return list(rows.order_by("-principal", "label_order", "code_order"))


def newest_engagements(partner: Partner) -> list[Engagement]:
    """The newest engagements the partner takes part in or hosts, each with the roles it has."""
    rows = (
        Engagement.objects.annotate(
            own=FilteredRelation("participations", condition=Q(participations__partner=partner)),
            hosted=FilteredRelation("host_links", condition=Q(host_links__partner=partner)),
        )
        .filter(Q(own__isnull=False) | Q(hosted__isnull=False))
        .annotate(own_role=F("own__role"), is_host=F("hosted__partner"))
        .select_related("line_of_effort")
        .newest_first()[:MAX_NEWEST]
    )
    labels = dict(ParticipationRole.choices)
    engagements: dict[int, Engagement] = {}
    for row in rows:
        engagement = engagements.setdefault(row.pk, row)
        roles = [labels[row.own_role]] if row.own_role else []
        roles += ["Host"] if row.is_host else []
        engagement.roles = ", ".join(dict.fromkeys([*filter(None, [engagement.roles]), *roles]))
    return list(engagements.values())


FRAMEWORKS = TablePanel(
    "Frameworks",
    lambda partner: partner.memberships.prefetch_related("stages").select_related("framework__line_of_effort"),
    (
        "framework",
        "role",
        "since",
        "until",
        Column("stages", "Stages"),
        "framework.line_of_effort",
        "note",
        "basis",
    ),
    empty="No source names it as a member of a framework.",
    counted="framework",
)


class PartnerDetail(RecordDetail):
    """A nation or organization: what it stands for, belongs to and does with the Space Force, and whom it talks to."""

    model = Partner
    panels = (
        ListLink("Participations, role by role", "participation"),
        topics_panel("partner_links"),
        TablePanel(
            "Other names", "names", ("value", "kind", "valid_from", "valid_until", "planned_for", "note", "basis")
        ),
        FRAMEWORKS,
        TablePanel(
            "Agreements",
            lambda partner: Agreement.objects.of_partner(partner),
            (
                Column("self", "Agreement"),
                Column("counterpart_as_stated", "Signed by"),
                Column("counterpart", "Counterpart"),
                "date",
                "note",
                "basis",
            ),
        ),
        TablePanel(
            f"Engagements, the newest {MAX_NEWEST}",
            newest_engagements,
            (
                Column("self", "Engagement"),
                Column("when", "When"),
                Column("roles", "Role"),
                "kind",
                Column("line_of_effort", "Line of effort", "None stated"),
                Column("line_basis", "Basis of the line"),
                "basis",
            ),
            empty="No source names it in an engagement.",
        ),
        LinksPanel(
            "Leads or hosts frameworks",
            lambda partner: Framework.objects.filter(Q(lead=partner) | Q(host_nation=partner)),
            limit=20,
        ),
        TablePanel(
            "Organizations",
            organizations_of,
            (
                Column("self", "Organization"),
                "kind",
                Column("principal", "For space"),
                "nation",
                "parent",
                "host_nation",
                "status",
                "basis",
            ),
        ),
    )

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().with_counts().with_definition(PartnerKind.objects.all())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        partner = self.object
        training = {"notional": "only"} if partner.notional else {}
        memberships: list[Any] = self.tables[FRAMEWORKS].rows
        return super().get_context_data(**kwargs) | {
            "lines": Partner.objects.filter(pk=partner.pk).lines_touched().get(partner.code, []),
            "as_partner": urlencode({"partner": partner.code} | training),
            "numbers": [
                (
                    "Frameworks it belongs to",
                    partner.framework_count,
                    list_url(partner, "framework", member=partner.code),
                ),
                ("Agreements", partner.agreement_count, list_url(partner, "agreement", party=partner.code)),
                (
                    "Engagements it takes part in or hosts",
                    partner.engagement_count,
                    list_url(partner, "engagement", involving=partner.code),
                ),
                ("Engagements it hosts", partner.host_count, list_url(partner, "engagement", host=partner.code)),
            ],
            "payloads": [row for row in memberships if row.framework.kind == "hosted_payload_agreement"],
        }
