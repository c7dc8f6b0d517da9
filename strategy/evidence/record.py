"""The evidence of one record as its page shows it: of each field, and of each row on the page."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from ..core.cache import VersionedKeyCache
from ..core.models import CodedModel
from ..models import Citation, Conflict, ConflictPosition, Observation, Silence, Source
from .index import EvidenceIndex


def _read_rival_values(conflicts: list[int]) -> dict[int, list[str]]:
    values: dict[int, list[str]] = {pk: [] for pk in conflicts}
    for position in ConflictPosition.objects.filter(conflict__in=conflicts):
        values[position.conflict_id].append(position.value)
    return values


# What the sources of a conflict say, by its key.
rival_values = VersionedKeyCache(_read_rival_values)


@dataclass
class FieldEvidence:
    """Citations, silences and conflicts of one field, one part, or the record as a whole."""

    citations: list[Citation] = field(default_factory=list)
    silences: list[Silence] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.citations or self.silences or self.conflicts)


class Evidence:
    """The evidence of a record and of the ``rows`` on its page: two queries.

    ``of("motto")`` is a field's, ``of()`` the record's own, ``of_row`` that of a row in a table.
    """

    def __init__(self, record: CodedModel, rows: Iterable[models.Model] = ()):
        self.record = record
        self.index = EvidenceIndex([record, *rows])
        conflicts: list[Any] = [subject.conflict for subject in self.index.subjects(record) if subject.conflict]
        values = rival_values(conflict.pk for conflict in conflicts)
        for conflict in conflicts:
            conflict.rival_values = values[conflict.pk]

    def of(self, name: str = "", part: str = "") -> FieldEvidence:
        """The evidence of one field, or of one part of it."""
        subjects = [row for row in self.index.subjects(self.record) if (row.field, row.part) == (name, part)]
        return FieldEvidence(
            self.index.citations(self.record, name, part),
            [subject.silence for subject in subjects if subject.silence],
            [subject.conflict for subject in subjects if subject.conflict],
        )

    def of_row(self, row: models.Model, relation: str = "") -> list[Citation]:
        """Citations of a row on the page: a record's own ones, or those that name the part by its key."""
        return self.index.row_citations(row, self.record, relation)

    @property
    def citations(self) -> list[Citation]:
        """All citations of the record itself, those of the whole first."""
        return sorted(self.index.all_citations(self.record), key=lambda citation: (citation.field, citation.part))

    @property
    def sources(self) -> list[tuple[Source | None, str, list[Citation]]]:
        """Each source with a basis and the citations on it, in their order; what is inferred stands by itself."""
        by_source: dict[Any, list[Citation]] = {}
        for citation in self.citations:
            key = (citation.source, citation.basis) if citation.source else citation
            by_source.setdefault(key, []).append(citation)
        return [(rows[0].source, rows[0].basis, rows) for rows in by_source.values()]

    def of_page(self, statement: str = "") -> list[Citation]:
        """What the page is cited by: the sources of the field ``statement``, else of the whole, else of any field."""
        stated = self.of(statement).citations if statement else []
        if isinstance(self.record, Citation):
            return [self.record]
        return stated or self.of().citations or self.citations

    @property
    def conflicts(self) -> list[Conflict]:
        """Each conflict about the record once."""
        return sorted(self.index.conflicts(self.record), key=lambda conflict: conflict.code_order)

    @property
    def silences(self) -> list[Silence]:
        """Each silence about the record once."""
        return sorted(self.index.silences(self.record), key=lambda silence: silence.code_order)

    @property
    def observations(self) -> list[Observation]:
        """Each observation about the record once."""
        return self.index.observations(self.record)
