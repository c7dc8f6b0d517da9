"""Whom does a partner talk to about a topic, and how far does any source answer that?

The Government Accountability Office found that allies cannot tell. Every line of the answer is what a source says, or
is marked as our reading with its reason; where nobody is named, a line says so. Nothing here assigns anything.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from lines_of_effort.models.assignments import Role
from strategy.core.models import CodedModel
from strategy.evidence import EvidenceIndex
from strategy.models import Conflict, Observation, Office, Silence

from ..models import Partner
from . import counterparts, offices
from .lines import AnswerPart, Contact
from .topics import Topic


@dataclass
class Answer:
    """Whom ``partner`` talks to about ``topic``; either may be left open."""

    partner: Partner | None
    topic: Topic | None
    contacts: list[Contact]
    silences: list[tuple[Silence, list[CodedModel]]]
    conflicts: list[Conflict]
    observations: list[Observation]

    def of(self, part: AnswerPart) -> list[Contact]:
        return [contact for contact in self.contacts if contact.part == part]

    @property
    def named(self) -> list[Contact]:
        """The offices a source names for work in the topic, each with its role in one activity."""
        return [contact for contact in self.of(AnswerPart.TASKED) if contact.who]

    def in_role(self, role: Role) -> list[Contact]:
        return [contact for contact in self.named if contact.role == role.label]


def answer(partner: Partner | None, topic: Topic | None, everybody: Iterable[Partner], notional: str) -> Answer:
    """The whole answer in a fixed number of queries. ``everybody`` is all partners, the own side included."""
    everybody = list(everybody)
    tasks = offices.tasks_near(topic, notional)
    whole = offices.whole(notional)
    contacts = [*offices.tasked(topic, tasks), *offices.nearest(topic, tasks, whole)]
    command = counterparts.nation_of(partner).combatant_command if partner else ""
    named_offices = [contact.who for contact in [*contacts, *whole] if isinstance(contact.who, Office)]
    relations = offices.relations_of(named_offices, command)
    if partner is not None:
        contacts += [
            *counterparts.command(partner, relations, everybody),
            *counterparts.own_bodies(partner, everybody),
            *counterparts.agreed(partner),
            *counterparts.joined(partner, topic),
            *counterparts.engaged(partner, topic),
        ]
    contacts += whole
    offices.note_changes(contacts, relations)

    about: list[CodedModel] = [partner] if partner else []
    about += [topic.record, *(a for a in topic.activities if a != topic.record)] if topic else []
    shown = [place.record for contact in contacts for place in contact.places]
    evidence = EvidenceIndex([*about, *shown, *named_offices])
    for contact in contacts:
        contact.citations = [
            citation
            for place in contact.places
            for citation in evidence.citations(place.record, place.field, place.part)
        ]
        if contact.part in (AnswerPart.TASKED, AnswerPart.NEAREST) and contact.who is not None:
            contact.conflicts = evidence.conflicts(*(place.record for place in contact.places), contact.who)
    silences = sorted(evidence.silences_with_records(about), key=lambda pair: pair[0].code_order)
    return Answer(partner, topic, contacts, silences, evidence.conflicts(*about), evidence.observations(*about))
