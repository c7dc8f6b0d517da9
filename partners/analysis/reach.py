"""Whom does a partner talk to about a topic, and how far does any source answer that?

The Government Accountability Office found that allies cannot tell. Every line of the answer is what a source says, or
is marked as our reading with its reason; where nobody is named, a line says so. Nothing here assigns anything.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from lines_of_effort.models.assignments import Role
from strategy.core.models import Coded
from strategy.models import Conflict, Observation, Office, Silence

from ..models import Partner
from . import partnership, tasking
from .contact import AnswerPart, Contact
from .known import known_of
from .topics import Topic


@dataclass
class Answer:
    """Whom ``partner`` talks to about ``topic``; either may be left open."""

    partner: Partner | None
    topic: Topic | None
    contacts: list[Contact]
    silences: list[tuple[Silence, list[Coded]]]
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
    tasks = tasking.tasks_near(topic, notional)
    whole = tasking.whole(notional)
    contacts = [*tasking.tasked(topic, tasks), *tasking.nearest(topic, tasks, whole)]
    command = partnership.nation_of(partner).combatant_command if partner else ""
    offices = [contact.who for contact in [*contacts, *whole] if isinstance(contact.who, Office)]
    relations = tasking.relations_of(offices, command)
    if partner is not None:
        contacts += [
            *partnership.command(partner, relations, everybody),
            *partnership.own_bodies(partner, everybody),
            *partnership.agreed(partner),
            *partnership.joined(partner, topic),
            *partnership.engaged(partner, topic),
        ]
    contacts += whole
    tasking.note_changes(contacts, relations)

    about: list[Coded] = [partner] if partner else []
    about += [topic.record, *(a for a in topic.activities if a != topic.record)] if topic else []
    shown = [place.record for contact in contacts for place in contact.places]
    known = known_of([*about, *shown, *offices])
    for contact in contacts:
        contact.citations = known.cited(contact.places)
        if contact.part in (AnswerPart.TASKED, AnswerPart.NEAREST) and contact.who is not None:
            contact.conflicts = known.disputed([*(place.record for place in contact.places), contact.who])
    return Answer(partner, topic, contacts, known.unsaid(about), known.disputed(about), known.observed(about))
