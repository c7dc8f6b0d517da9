"""The risk register, and the pages of risks and of what is done about them."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode

from ..core.cache import count_each
from ..core.filters import requested_notional, url_with_params
from ..core.models import Notional
from ..core.views import Column, TablePanel, TemplatePanel
from ..evidence import Grounds
from ..filters import MitigationFilter, RiskFilter
from ..models import Mitigation, Risk, Silence
from ..views.base import RecordDetail, RecordList
from .heat_map import MOST_PINS, HeatMap, shade

CONTENTS = Mitigation.Content.choices


@dataclass
class Number:
    """A count with the address of exactly the list it counts; of how many, where it is a part of a whole."""

    label: str
    rows: QuerySet
    url: str
    whole: QuerySet | None = None
    count: int = 0
    total: int | None = None


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
    file_columns = (*columns[:-1], Column("score", "Score"), "assessed_by", "basis")
    facets = ("category", "has_mitigation", "mitigation_described", "rated")
    intro = "What could stop the strategy, and what is said to be done about it."
    # What the risks of a page threaten, by their keys, and how one is drawn; set by the app that ties them to tasks.
    threats: ClassVar[TemplatePanel | None] = None

    def queryset(self) -> QuerySet:
        return Risk.objects.for_register()

    def answer(self, filterset: Any, *, page: Any = None, problems: Any = None, status: int = 200) -> TemplateResponse:
        response = super().answer(filterset, page=page, problems=problems, status=status)
        if page is not None:
            rows = list(page)
            known = [*rows, *_once(one for row in rows for one in row.mitigations.all())]
            grounds = Grounds(known)
            threats = type(self).threats
            threatened = threats.read(rows) if threats else {}
            for row in rows:
                row.grounds, row.threatened = grounds.citations(row), threatened.get(row.pk)
                row.shade = shade(row.score) if row.score else None
            response.context_data |= {  # type: ignore[operator]  # set by the base class
                "groups": _by_category(rows, grouped=not filterset.form.cleaned_data.get("ordering")),
                "threat_template": threats.main if threats else "",
                "heat": HeatMap(filterset.qs.pinned(MOST_PINS)),
                "here": {row.code for row in rows},
                "rated_as": _rated_as(self),
                "numbers": _numbers(requested_notional(self.request)),
                "contents": _contents(rows),
                "silences": _silences(known, grounds),
                # The form of a page this full offers no records to choose from: their own pages lead here.
                "faceted": [*self.facets, "mitigation", "means", "strategy"],
            }
        return response


def _once(rows: Iterable[Any]) -> list[Any]:
    return list({row.pk: row for row in rows}.values())


def _by_category(rows: list[Risk], *, grouped: bool) -> list[tuple[str, list[Risk]]]:
    """The rows under their categories; as they come, under none, where a reader asked for another order."""
    if not grouped:
        return [("", rows)] if rows else []
    return [(category or "No category", list(some)) for category, some in groupby(rows, lambda one: one.category)]


def _rated_as(view: RecordList) -> str:
    """The address of the list as it is, up to the values of likelihood and impact."""
    here = url_with_params("", view.request.GET, page=None, likelihood=None, impact=None, rated=None)
    return here if here == "?" else f"{here}&"


def _numbers(notional: str) -> list[Number]:
    """How much of the register is known: of the whole, whatever the filters, each with the list it counts."""
    risks, mitigations = Risk.objects.visible(notional), Mitigation.objects.visible(notional)
    asked = {} if notional == Notional.EXCLUDE else {"notional": str(notional)}

    def at(name: str, **filters: str) -> str:
        query = urlencode(filters | asked)
        return reverse(f"{name}-list") + (f"?{query}" if query else "")

    found = [
        Number("Risks recorded", risks, at("risk")),
        Number("Unrated", risks.unrated(), at("risk", rated="false"), risks),
        Number(
            "With a described mitigation",
            risks.with_described_mitigation(),
            at("risk", mitigation_described="true"),
            risks,
        ),
        Number(
            "Mitigations with a named owner",
            mitigations.with_owner(),
            at("mitigation", has_owner="true"),
            mitigations,
        ),
    ]
    sizes = count_each([one.rows for one in found] + [one.whole for one in found if one.whole is not None])
    wholes = iter(sizes[len(found) :])
    for one, size in zip(found, sizes, strict=False):
        one.count = size
        one.total = next(wholes) if one.whole is not None else None
    return found


def _contents(risks: list[Risk]) -> list[tuple[str, str, list[Mitigation]]]:
    """How much is known of what is done about these risks: its words, and the mitigations of which so much is known."""
    mitigations = _once(one for risk in risks for one in risk.mitigations.all())
    by_content = [(value, label, [one for one in mitigations if one.content == value]) for value, label in CONTENTS]
    return [found for found in by_content if found[2]]


def _silences(records: list[Any], grounds: Grounds) -> list[tuple[Silence, list[Any]]]:
    """What no source says of these records: each silence once, with those it is about."""
    about: dict[int, tuple[Silence, list[Any]]] = {}
    for record in records:
        for silence in grounds.silences(record):
            about.setdefault(silence.pk, (silence, []))[1].append(record)
    return list(about.values())


@dataclass
class Mitigations:
    """What is done about a risk; the page reads the citations of ``rows`` with its own."""

    rows: list[Mitigation]

    @classmethod
    def of(cls, risk: Risk) -> "Mitigations":
        return cls(list(risk.mitigations.select_related("owner", "strategy")))


@dataclass
class Faced:
    """The risks a mitigation is for."""

    rows: list[Risk]

    @classmethod
    def of(cls, mitigation: Mitigation) -> "Faced":
        return cls(list(mitigation.risks.select_related("strategy")))


class RiskDetail(RecordDetail):
    """What could happen, how staff rate it, what is done about it, and what is not known of it."""

    model = Risk
    statement = "description"
    within = "strategy"
    blocks = (TemplatePanel(Mitigations.of, main="strategy/risk_mitigations.html"),)
    sections = (
        TablePanel(
            "Means whose shortage makes it",
            "means",
            (Column("self", "Means"), "kind", "basis"),
            empty="No source says that a shortage of means makes this risk.",
        ),
    )

    def context(self, record: Any) -> dict[str, Any]:
        placed = [record] if record.score else []
        return super().context(record) | {
            "heat": HeatMap.of(placed),
            "shade": shade(record.score) if record.score else None,
        }


class MitigationList(RecordList):
    filterset_class = MitigationFilter
    columns = ("risks", "content", Column("owner", empty="No owner named"), "basis")
    facets = ("content", "has_owner")
    intro = "What is said to be done about the risks, how much of it is known, and who answers for it."


class MitigationDetail(RecordDetail):
    """What is done about which risks, how much of it is known, and who answers for it."""

    model = Mitigation
    statement = "description"
    within = "strategy"
    blocks = (TemplatePanel(Faced.of, top="strategy/mitigation_head.html", main="strategy/mitigation_risks.html"),)
