"""The answer to "whom does a partner talk to about a topic?", as far as any source gives one.

The Government Accountability Office found that allies cannot tell. Every contact is what a source says, or is marked
as our reading with its reason; where nobody is named, a contact says so. Nothing here assigns anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lines_of_effort.models.assignments import Role
from strategy.core.models import CodedModel
from strategy.evidence import EvidenceIndex
from strategy.models import Conflict, Observation, Office, Silence

from ..models import Agreement, Partner
from . import counterparts, offices, subjects
from .contact import AnswerPart, Contact
from .topics import TopicScope

TITLE = "Whom do I talk to?"


@dataclass
class ContactsAnswer:
    """Whom ``partner`` talks to about ``topic``; either may be None.

    ``silences`` (each with its records), ``conflicts`` and ``observations`` are those about the partner and the topic.
    """

    partner: Partner | None
    topic: TopicScope | None
    contacts: list[Contact]
    silences: list[tuple[Silence, list[CodedModel]]]
    conflicts: list[Conflict]
    observations: list[Observation]

    @property
    def title(self) -> str:
        """The question as the title of the page."""
        if self.partner and self.topic:
            return f"Whom does {self.partner.spoken_name} talk to about {self.topic.spoken_name}?"
        if self.partner:
            return f"Whom does {self.partner.spoken_name} talk to?"
        if self.topic:
            return f"Whom do I talk to about {self.topic.spoken_name}?"
        return TITLE

    def of(self, part: AnswerPart) -> list[Contact]:
        """The contacts of one part."""
        return [contact for contact in self.contacts if contact.part == part]

    @property
    def named(self) -> list[Contact]:
        """Offices that a source names for work in the topic, each with its role in one activity."""
        return [contact for contact in self.of(AnswerPart.TASKED) if contact.who]

    def in_role(self, role: Role) -> list[Contact]:
        """The named offices in one role."""
        return [contact for contact in self.named if contact.role == role.label]

    @property
    def principals(self) -> list[Contact]:
        """The partner's bodies to name in short: those for the topic, else the principal ones, else all known."""
        bodies = [contact for contact in self.of(AnswerPart.COUNTERPART) if contact.role != counterparts.SIGNED]
        for role in (counterparts.FOR_TOPIC, counterparts.PRINCIPAL):
            if chosen := [contact for contact in bodies if contact.role == role]:
                return chosen
        return bodies


def build_answer(
    partner: Partner | None, topic: TopicScope | None, partners: Sequence[Partner], notional: str
) -> ContactsAnswer:
    """The whole answer in a fixed number of queries. ``partners`` are all partners, the own side included."""
    tasks = offices.read_assignments(topic, notional)
    strategy_wide = offices.strategy_wide_contacts(notional)
    by_remit = offices.read_offices_of_subjects(topic, notional)
    contacts = [
        *offices.remit_contacts(topic, by_remit),
        *offices.tasked_contacts(topic, tasks),
        *offices.nearest_contacts(topic, tasks, strategy_wide, by_remit),
    ]
    command = counterparts.nation_of(partner).combatant_command if partner else ""
    named_offices = [contact.who for contact in [*contacts, *strategy_wide] if isinstance(contact.who, Office)]
    relations = offices.read_relations(named_offices, command)
    agreements: list[Agreement] = []
    if partner is not None:
        signed = Agreement.objects.of_partner(partner)
        agreements = list(signed.select_related("framework", "nation", "counterpart"))
        contacts += [
            *counterparts.command_contacts(partner, relations, partners),
            *counterparts.body_contacts(partner, partners, topic, notional),
            *counterparts.agreement_contacts(agreements),
        ]
    elif topic is not None and topic.by_subject:
        contacts += counterparts.all_nations_contacts(topic, notional)
    if topic is not None and topic.by_subject:
        contacts += [
            *subjects.framework_contacts(partner, topic, agreements, notional),
            *subjects.engagement_contacts(partner, topic, notional),
        ]
    elif partner is not None:
        contacts += [
            *counterparts.framework_contacts(partner, topic),
            *counterparts.engagement_contacts(partner, topic),
        ]
    contacts += strategy_wide
    offices.set_successions(contacts, relations)

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
        if contact.part in (AnswerPart.REMIT, AnswerPart.TASKED, AnswerPart.NEAREST) and contact.who is not None:
            contact.conflicts = evidence.conflicts(*(place.record for place in contact.places), contact.who)
    silences = sorted(evidence.silences_with_records(about), key=lambda pair: pair[0].code_order)
    conflicts, observations = evidence.conflicts(*about), evidence.observations(*about)
    return ContactsAnswer(partner, topic, contacts, silences, conflicts, observations)
