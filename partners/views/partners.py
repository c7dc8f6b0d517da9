"""Pages of nations and organisations."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.template.response import TemplateResponse
from django.utils.http import urlencode

from strategy.core import exports
from strategy.core.views import Column, TablePanel
from strategy.views import RecordDetail, RecordList

from ..filters import PartnerFilter, PartnerKindFilter
from ..models import Agreement, Engagement, Framework, Partner, PartnerKind
from ..models.engagements import ParticipationRole

NEWEST = 15
# There are some two hundred nations; more tiles than this are left to the list.
MOST_TILES = 300


class PartnerKindList(RecordList):
    filterset_class = PartnerKindFilter
    columns = ("definition", "named_in_strategy", "basis")


class PartnerKindDetail(RecordDetail):
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
    facets = ("is_nation", "kind", "relation", "region", "combatant_command", "framework", "line_of_effort")
    intro = (
        "With whom the strategy is carried out: nations and organisations, with what each takes part in. "
        "The own side stands apart; it is here so that memberships are complete."
    )

    def queryset(self) -> QuerySet:
        return Partner.objects.for_list().with_counts()

    def sheet(self, rows: Any) -> exports.Sheet:
        """The list's columns, and the lines of effort the page shows as marks."""
        sheet, touched = super().sheet(rows), rows.lines_touched()
        return exports.Sheet(
            sheet.name,
            [*sheet.columns, "lines_of_effort"],
            ([*row, "; ".join(line.code for line in touched.get(row[0], []))] for row in sheet.rows),
        )

    def answer(self, filterset: Any, *, page: Any = None, problems: Any = None, status: int = 200) -> TemplateResponse:
        response = super().answer(filterset, page=page, problems=problems, status=status)
        if page is not None:
            tiles = list(filterset.qs.nations().order_by("region", "name")[:MOST_TILES])
            touched = Partner.objects.filter(pk__in=[row.pk for row in [*tiles, *page]]).lines_touched()
            for row in [*tiles, *page]:
                row.lines = touched.get(row.code, [])
            response.context_data |= {  # type: ignore[operator]  # set by the base class
                "regions": _by_region(tiles),
            }
        return response


def _by_region(nations: Iterable[Partner]) -> list[tuple[str, list[Partner]]]:
    """The foreign nations of each region, and the own side last."""
    own = [one for one in nations if one.relation == "own_side"]
    foreign = [one for one in nations if one.relation != "own_side"]
    regions = [(region or "No region given", list(rows)) for region, rows in groupby(foreign, lambda one: one.region)]
    return [*regions, ("Own side", own)] if own else regions


def bodies(partner: Partner) -> list[Partner]:
    """Organisations of a nation, below a body, or placed on its soil; those for space first."""
    rows = Partner.objects.filter(Q(nation=partner) | Q(parent=partner) | Q(host_nation=partner)).for_list()
    return list(rows.order_by("-principal", "code_order"))


def newest(partner: Partner) -> list[Engagement]:
    """The newest engagements the partner takes part in or hosts, each with the roles it has."""
    rows = (
        Engagement.objects.annotate(
            own=FilteredRelation("participations", condition=Q(participations__partner=partner)),
            hosted=FilteredRelation("host_links", condition=Q(host_links__partner=partner)),
        )
        .filter(Q(own__isnull=False) | Q(hosted__isnull=False))
        .annotate(own_role=F("own__role"), is_host=F("hosted__partner"))
        .select_related("line_of_effort")
        .newest_first()[:NEWEST]
    )
    words = dict(ParticipationRole.choices)
    found: dict[int, Engagement] = {}
    for row in rows:
        kept = found.setdefault(row.pk, row)
        names = [words[row.own_role]] if row.own_role else []
        names += ["Host"] if row.is_host else []
        kept.roles = ", ".join(dict.fromkeys([*filter(None, [kept.roles]), *names]))
    return list(found.values())


class PartnerDetail(RecordDetail):
    """A nation or organisation: what it stands for, belongs to and does with the Space Force, and whom it talks to."""

    model = Partner
    lists = (("Participations, role by role", "participation"),)
    sections = (
        TablePanel(
            "Other names", "names", ("value", "kind", "valid_from", "valid_until", "planned_for", "note", "basis")
        ),
        TablePanel(
            "Frameworks",
            lambda p: p.memberships.prefetch_related("stages").select_related("framework__line_of_effort"),
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
        ),
        TablePanel(
            "Agreements",
            lambda p: Agreement.objects.filter(Q(nation=p) | Q(counterpart=p)),
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
            f"Engagements, the newest {NEWEST}",
            newest,
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
        TablePanel(
            "Leads or hosts frameworks",
            lambda p: Framework.objects.filter(Q(lead=p) | Q(host_nation=p)),
            (Column("self", "Framework"), "lead", "host_nation"),
        ),
        TablePanel(
            "Organisations",
            bodies,
            (
                Column("self", "Organisation"),
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

    def queryset(self) -> QuerySet:
        rows: Any = super().queryset()
        return rows.with_counts().with_definition(PartnerKind.objects.all())

    def context(self, record: Any) -> dict[str, Any]:
        context = super().context(record)
        training = {"notional": "only"} if record.notional else {}
        memberships = next(table.rows for table in context["tables"] if table.section.title == "Frameworks")
        return context | {
            "lines": Partner.objects.filter(pk=record.pk).lines_touched().get(record.code, []),
            "as_partner": urlencode({"partner": record.code} | training),
            "as_host": urlencode({"host": record.code} | training),
            "payloads": [row for row in memberships if row.framework.kind == "hosted_payload_agreement"],
        }
