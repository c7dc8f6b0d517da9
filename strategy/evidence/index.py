"""The index of evidence: citations and remarks (conflicts, silences, observations) of many records at once."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from ..core.models import CodedModel, Part
from ..models import Citation, Conflict, Observation, Silence, Subject

# Content type and primary key of a record.
RecordKey = tuple[int, int]


class EvidenceIndex:
    """Citations and remarks of ``records``: one query each, made when the first of them is looked up.

    Citations and remarks are about a place: a record as a whole, one ``field`` of it, or one ``part`` (row) of that
    field, by its key. Rows among ``records`` that are no records of their own have theirs with their record.
    """

    def __init__(self, records: Iterable[models.Model]):
        self._records = [record for record in records if isinstance(record, CodedModel)]

    @cached_property
    def _citations(self) -> dict[RecordKey, list[Citation]]:
        by_record: dict[RecordKey, list[Citation]] = defaultdict(list)
        if self._records:
            for citation in Citation.objects.filter(_about(self._records)).select_related("source"):
                by_record[citation.content_type_id, citation.object_id].append(citation)
        return by_record

    @cached_property
    def _citations_by_place(self) -> dict[tuple[RecordKey, str, str], list[Citation]]:
        by_place: dict[tuple[RecordKey, str, str], list[Citation]] = defaultdict(list)
        for key, citations in self._citations.items():
            for citation in citations:
                by_place[key, citation.field, citation.part].append(citation)
        return by_place

    @cached_property
    def _subjects(self) -> dict[RecordKey, list[Subject]]:
        by_record: dict[RecordKey, list[Subject]] = defaultdict(list)
        if self._records:
            for subject in Subject.objects.filter(_about(self._records)).select_related(*Subject.REMARKS):
                by_record[subject.content_type_id, subject.object_id].append(subject)
        return by_record

    def citations(self, record: models.Model, field: str = "", part: str = "") -> list[Citation]:
        """Citations of exactly one place."""
        return self._citations_by_place.get((_key(record), field, part), [])

    def all_citations(self, record: CodedModel) -> list[Citation]:
        """Citations of a record as a whole and of any of its fields and parts."""
        return self._citations.get(_key(record), [])

    def row_citations(self, row: models.Model, record: CodedModel, relation: str = "") -> list[Citation]:
        """Citations of a row on the page of ``record``: a record's own ones, or those that name the part by its key.

        ``relation`` is the name by which citations refer to the rows; by default that of the part's owner.
        """
        if isinstance(row, Part):
            owner: Any = row._meta.get_field(row.parent_field)
            return self.citations(record, relation or owner.remote_field.get_accessor_name(), row.key)
        return self.citations(row)

    def subjects(self, record: CodedModel) -> list[Subject]:
        """What ties remarks to the record, its fields and its parts."""
        return self._subjects.get(_key(record), [])

    def conflicts(self, *records: CodedModel) -> list[Conflict]:
        """The conflicts about any of the records, each once."""
        return [conflict for conflict, _ in self._remarks("conflict", records)]

    def observations(self, *records: CodedModel) -> list[Observation]:
        """The observations about any of the records, each once."""
        return [observation for observation, _ in self._remarks("observation", records)]

    def silences(self, *records: CodedModel) -> list[Silence]:
        """The silences about any of the records, each once."""
        return [silence for silence, _ in self._remarks("silence", records)]

    def silences_with_records(self, records: Iterable[CodedModel]) -> list[tuple[Silence, list[CodedModel]]]:
        """The silences about any of the records, each once with those it is about."""
        return self._remarks("silence", records)

    def _remarks(self, name: str, records: Iterable[CodedModel]) -> list[tuple[Any, list[CodedModel]]]:
        """The remarks of one kind, as Subject names it, each with its records."""
        by_remark: dict[int, tuple[Any, list[CodedModel]]] = {}
        for record in records:
            for subject in self.subjects(record):
                remark = getattr(subject, name)
                if remark is None:
                    continue
                _, about = by_remark.setdefault(remark.pk, (remark, []))
                # A remark about two fields of a record is about one record.
                if record not in about:
                    about.append(record)
        return list(by_remark.values())


def _about(records: Iterable[CodedModel]) -> Q:
    """The rows that point at any of the records."""
    ids: dict[int, set[int]] = defaultdict(set)
    for record in records:
        type_id, pk = _key(record)
        ids[type_id].add(pk)
    about = Q()
    for type_id, pks in ids.items():
        about |= Q(content_type_id=type_id, object_id__in=pks)
    return about


def _key(record: models.Model) -> RecordKey:
    return ContentType.objects.get_for_model(type(record)).pk, record.pk
