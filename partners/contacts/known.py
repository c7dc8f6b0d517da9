"""Citations, conflicts and silences of many records at once: two queries, however many there are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q

from strategy.core.models import CodedModel
from strategy.models import Citation, Conflict, Observation, Silence, Subject

from .lines import Place

Key = tuple[int, int]
R = TypeVar("R", Conflict, Silence, Observation)


def _key(record: Model) -> Key:
    return ContentType.objects.get_for_model(type(record)).pk, record.pk


def _about(keys: Iterable[Key]) -> Q:
    ids: dict[int, set[int]] = defaultdict(set)
    for kind, pk in keys:
        ids[kind].add(pk)
    found = Q(pk__in=())
    for kind, pks in ids.items():
        found |= Q(content_type_id=kind, object_id__in=pks)
    return found


@dataclass
class Known:
    """What is known of some records: each citation, conflict, silence and observation where it belongs."""

    citations: dict[tuple[Key, str, str], list[Citation]] = field(default_factory=lambda: defaultdict(list))
    conflicts: dict[Key, list[Conflict]] = field(default_factory=lambda: defaultdict(list))
    silences: dict[Key, list[Silence]] = field(default_factory=lambda: defaultdict(list))
    observations: dict[Key, list[Observation]] = field(default_factory=lambda: defaultdict(list))

    def cited(self, places: Iterable[Place]) -> list[Citation]:
        return [c for place in places for c in self.citations.get((_key(place.record), place.field, place.part), [])]

    def disputed(self, records: Iterable[CodedModel]) -> list[Conflict]:
        """The conflicts about the records, each once."""
        found = {c.pk: c for record in records for c in self.conflicts.get(_key(record), [])}
        return list(found.values())

    def unsaid(self, records: Iterable[CodedModel]) -> list[tuple[Silence, list[CodedModel]]]:
        """What no source says of the records: each silence with the records it is about."""
        found: dict[int, tuple[Silence, list[CodedModel]]] = {}
        for record in records:
            for silence in self.silences.get(_key(record), []):
                found.setdefault(silence.pk, (silence, []))[1].append(record)
        return sorted(found.values(), key=lambda pair: pair[0].code_order)

    def observed(self, records: Iterable[CodedModel]) -> list[Observation]:
        found = {o.pk: o for record in records for o in self.observations.get(_key(record), [])}
        return list(found.values())


def known_of(records: Iterable[CodedModel]) -> Known:
    """Reads everything about ``records``, fields and rows of theirs included."""
    about, known = _about({_key(record) for record in records}), Known()
    for citation in Citation.objects.filter(about).select_related("source"):
        place = (citation.content_type_id, citation.object_id), citation.field, citation.part
        known.citations[place].append(citation)
    for subject in Subject.objects.filter(about).select_related(*Subject.REMARKS):
        key = (subject.content_type_id, subject.object_id)
        _keep(known.conflicts[key], subject.conflict)
        _keep(known.silences[key], subject.silence)
        _keep(known.observations[key], subject.observation)
    return known


def _keep(remarks: list[R], remark: R | None) -> None:
    if remark is not None and remark not in remarks:
        remarks.append(remark)
