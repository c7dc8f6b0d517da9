"""Everything that is known about why a record, and each row on its page, says what it says."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from ..core.cache.versioned_cache import VersionedKeyCache
from ..core.models import CodedModel, Part
from ..models import Citation, Conflict, ConflictPosition, Observation, Silence, Subject

Place = tuple[int, int, str, str]


def _rival_values(conflicts: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {pk: [] for pk in conflicts}
    for position in ConflictPosition.objects.filter(conflict__in=conflicts):
        found[position.conflict_id].append(position.value)
    return found


# What the sources of a conflict say, by its key.
rival_values = VersionedKeyCache(_rival_values)

Remark = TypeVar("Remark", Conflict, Silence)


@dataclass
class FieldEvidence:
    """Citations, silences and conflicts of one field, one part, or the record as a whole."""

    citations: list[Citation] = field(default_factory=list)
    silences: list[Silence] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.citations or self.silences or self.conflicts)


class Evidence:
    """The evidence of a record and of the records in the tables on its page: two queries.

    ``of("motto")`` is a field's, ``of()`` the record's own, ``of_row`` that of a row in a table.
    """

    def __init__(self, record: CodedModel, rows: Iterable[models.Model] = ()):
        self.record = record
        self.observations: list[Observation] = []
        self._citations: dict[Place, list[Citation]] = defaultdict(list)
        self._places: dict[tuple[str, str], FieldEvidence] = defaultdict(FieldEvidence)
        self._read_citations([record, *(row for row in rows if isinstance(row, CodedModel))])
        self._read_remarks()

    def _read_citations(self, records: list[CodedModel]) -> None:
        for citation in Citation.objects.filter(_about(records)).select_related("source"):
            place = (citation.content_type_id, citation.object_id, citation.field, citation.part)
            self._citations[place].append(citation)
            if place[:2] == (_type_id(self.record), self.record.pk):
                self._places[citation.field, citation.part].citations.append(citation)

    def _read_remarks(self) -> None:
        own = Subject.objects.filter(content_type_id=_type_id(self.record), object_id=self.record.pk)
        subjects = list(own.select_related(*Subject.REMARKS))
        values = rival_values(subject.conflict_id for subject in subjects if subject.conflict_id)
        for subject in subjects:
            place = self._places[subject.field, subject.part]
            if subject.conflict:
                subject.conflict.rival_values = values[subject.conflict.pk]
                place.conflicts.append(subject.conflict)
            elif subject.silence:
                place.silences.append(subject.silence)
            elif subject.observation:
                self.observations.append(subject.observation)

    def of(self, name: str = "", part: str = "") -> FieldEvidence:
        return self._places.get((name, part)) or FieldEvidence()

    def of_row(self, row: models.Model, relation: str = "") -> list[Citation]:
        """Citations of a row: a record's own ones, or those that name the part by its key."""
        if isinstance(row, Part):
            owner: Any = row._meta.get_field(row.parent_field)
            return self.of(relation or owner.remote_field.get_accessor_name(), row.key).citations
        return self._citations.get((_type_id(row), row.pk, "", ""), [])

    @property
    def citations(self) -> list[Citation]:
        """All citations of the record itself, those of the whole first."""
        return [c for place in sorted(self._places) for c in self._places[place].citations]

    @property
    def conflicts(self) -> list[Conflict]:
        """Each conflict about the record once."""
        return _once(conflict for place in self._places.values() for conflict in place.conflicts)

    @property
    def silences(self) -> list[Silence]:
        """Each silence about the record once."""
        return _once(silence for place in self._places.values() for silence in place.silences)


def _once(remarks: Iterable[Remark]) -> list[Remark]:
    found = {remark.pk: remark for remark in remarks}
    return sorted(found.values(), key=lambda remark: remark.code_order)


class Grounds:
    """What stands behind each of many records as a whole or any part of it: at most two queries.

    For pages that list records in full; a page of one record has its ``Evidence``.
    """

    def __init__(self, records: Iterable[CodedModel]):
        records = list(records)
        self._citations: dict[tuple[int, int], list[Citation]] = defaultdict(list)
        self._silences: dict[tuple[int, int], list[Silence]] = defaultdict(list)
        if not records:
            return
        for citation in Citation.objects.filter(_about(records)).select_related("source"):
            self._citations[citation.content_type_id, citation.object_id].append(citation)
        subjects = Subject.objects.filter(_about(records)).exclude(silence=None).select_related("silence")
        for subject in subjects:
            if subject.silence:
                self._silences[subject.content_type_id, subject.object_id].append(subject.silence)

    def citations(self, record: CodedModel) -> list[Citation]:
        return self._citations.get((_type_id(record), record.pk), [])

    def silences(self, record: CodedModel) -> list[Silence]:
        return self._silences.get((_type_id(record), record.pk), [])


def _about(records: Iterable[CodedModel]) -> Q:
    """The rows that point at any of the records."""
    ids: dict[int, set[int]] = defaultdict(set)
    for record in records:
        ids[_type_id(record)].add(record.pk)
    about = Q()
    for type_id, pks in ids.items():
        about |= Q(content_type_id=type_id, object_id__in=pks)
    return about


def _type_id(row: models.Model) -> int:
    return ContentType.objects.get_for_model(type(row)).pk
