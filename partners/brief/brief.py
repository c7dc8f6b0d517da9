"""A brief and its parts, and the base of the classes that read one from a record."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple

from django.db import models
from django.db.models import QuerySet

from strategy.core.models import Basis, CodedModel
from strategy.evidence import Evidence, source_name
from strategy.models import Citation, Source

# Lines of a section, unless it says otherwise: what one sheet has room for.
MAX_LINES = 6
MAX_REMARKS = 4


@dataclass
class Line:
    """One line of a section: a record by its code, label and address, what is said of it, and on which basis.

    ``numbers`` are those of its sources in the list of the brief.
    """

    label: str
    code: str = ""
    url: str = ""
    text: str = ""
    basis: str = ""
    numbers: Sequence[int] = ()


@dataclass
class Section:
    """Lines under a title; ``more`` is how many there are beside them, to be seen at ``url``."""

    title: str
    lines: list[Line]
    more: int = 0
    url: str = ""

    @property
    def total(self) -> int:
        """How many there are in all."""
        return len(self.lines) + self.more


@dataclass
class Brief:
    """What one sheet says of a record.

    ``statement`` leads it and stands on the record's own sources, ``numbers``. ``facts`` are pairs of label and text.
    ``unstated`` names the sections for which no source says anything.
    """

    record: Any
    kind: str
    statement: str
    numbers: list[int]
    facts: list[tuple[str, str]]
    sections: list[Section]
    unstated: list[str]
    sources: list[Source]

    @property
    def title(self) -> str:
        return str(self.record.label)

    @property
    def basis(self) -> str:
        """The basis of the record as a whole, in words."""
        return str(self.record.get_basis_display())

    @property
    def source_lines(self) -> list[str]:
        """Each source in one line: who published what, when, and where it is read."""
        return [f"{source_name(source)}. {source.url}" for source in self.sources]


class SourceNumbers:
    """Numbers sources from 1 in the order in which they are first cited; ``sources`` are those in their order."""

    def __init__(self) -> None:
        self.sources: list[Source] = []

    def of(self, citations: Iterable[Citation]) -> list[int]:
        """The numbers of the sources that are cited, each once; our own reading has none."""
        cited = dict.fromkeys(citation.source for citation in citations if citation.source)
        self.sources += [source for source in cited if source not in self.sources]
        return sorted(self.sources.index(source) + 1 for source in cited)


class Draft(NamedTuple):
    """A section before its sources are numbered.

    ``line`` makes the line of a row, and ``cited`` gives the records whose citations it has: by default the row.
    """

    title: str
    rows: Sequence[Any]
    line: Callable[[Any], Line]
    total: int
    url: str = ""
    cited: Callable[[Any], Sequence[models.Model]] = lambda row: (row,)


@dataclass
class BriefReader:
    """Base of the classes that read the brief of one kind of record."""

    record: Any
    numbers: SourceNumbers = field(default_factory=SourceNumbers)

    kind: ClassVar[str]

    def statement(self) -> str:
        """The text that leads the brief."""
        return ""

    def facts(self) -> list[tuple[str, str]]:
        """Pairs of label and text; those without a text are left out."""
        return []

    def drafts(self) -> list[Draft]:
        """The sections in their order. One without rows is named among what no source says."""
        raise NotImplementedError

    def read(self) -> Brief:
        """The brief, its sources numbered in the order of the sheet."""
        drafts = self.drafts()
        evidence = Evidence(
            self.record, [cited for draft in drafts for row in draft.rows for cited in draft.cited(row)]
        )
        numbers = self.numbers.of(evidence.of().citations)
        sections = [self._section(draft, evidence) for draft in drafts if draft.rows]
        sections += filter(None, [self._remarks(evidence)])
        unstated = [draft.title for draft in drafts if not draft.rows]
        facts = [(label, text) for label, text in self.facts() if text]
        return Brief(self.record, self.kind, self.statement(), numbers, facts, sections, unstated, self.numbers.sources)

    def _section(self, draft: Draft, evidence: Evidence) -> Section:
        lines = []
        for row in draft.rows:
            line = draft.line(row)
            line.numbers = self.numbers.of(
                citation for cited in draft.cited(row) for citation in evidence.of_row(cited)
            )
            lines.append(line)
        return Section(draft.title, lines, draft.total - len(lines), draft.url)

    def _remarks(self, evidence: Evidence) -> Section | None:
        """What is disputed or not said of the record."""
        lines = [
            *(Line(f"{row.topic}: {row.reading}", row.code, row.get_absolute_url(), "Disputed")
              for row in evidence.conflicts),
            *(Line(row.statement, row.code, row.get_absolute_url(), row.get_kind_display())
              for row in evidence.silences),
        ]  # fmt: skip
        if not lines:
            return None
        url = f"{self.record.get_absolute_url()}#open-points"
        return Section("Disputed or not said", lines[:MAX_REMARKS], max(0, len(lines) - MAX_REMARKS), url)


def draft_of(
    title: str,
    rows: QuerySet,
    line: Callable[[Any], Line],
    url: str = "",
    limit: int = MAX_LINES,
    cited: Callable[[Any], Sequence[models.Model]] = lambda row: (row,),
) -> Draft:
    """The first ``limit`` rows of a queryset as a section; ``url`` is the address of them all."""
    shown = list(rows[:limit])
    return Draft(title, shown, line, rows.count() if len(shown) == limit else len(shown), url, cited)


def record_line(record: CodedModel, text: str = "", basis: str = "") -> Line:
    """The line of a record: its code, its label and what is said of it; ``basis`` is a value of ``Basis``."""
    return Line(record.label, record.code, record.get_absolute_url(), text, Basis(basis).label if basis else "")


def join_words(*texts: str) -> str:
    """What there is of ``texts``, with semicolons between."""
    return "; ".join(filter(None, texts))
