"""Links of a trace that are stored as rows between two records, and the citations of every link: one query for each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import CharField, F, Value

from strategy.core.models import Part
from strategy.evidence import EvidenceIndex
from strategy.models import Citation, Mitigation, Risk

from ..models import ActivityGoal, ActivityMeans, ActivityRisk, ActivityStage, LineGoal
from .graph import CitedSource, Edge, Link

# A node before it is built: the model's name in lower case, and the primary key.
NodeKey = tuple[str, int]


@dataclass(frozen=True)
class LinkTable:
    """A model whose rows link two records.

    ``source`` and ``target`` are its foreign keys, in the direction of the edge. The ``owner``, one of the two, has
    the rows as its ``relation``, by which name citations point at them.
    """

    model: Any
    link: Link | F
    source: str
    target: str
    owner: str
    relation: str

    @property
    def is_part(self) -> bool:
        """Whether a row has a basis of its own; else it stands on the basis of its owner."""
        return issubclass(self.model, Part)

    def kind(self, end: str) -> str:
        """The kind of record at one end, ``source`` or ``target``: the model's name in lower case."""
        return str(self.model._meta.get_field(end).related_model._meta.model_name)

    def rows(self, number: int, shown: Mapping[str, list[int]]) -> Any:
        """The rows between records that are shown, as tuples that a union of all tables can hold.

        ``number`` is the table's place in LINK_TABLES, ``shown`` primary keys by kind. A tuple is (number, link,
        source id, target id, basis, reason, note).
        """
        link = self.link if isinstance(self.link, F) else _text(self.link)
        texts = [F(name) if self.is_part else _text("") for name in ("basis", "reason", "note")]
        ends = {f"{end}__in": shown.get(self.kind(end), []) for end in (self.source, self.target)}
        rows = self.model._default_manager.filter(**ends).order_by()
        return rows.values_list(Value(number), link, F(f"{self.source}_id"), F(f"{self.target}_id"), *texts)


def _text(value: str) -> Value:
    return Value(str(value), output_field=CharField())


LINK_TABLES = (
    LinkTable(LineGoal, F("strength"), "line_of_effort", "goal", "line_of_effort", "goal_links"),
    LinkTable(ActivityGoal, Link.GOAL, "activity", "goal", "activity", "goal_links"),
    LinkTable(ActivityStage, Link.STAGE, "activity", "stage", "activity", "stage_links"),
    LinkTable(ActivityMeans, Link.MEANS, "means", "activity", "activity", "means_links"),
    LinkTable(ActivityRisk, Link.RISK, "risk", "activity", "activity", "risk_links"),
    LinkTable(Risk.means.through, Link.SHORTAGE, "risk", "means", "risk", "means"),
    LinkTable(Mitigation.risks.through, Link.MITIGATION, "mitigation", "risk", "mitigation", "risks"),
)


@dataclass(frozen=True)
class LinkRow:
    """One row of a LinkTable: its two records, its basis, and where its citations are found."""

    link: Link
    source: NodeKey
    target: NodeKey
    basis: str
    reason: str
    owner: NodeKey
    relation: str
    is_part: bool

    @property
    def other(self) -> NodeKey:
        """The record at the end that is not the owner."""
        return self.target if self.owner == self.source else self.source


def read_link_rows(shown: Mapping[str, list[int]]) -> Iterator[LinkRow]:
    """Every row between records that are shown, in one query; ``shown`` are primary keys by kind."""
    first, *others = [table.rows(number, shown) for number, table in enumerate(LINK_TABLES)]
    rows = sorted(first.union(*others, all=True), key=lambda row: (*row[:4],))
    for number, link, source_id, target_id, basis, reason, note in rows:
        table = LINK_TABLES[number]
        source, target = (table.kind(table.source), source_id), (table.kind(table.target), target_id)
        owner = source if table.owner == table.source else target
        yield LinkRow(Link(link), source, target, basis, reason or note, owner, table.relation, table.is_part)


@dataclass(frozen=True)
class UncitedEdge:
    """An edge before its sources are read; citations are about a record, a ``field`` of it or a ``part`` of that."""

    edge: Edge
    record: Any
    field: str = ""
    part: str = ""


def add_sources(uncited_edges: Sequence[UncitedEdge]) -> list[Edge]:
    """The edges with their sources, and with the reason of a citation where they have none.

    A link that some source states, and that has no citation of its own, stands on its record's citations of the same
    basis. What is our reading does not: those sources do not say it.
    """
    evidence = EvidenceIndex(uncited.record for uncited in uncited_edges)
    edges = []
    for uncited in uncited_edges:
        edge, record = uncited.edge, uncited.record
        citations = evidence.citations(record, uncited.field, uncited.part)
        if not citations and edge.stated:
            citations = [citation for citation in evidence.citations(record) if citation.basis == edge.basis]
        reason = edge.reason or next((citation.reason for citation in citations if citation.reason), "")
        edges.append(replace(edge, reason=reason, cited=tuple(_sources(citations))))
    return edges


def _sources(citations: Iterable[Citation]) -> Iterator[CitedSource]:
    """Each source and place in it once. A citation without a source is our reading: it only gives the reason."""
    seen = set()
    for citation in citations:
        source = citation.source
        if source is not None and (source.code, citation.locator) not in seen:
            seen.add((source.code, citation.locator))
            yield CitedSource(source.code, source.label, source.get_absolute_url(), citation.locator, source.short_name)
