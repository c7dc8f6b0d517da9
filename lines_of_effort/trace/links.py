"""The links of a trace that are rows between two records, and the citations of every link: one query for each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import CharField, F, Value

from strategy.core.models import Part
from strategy.evidence import EvidenceIndex
from strategy.models import Citation, Mitigation, Risk

from ..models import ActivityGoal, ActivityMeans, ActivityRisk, ActivityStage, LineGoal
from .graph import Cited, Edge, Link

Place = tuple[str, int]


@dataclass(frozen=True)
class Table:
    """Rows that tie two records. The ``owner``, one of the two, has them as its ``relation``, and cites them so."""

    model: Any
    link: Link | F
    source: str
    target: str
    owner: str
    relation: str

    @property
    def is_part(self) -> bool:
        """Whether a row has a basis of its own. Where it has none, it stands on the basis of its owner."""
        return issubclass(self.model, Part)

    def kind(self, end: str) -> str:
        return str(self.model._meta.get_field(end).related_model._meta.model_name)

    def rows(self, number: int, shown: Mapping[str, list[int]]) -> Any:
        """Its rows between records that are shown, in the shape that all tables share."""
        link = self.link if isinstance(self.link, F) else _text(self.link)
        said = [F(name) if self.is_part else _text("") for name in ("basis", "reason", "note")]
        ends = {f"{end}__in": shown.get(self.kind(end), []) for end in (self.source, self.target)}
        rows = self.model._default_manager.filter(**ends).order_by()
        return rows.values_list(Value(number), link, F(f"{self.source}_id"), F(f"{self.target}_id"), *said)


def _text(value: str) -> Value:
    return Value(str(value), output_field=CharField())


TABLES = (
    Table(LineGoal, F("strength"), "line_of_effort", "goal", "line_of_effort", "goal_links"),
    Table(ActivityGoal, Link.GOAL, "activity", "goal", "activity", "goal_links"),
    Table(ActivityStage, Link.STAGE, "activity", "stage", "activity", "stage_links"),
    Table(ActivityMeans, Link.MEANS, "means", "activity", "activity", "means_links"),
    Table(ActivityRisk, Link.RISK, "risk", "activity", "activity", "risk_links"),
    Table(Risk.means.through, Link.SHORTAGE, "risk", "means", "risk", "means"),
    Table(Mitigation.risks.through, Link.MITIGATION, "mitigation", "risk", "mitigation", "risks"),
)


@dataclass(frozen=True)
class Tie:
    """One row: what it ties, what it says, and where its citations stand."""

    link: Link
    source: Place
    target: Place
    basis: str
    reason: str
    owner: Place
    relation: str
    is_part: bool

    @property
    def other(self) -> Place:
        return self.target if self.owner == self.source else self.source


def ties(shown: Mapping[str, list[int]]) -> Iterator[Tie]:
    """Every tie between the records shown, given as ids by kind."""
    first, *others = [table.rows(number, shown) for number, table in enumerate(TABLES)]
    rows = sorted(first.union(*others, all=True), key=lambda row: (*row[:4],))
    for number, link, source_id, target_id, basis, reason, note in rows:
        table = TABLES[number]
        source, target = (table.kind(table.source), source_id), (table.kind(table.target), target_id)
        owner = source if table.owner == table.source else target
        yield Tie(Link(link), source, target, basis, reason or note, owner, table.relation, table.is_part)


@dataclass(frozen=True)
class Claim:
    """An edge, and what its citations are given for: a record as a whole, one field of it, or one part of that."""

    edge: Edge
    record: Any
    field: str = ""
    part: str = ""


def cite(claims: Sequence[Claim]) -> list[Edge]:
    """The edges of the claims, with their sources.

    A link that some source states, and that has no citation of its own, stands on its record's citations of the same
    basis. What is our reading does not: those sources do not say it.
    """
    evidence, edges = EvidenceIndex(claim.record for claim in claims), []
    for claim in claims:
        citations = evidence.citations(claim.record, claim.field, claim.part)
        if not citations and claim.edge.stated:
            citations = [one for one in evidence.citations(claim.record) if one.basis == claim.edge.basis]
        reason = claim.edge.reason or next((one.reason for one in citations if one.reason), "")
        edges.append(replace(claim.edge, reason=reason, cited=tuple(_sources(citations))))
    return edges


def _sources(citations: Iterable[Citation]) -> Iterator[Cited]:
    """Each source and place once. A citation without a source is our reading: its reason is the edge's."""
    seen = set()
    for citation in citations:
        source = citation.source
        if source is not None and (source.code, citation.locator) not in seen:
            seen.add((source.code, citation.locator))
            yield Cited(source.code, source.label, source.get_absolute_url(), citation.locator)
