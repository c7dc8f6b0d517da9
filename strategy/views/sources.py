"""Pages of sources, citations and remarks: where facts come from and what is not known."""

from dataclasses import dataclass
from typing import ClassVar

from ..core.models import Basis
from ..core.views import Column, TablePanel, TemplatePanel, list_url
from ..filters import CitationFilter, ConflictFilter, ObservationFilter, SilenceFilter, SourceFilter
from ..models import Citation, Conflict, Observation, Silence, Source
from ..models.sources import ConflictPosition
from .base import RecordDetail, RecordList

SUBJECTS = TablePanel(
    "About", lambda remark: remark.subjects.with_target(), (Column("target", "Record"), "field", "part")
)


class SourceList(RecordList):
    filterset_class = SourceFilter
    columns = ("date", "tier", "kind", "url")
    intro = "What the compilers read. The official text of the strategy is not among it."


# Citations shown on a source's page; the rest stand in the list of citations.
MOST_CITATIONS = 25


@dataclass
class Use:
    """What a source is cited for: how often on each basis, each number with the list it counts."""

    count: int
    by_basis: list[tuple[str, int, str]]

    @classmethod
    def of(cls, source: Source) -> "Use":
        found = source.citations.count_by_basis()
        strongest_first = [(basis, found[basis]) for basis in Basis.values if basis in found]
        return cls(
            sum(found.values()),
            [
                (basis, number, list_url(source, "citation", source=source.code, basis=basis))
                for basis, number in strongest_first
            ],
        )


class SourceDetail(RecordDetail):
    """A text that was read: how much of it, how far it is trusted, and what it is cited for."""

    model = Source
    blocks: ClassVar[tuple[TemplatePanel, ...]] = (TemplatePanel(Use.of, top="strategy/source_use.html"),)
    lists = (("All citations of this source", "citation"),)
    sections = (
        TablePanel(
            "Cited for",
            lambda source: source.citations.with_target(),
            (Column("target", "Record"), "field", "part", "basis", "note"),
            empty="Nothing cites this source.",
            most=MOST_CITATIONS,
            all_at=lambda source: list_url(source, "citation", source=source.code),
        ),
        TablePanel(
            "Positions in conflicts", lambda source: source.positions.select_related("conflict"), ("conflict", "value")
        ),
        TablePanel("Observations", "observations", (Column("self", "Observation"), "kind")),
    )


class CitationList(RecordList):
    filterset_class = CitationFilter
    columns = (Column("target", "About"), "field", "source", "basis", "corroborates")


class CitationDetail(RecordDetail):
    """What one source, or our own reading, is cited for."""

    model = Citation
    sections = (
        TablePanel(
            "About",
            lambda citation: Citation.objects.filter(pk=citation.pk).with_target(),
            (Column("target", "Record"), "field", "part"),
        ),
    )


class ConflictList(RecordList):
    filterset_class = ConflictFilter
    columns = ("reading", "confidence", "status")
    intro = "Where sources disagree: every value is kept, with the reading used and why."


@dataclass
class Positions:
    """The rival values of a conflict; the page reads the citations of ``rows`` with its own."""

    rows: list[ConflictPosition]

    @classmethod
    def of(cls, conflict: Conflict) -> "Positions":
        return cls(list(conflict.positions.prefetch_related("sources")))


class ConflictDetail(RecordDetail):
    """What sources say against each other, side by side, and the reading used with its reason."""

    model = Conflict
    statement = "reading"
    blocks: ClassVar[tuple[TemplatePanel, ...]] = (
        TemplatePanel(Positions.of, main="strategy/conflict_positions.html"),
    )
    sections = (SUBJECTS,)


class SilenceList(RecordList):
    filterset_class = SilenceFilter
    columns = ("kind",)
    intro = "What no source states. These are findings of a search, not empty fields."


class SilenceDetail(RecordDetail):
    """What is not said, in which way, and of which records."""

    model = Silence
    sections = (SUBJECTS,)


class ObservationList(RecordList):
    filterset_class = ObservationFilter
    columns = ("kind", "in_strategy", "basis")
    intro = "Context: what outsiders found, what is practised already, how far a source can be trusted."


class ObservationDetail(RecordDetail):
    model = Observation
    sections = (SUBJECTS, TablePanel("Sources", "sources", (Column("self", "Source"), "date", "tier")))
