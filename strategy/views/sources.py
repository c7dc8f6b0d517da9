"""Pages of sources, citations and remarks: where facts come from and what is not known."""

from ..core.tables import Column, Section
from ..filters import CitationFilter, ConflictFilter, ObservationFilter, SilenceFilter, SourceFilter
from ..models import Citation, Conflict, Observation, Silence, Source
from .base import RecordDetail, RecordList

SUBJECTS = Section("About", lambda remark: remark.subjects.with_target(), (Column("target", "Record"), "field", "part"))


class SourceList(RecordList):
    filterset_class = SourceFilter
    columns = ("date", "tier", "kind", "url")
    intro = "What the compilers read. The official text of the strategy is not among it."


class SourceDetail(RecordDetail):
    model = Source
    sections = (
        Section(
            "Cited for",
            lambda source: source.citations.with_target(),
            (Column("target", "Record"), "field", "part", "basis", "note"),
            empty="Nothing cites this source.",
        ),
        Section(
            "Positions in conflicts", lambda source: source.positions.select_related("conflict"), ("conflict", "value")
        ),
        Section("Observations", "observations", (Column("self", "Observation"), "kind")),
    )


class CitationList(RecordList):
    filterset_class = CitationFilter
    columns = (Column("target", "About"), "field", "source", "basis", "corroborates")


class CitationDetail(RecordDetail):
    model = Citation
    sections = (
        Section(
            "About",
            lambda citation: Citation.objects.filter(pk=citation.pk).with_target(),
            (Column("target", "Record"), "field", "part"),
        ),
    )


class ConflictList(RecordList):
    filterset_class = ConflictFilter
    columns = ("reading", "confidence", "status")
    intro = "Where sources disagree: every value is kept, with the reading used and why."


class ConflictDetail(RecordDetail):
    model = Conflict
    statement = "reading"
    sections = (
        Section("Positions", lambda c: c.positions.prefetch_related("sources"), ("value", "sources", "note")),
        SUBJECTS,
    )


class SilenceList(RecordList):
    filterset_class = SilenceFilter
    columns = ("kind",)
    intro = "What no source states. These are findings of a search, not empty fields."


class SilenceDetail(RecordDetail):
    model = Silence
    sections = (SUBJECTS,)


class ObservationList(RecordList):
    filterset_class = ObservationFilter
    columns = ("kind", "in_strategy", "basis")
    intro = "Context: what outsiders found, what is practised already, how far a source can be trusted."


class ObservationDetail(RecordDetail):
    model = Observation
    sections = (SUBJECTS, Section("Sources", "sources", (Column("self", "Source"), "date", "tier")))
