"""Pages of sources, citations and remarks: where facts come from and what is not known."""

from ..core.models import Basis
from ..core.views import Column, ListLink, TablePanel, TemplatePanel, list_url
from ..filters import CitationFilter, ConflictFilter, ObservationFilter, SilenceFilter, SourceFilter
from ..models import Citation, Conflict, Observation, Silence, Source
from ..models.sources import ConflictPosition
from .base import RecordDetail, RecordList

SUBJECTS = TablePanel(
    "About", lambda remark: remark.subjects.with_target(), (Column("target", "Record"), "field", "part")
)


class SourceList(RecordList):
    """The texts that were read."""

    filterset_class = SourceFilter
    columns = ("date", "tier", "kind", "url")
    intro = "What the compilers read. The official text of the strategy is not among it."


# Citations shown on a source's page; the rest stand in the list of citations.
MAX_CITATIONS = 25


class CitationCounts:
    """How often a source is cited: in all, and as ``by_basis`` the basis, the number and the list that it counts."""

    def __init__(self, source: Source):
        counts = source.citations.count_by_basis()
        self.count = sum(counts.values())
        self.by_basis = [
            (basis, counts[basis], list_url(source, "citation", source=source.code, basis=basis))
            for basis in Basis.values
            if basis in counts
        ]


class SourceDetail(RecordDetail):
    """A text that was read: how much of it, how far it is trusted, and what it is cited for."""

    model = Source
    fields_in_panels = ("tier", "seen", "date", "date_note")
    panels = (
        TemplatePanel("Reliability and use", CitationCounts, top="strategy/panels/source_use.html"),
        ListLink("All citations of this source", "citation"),
        TablePanel(
            "Cited for",
            lambda source: source.citations.with_target(),
            (Column("target", "Record"), "field", "part", "basis", "note"),
            empty="Nothing cites this source.",
            limit=MAX_CITATIONS,
            all_url=lambda source: list_url(source, "citation", source=source.code),
        ),
        TablePanel(
            "Positions in conflicts", lambda source: source.positions.select_related("conflict"), ("conflict", "value")
        ),
        TablePanel("Observations", "observations", (Column("self", "Observation"), "kind")),
    )


class CitationList(RecordList):
    """What ties facts to sources."""

    filterset_class = CitationFilter
    columns = (Column("target", "About"), "field", "source", "basis", "corroborates")


class CitationDetail(RecordDetail):
    """What one source, or our own reading, is cited for."""

    model = Citation
    panels = (
        TablePanel(
            "About",
            lambda citation: Citation.objects.filter(pk=citation.pk).with_target(),
            (Column("target", "Record"), "field", "part"),
        ),
    )


class ConflictList(RecordList):
    """Where sources disagree."""

    filterset_class = ConflictFilter
    columns = ("reading", "confidence", "status")
    intro = "Where sources disagree: every value is kept, with the reading used and why."


class RivalValues:
    """The positions of a conflict with their sources; the page reads the citations of ``rows`` with its own."""

    def __init__(self, conflict: Conflict):
        self.rows: list[ConflictPosition] = list(conflict.positions.prefetch_related("sources"))


class ConflictDetail(RecordDetail):
    """What sources say against each other, side by side, and the reading used with its reason."""

    model = Conflict
    statement = "reading"
    fields_in_panels = ("reason", "status", "confidence")
    panels = (
        TemplatePanel("What the sources say", RivalValues, main="strategy/panels/conflict_positions.html"),
        SUBJECTS,
    )


class SilenceList(RecordList):
    """What no source states."""

    filterset_class = SilenceFilter
    columns = ("kind", Column("checked", "Last looked for"), "looked_for")
    intro = "What no source states: findings of a search, not empty fields. Without a date, none is recorded."


class SilenceDetail(RecordDetail):
    """What is not said, in which way, and of which records."""

    model = Silence
    fields_in_panels = ("kind", "checked")
    panels = (SUBJECTS,)


class ObservationList(RecordList):
    """Context that is no part of the strategy."""

    filterset_class = ObservationFilter
    columns = ("kind", "in_strategy", "basis")
    intro = "Context: what outsiders found, what is practised already, how far a source can be trusted."


class ObservationDetail(RecordDetail):
    """One observation, what it is about and its sources."""

    model = Observation
    panels = (SUBJECTS, TablePanel("Sources", "sources", (Column("self", "Source"), "date", "tier")))
