"""Contacts on the partner's side: the command for its region, its own bodies, and what is done together."""

from collections.abc import Iterable, Iterator
from typing import Any

from strategy.core.cache import VersionedKeyCache
from strategy.core.models import display_date
from strategy.models import Office, OfficeRelation

from ..models import Agreement, Engagement, Membership, Partner, PartnerTopic
from .contact import NOBODY, AnswerPart, CitationPlace, Contact, name_order
from .topics import TopicScope

MAX_ENGAGEMENTS = 10
# Roles of the partner's own bodies.
PRINCIPAL, SIGNED, FOR_TOPIC = "Principal body for space", "Signed an agreement", "Counterpart for the topic"


def nation_of(partner: Partner) -> Partner:
    """The nation whose region decides the command: the partner, or the nation it belongs to or is hosted by."""
    return partner.nation or partner.host_nation or partner


def command_contacts(
    partner: Partner, relations: Iterable[OfficeRelation], partners: Iterable[Partner]
) -> Iterator[Contact]:
    """The combatant command for the region, the components presented to it, and our own units in the nation.

    ``relations`` are those of the command; ``partners`` are all partners, the own side included.
    """
    nation = nation_of(partner)
    code = nation.combatant_command
    offices = {office.code: office for relation in relations for office in (relation.office, relation.other)}
    if not code:
        yield Contact(AnswerPart.COMMAND, name=NOBODY, role="Combatant command", about=partner)
        return
    command: Office | None = offices.get(code)
    yield Contact(
        AnswerPart.COMMAND,
        name=command.name if command else code,
        who=command,
        role="Combatant command",
        about=nation,
        basis=nation.combatant_command_basis,
        reason=f"{nation.name} lies in its region ({nation.region}).",
        places=(CitationPlace(nation, "combatant_command"),),
    )
    components = [r for r in relations if r.kind == "presented_to" and r.other.code == code]
    for relation in components:
        yield Contact(
            AnswerPart.COMMAND,
            name=relation.office.name,
            who=relation.office,
            role="Space component",
            about=relation.other,
            stated=f"presented to {relation.other.code}",
            standing=relation.office.get_status_display(),
            basis=relation.basis,
            reason=relation.note,
            places=(CitationPlace(relation.office, "relations", relation.key), CitationPlace(relation.office)),
        )
    if not components:
        yield Contact(AnswerPart.COMMAND, name=NOBODY, role="Space component", about=command or nation)
    for body in partners:
        if body.relation == "own_side" and body.host_nation_id == nation.pk:
            yield Contact(
                AnswerPart.COMMAND,
                name=body.name,
                who=body,
                role="U.S. unit in the nation",
                about=nation,
                standing=body.get_status_display(),
                basis=body.basis,
                reason=body.note,
                places=(CitationPlace(body),),
            )


# By ``notional``: few, and the same for every question; by nation, the principal body first.
partner_topics: VersionedKeyCache[str, list[PartnerTopic]] = VersionedKeyCache(
    lambda notionals: {
        notional: list(PartnerTopic.objects.visible(notional).by_nation().select_related("partner__nation", "topic"))
        for notional in notionals
    }
)


def body_contacts(
    partner: Partner, partners: Iterable[Partner], topic: TopicScope | None, notional: str
) -> Iterator[Contact]:
    """The nation's bodies for space; of an organization, what it belongs to and what belongs to it.

    Those linked to the topic come first, those linked to other topics only last; then the principal ones.
    """
    bodies = [
        body
        for body in partners
        if body.pk != partner.pk
        and body.relation != "own_side"
        and (body.nation_id == partner.pk or body.parent_id == partner.pk or body.pk == partner.parent_id)
    ]
    wanted = {subject.pk for subject in topic.subjects} if topic else set()
    links: dict[int, PartnerTopic] = {}
    others: set[int] = set()
    for link in partner_topics([notional])[notional]:
        if link.topic_id not in wanted:
            others.add(link.partner_id)
        elif link.partner_id not in links or link.weight < links[link.partner_id].weight:
            links[link.partner_id] = link

    def order(body: Partner) -> tuple[Any, ...]:
        link = links.get(body.pk)
        away = bool(wanted) and link is None and body.pk in others
        # A unit below the command answers after it.
        return (
            link is None,
            link.weight if link else "",
            away,
            not body.principal,
            body.subkind == "unit",
            name_order(body.name),
        )

    for body in sorted(bodies, key=order):
        if body.pk in links:
            yield _topic_contact(links[body.pk], body, partner)
            continue
        yield Contact(
            AnswerPart.COUNTERPART,
            name=body.name,
            who=body,
            role=PRINCIPAL if body.principal else body.get_kind_display(),
            about=partner,
            standing=body.get_status_display(),
            dated=display_date(body.established) if body.established else "",
            basis=body.basis,
            reason=body.note,
            places=(CitationPlace(body),),
        )
    if not bodies:
        yield Contact(AnswerPart.COUNTERPART, name=NOBODY, role="Body for space", about=partner)


def _topic_contact(link: PartnerTopic, body: Partner, nation: Partner) -> Contact:
    return Contact(
        AnswerPart.COUNTERPART,
        name=body.name,
        who=body,
        role=FOR_TOPIC,
        about=nation,
        standing=body.get_status_display(),
        dated=display_date(body.established) if body.established else "",
        basis=link.basis,
        reason=link.reason,
        places=(CitationPlace(body, "topic_links", link.key), CitationPlace(body)),
    )


def all_nations_contacts(topic: TopicScope, notional: str) -> Iterator[Contact]:
    """The counterparts of every nation for the subjects of the question, by nation, the principal body first."""
    wanted = {subject.pk for subject in topic.subjects}
    for link in partner_topics([notional])[notional]:
        if link.topic_id in wanted:
            yield _topic_contact(link, link.partner, link.partner.nation or link.partner)


def agreement_contacts(agreements: Iterable[Agreement]) -> Iterator[Contact]:
    """Who signed for the partner, for each agreement."""
    for agreement in agreements:
        yield Contact(
            AnswerPart.COUNTERPART,
            name=agreement.counterpart_as_stated,
            who=agreement.counterpart,
            role=SIGNED,
            about=agreement,
            stated=agreement.counterpart_as_stated,
            dated=display_date(agreement.date) if agreement.date else "",
            basis=agreement.basis,
            reason=agreement.note,
            places=(CitationPlace(agreement),),
        )


def framework_contacts(partner: Partner, topic: TopicScope | None) -> Iterator[Contact]:
    """The leads of frameworks the partner belongs to; with a topic, of those under its lines of effort."""
    rows = Membership.objects.filter(partner=partner).select_related("framework__line_of_effort", "framework__lead")
    if topic is not None:
        rows = rows.filter(framework__line_of_effort__in=topic.lines)
    for membership in rows:
        framework = membership.framework
        yield Contact(
            AnswerPart.FRAMEWORK,
            name=framework.lead.name if framework.lead else NOBODY,
            who=framework.lead,
            role="Leads the framework",
            about=framework,
            stated=f"{partner.name}: {membership.get_role_display().lower()}",
            dated=display_date(membership.since) if membership.since else "",
            basis=framework.line_basis or membership.basis,
            reason=framework.line_reason,
            places=(CitationPlace(membership), CitationPlace(framework)),
        )


def engagement_contacts(partner: Partner, topic: TopicScope | None) -> Iterator[Contact]:
    """The hosts of the partner's newest engagements; with a topic, of those under its lines of effort."""
    rows = Engagement.objects.of_partner(partner).newest_first().for_list()
    if topic is not None:
        rows = rows.under_lines(topic.lines)
    for engagement in rows[:MAX_ENGAGEMENTS]:
        yield Contact(
            AnswerPart.ENGAGEMENT,
            name=", ".join(host.name for host in engagement.hosts) or NOBODY,
            role="Host",
            who=engagement.hosts[0] if len(engagement.hosts) == 1 else None,
            about=engagement,
            standing=engagement.get_status_display(),
            dated=engagement.when,
            basis=engagement.line_basis or engagement.basis,
            reason=engagement.line_reason,
            places=(CitationPlace(engagement),),
        )
