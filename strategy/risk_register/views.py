"""The risk register, and the pages of risks and of what is done about them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from ..core.filters import requested_notional, url_with_params
from ..core.models import Notional
from ..core.views import Column, LinkedCount, Panel, TablePanel, TemplatePanel, fill_counts, filtered_list_url
from ..evidence import EvidenceIndex
from ..filters import MitigationFilter, RiskFilter
from ..models import Mitigation, Risk
from ..views import RecordDetail, RecordList
from ..views.recommendations import RECOMMENDATION_COLUMNS
from .heat_map import MAX_PINS, HeatMap, shade

CONTENTS = Mitigation.Content.choices


@dataclass(frozen=True)
class ThreatsPanel(Panel):
    """What the risks of the register threaten: ``read`` gives it by the key of the risk, ``template`` draws one's."""

    read: Callable[[Sequence[Risk]], dict[int, Any]]
    template: str


class RiskList(RecordList):
    """The register: risks by category beside a heat map of what staff judged, and what no source says of them."""

    filterset_class = RiskFilter
    columns = (
        "category",
        Column("mitigations", empty="No mitigation is described"),
        Column("likelihood", "Likelihood", empty="Unrated"),
        Column("impact", "Impact", empty="Unrated"),
        "basis",
    )
    has_column_choice = False
    file_columns = (*columns[:-1], Column("score", "Score"), "assessed_by", "basis")
    facets = ("category", "has_mitigation", "mitigation_described", "rated")
    intro = "What could stop the strategy, and what is said to be done about it."

    def get_queryset(self) -> QuerySet:
        return Risk.objects.for_register()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows: list[Any] = list(context["page_obj"])
        records = [*rows, *mitigations_of(rows)]
        evidence = EvidenceIndex(records)
        threats = next(iter(self.panels_of(ThreatsPanel)), None)
        threatened = threats.read(rows) if threats else {}
        for row in rows:
            row.grounds, row.threatened = evidence.all_citations(row), threatened.get(row.pk)
            row.shade = shade(row.score) if row.score else None
        # The address of the list as it is, up to the values of likelihood and impact.
        unrated_url = url_with_params("", self.request.GET, page=None, likelihood=None, impact=None, rated=None)
        return context | {
            "groups": by_category(rows, grouped=not self.filterset.form.cleaned_data.get("ordering")),
            "threat_template": threats.template if threats else "",
            "heat": HeatMap(self.filterset.qs.first_of_each_rating(MAX_PINS)),
            "here": {row.code for row in rows},
            "rated_as": unrated_url if unrated_url == "?" else f"{unrated_url}&",
            "numbers": register_counts(requested_notional(self.request)),
            "contents": by_content(rows),
            "silences": evidence.silences_with_records(records),
            # The form of a page this full offers no records to choose from: their own pages lead here.
            "faceted": [*self.facets, "mitigation", "means", "strategy"],
        }


def mitigations_of(risks: Iterable[Any]) -> list[Mitigation]:
    """Each mitigation of the risks once."""
    return list({row.pk: row for risk in risks for row in risk.mitigations.all()}.values())


def by_category(rows: list[Risk], *, grouped: bool) -> list[tuple[str, list[Risk]]]:
    """The rows under their categories; as they come, under none, where a reader asked for another order."""
    if not grouped:
        return [("", rows)] if rows else []
    return [(category or "No category", list(some)) for category, some in groupby(rows, lambda row: row.category)]


def register_counts(notional: str) -> list[LinkedCount]:
    """How much of the register is known: of the whole, whatever the filters, each with the list it counts."""
    risks, mitigations = Risk.objects.visible(notional), Mitigation.objects.visible(notional)
    visibility = {} if notional == Notional.EXCLUDE else {"notional": notional}

    counts = [
        LinkedCount("Risks recorded", risks, filtered_list_url("risk", **visibility)),
        LinkedCount("Unrated", risks.unrated(), filtered_list_url("risk", rated="false", **visibility), risks),
        LinkedCount(
            "With a described mitigation",
            risks.with_described_mitigation(),
            filtered_list_url("risk", mitigation_described="true", **visibility),
            risks,
        ),
        LinkedCount(
            "Mitigations with a named owner",
            mitigations.with_owner(),
            filtered_list_url("mitigation", has_owner="true", **visibility),
            mitigations,
        ),
    ]
    fill_counts(counts)
    return counts


def by_content(risks: list[Any]) -> list[tuple[str, str, list[Mitigation]]]:
    """The risks' mitigations by how much is known of them: value, words and mitigations; none without mitigations."""
    mitigations = mitigations_of(risks)
    groups = [(value, label, [row for row in mitigations if row.content == value]) for value, label in CONTENTS]
    return [(value, label, rows) for value, label, rows in groups if rows]


class RiskMitigations:
    """What is done about a risk; the page reads the citations of ``rows`` with its own."""

    def __init__(self, risk: Risk):
        self.rows: list[Mitigation] = list(risk.mitigations.select_related("owner", "strategy"))


class MitigatedRisks:
    """The risks that a mitigation is for; the page reads the citations of ``rows`` with its own."""

    def __init__(self, mitigation: Mitigation):
        self.rows: list[Risk] = list(mitigation.risks.select_related("strategy"))


class RiskDetail(RecordDetail):
    """What could happen, how staff rate it, what is done about it, and what is not known of it."""

    model = Risk
    statement = "description"
    within = "strategy"
    panels = (
        TemplatePanel("Mitigations", RiskMitigations, main="strategy/risk_register/risk_mitigations.html"),
        TablePanel(
            "Means in short supply behind it",
            "means",
            (Column("self", "Means"), "kind", "basis"),
            empty="No source says that a shortage of means causes this risk.",
        ),
        TablePanel("Recommendations of outside reviewers", "recommendation_links", RECOMMENDATION_COLUMNS),
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        risk = self.object
        return super().get_context_data(**kwargs) | {
            "heat": HeatMap.from_risks([risk] if risk.score else []),
            "shade": shade(risk.score) if risk.score else None,
        }


class MitigationList(RecordList):
    """What is done about the risks."""

    filterset_class = MitigationFilter
    columns = ("risks", "content", Column("owner", empty="No owner named"), "basis")
    facets = ("content", "has_owner")
    intro = "What is said to be done about the risks, how much of it is known, and who answers for it."


class MitigationDetail(RecordDetail):
    """What is done about which risks, how much of it is known, and who answers for it."""

    model = Mitigation
    statement = "description"
    within = "strategy"
    panels = (
        TemplatePanel(
            "Risks",
            MitigatedRisks,
            top="strategy/risk_register/mitigation_head.html",
            main="strategy/risk_register/mitigation_risks.html",
        ),
    )
