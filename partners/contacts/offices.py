"""Contacts on the own side: offices by remit, those a source tasks, and the nearest where no source names a lead."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q

from lines_of_effort.models import Assignment
from lines_of_effort.models.assignments import Role
from strategy.core.cache import VersionedKeyCache
from strategy.core.models import Basis
from strategy.models import Mention, Office, OfficeRelation, OfficeTopic, TopicLink

from .contact import NOBODY, AnswerPart, CitationPlace, Contact, Succession
from .topics import TopicScope

MAX_ASSIGNMENTS = 200


def read_assignments(topic: TopicScope | None, notional: str) -> list[Assignment]:
    """Assignments of the topic's activities and of all others under its lines of effort; all without a topic."""
    rows = Assignment.objects.visible(notional).select_related("office", "activity__line_of_effort")
    if topic is not None:
        rows = rows.filter(Q(activity__in=topic.activities) | Q(activity__line_of_effort__in=topic.lines))
    return list(rows[:MAX_ASSIGNMENTS])


# By ``notional``: few, and the same for every question.
office_topics: VersionedKeyCache[str, list[OfficeTopic]] = VersionedKeyCache(
    lambda notionals: {
        notional: list(OfficeTopic.objects.visible(notional).main_first().select_related("office", "topic"))
        for notional in notionals
    }
)


def read_offices_of_subjects(topic: TopicScope | None, notional: str) -> list[OfficeTopic]:
    """The links of offices to the subject topics of the question, the main ones first."""
    if topic is None or not topic.subjects:
        return []
    wanted = {subject.pk for subject in topic.subjects}
    return [link for link in office_topics([notional])[notional] if link.topic_id in wanted]


def remit_contacts(topic: TopicScope | None, links: Iterable[OfficeTopic]) -> Iterator[Contact]:
    """The offices whose remit is a subject of the question. A line of effort has many: only the main offices then."""
    for link in links:
        main = link.weight == TopicLink.Weight.MAIN
        if main or (topic is not None and topic.by_subject):
            yield Contact(
                AnswerPart.REMIT,
                name=link.office.name,
                who=link.office,
                role="Main office to ask" if main else "Has a part in it",
                about=link.topic,
                standing=_standing(link.office),
                basis=link.basis,
                reason=link.reason,
                places=(CitationPlace(link.office, "topic_links", link.key), CitationPlace(link.office, "remit")),
            )


def tasked_contacts(topic: TopicScope | None, tasks: list[Assignment]) -> Iterator[Contact]:
    """The offices in each role of each activity, matched on one assignment, or that nobody leads or supports it.

    Without a topic only those who are named: there is no list of activities to be complete about.
    """
    if topic is None:
        yield from map(_tasked_contact, tasks)
        return
    for activity in topic.activities:
        for role in Role:
            in_role = [task for task in tasks if task.activity_id == activity.pk and task.role == role]
            yield from map(_tasked_contact, in_role)
            if not in_role and role != Role.COORDINATING:
                yield Contact(AnswerPart.TASKED, name=NOBODY, role=str(role.label), about=activity)


def _tasked_contact(task: Assignment) -> Contact:
    office = task.office
    return Contact(
        AnswerPart.TASKED,
        name=office.name,
        who=office,
        role=task.get_role_display(),
        about=task.activity,
        stated=", ".join(filter(None, (task.verb, task.office_as_stated))),
        standing=_standing(office),
        basis=task.basis,
        reason=task.relation_reason,
        places=(CitationPlace(task),),
    )


def _standing(office: Office) -> str:
    """How an office stands, in words; empty where no source says anything, so that it stands."""
    word, stated = office.get_status_display(), office.status_as_stated
    if stated.casefold().startswith(word.casefold()):
        return stated[:1].upper() + stated[1:]
    return ": ".join(filter(None, (word, stated)))


def nearest_contacts(
    topic: TopicScope | None,
    tasks: list[Assignment],
    strategy_wide: Iterable[Contact],
    by_remit: Iterable[OfficeTopic],
) -> Iterator[Contact]:
    """Where a topic has no lead: offices with a role in or beside it, and authors of the strategy.

    Our reading, never a task. ``strategy_wide`` are the contacts for the strategy as a whole. Where the subject of the
    question is known, no office is named that has nothing to do with it: none for its line of effort alone.
    """
    if topic is None:
        return
    topic_activities = {activity.pk for activity in topic.activities}
    if any(task.activity_id in topic_activities and task.role == Role.LEAD for task in tasks):
        return
    related = {link.office_id for link in by_remit}
    no_lead = f"No source names a lead for {topic.record.code}"
    for task in tasks:
        if task.activity_id in topic_activities:
            reason = f"{no_lead}; this office is named as {_role_words(task)} in it."
        elif topic.subjects and task.office_id not in related:
            continue
        else:
            line = task.activity.line_of_effort
            reason = (
                f"{no_lead}. This office is named as {_role_words(task)} of {task.activity}, "
                f"which stands under the same line of effort ({line})."
            )
        yield _nearest_contact(task.office, reason, (CitationPlace(task),))
    for contact in () if topic.subjects else strategy_wide:
        if isinstance(contact.who, Office) and contact.role == Mention.Kind.AUTHORSHIP.label:
            reason = f"{no_lead}. This office led the writing of the strategy."
            yield _nearest_contact(contact.who, reason, contact.places)


def _role_words(task: Assignment) -> str:
    return {Role.LEAD: "lead", Role.COORDINATING: "coordinator", Role.SUPPORTING: "support"}[Role(task.role)]


def _nearest_contact(office: Office, reason: str, places: tuple[CitationPlace, ...]) -> Contact:
    return Contact(
        AnswerPart.NEAREST,
        name=office.name,
        who=office,
        role="Nearest",
        standing=_standing(office),
        basis=Basis.INFERRED,
        reason=reason,
        places=places,
    )


def _read_mentions(notional: str) -> list[Any]:
    """Rows of offices in mentions, each with its ``mention`` and ``office``."""
    links = Mention.offices.through.objects.filter(mention__in=Mention.objects.visible(notional))
    return list(links.select_related("mention", "office").order_by("mention", "office"))


# By ``notional``: they are few, and the same for every partner and topic.
mentions: VersionedKeyCache[str, list[Any]] = VersionedKeyCache(
    lambda notionals: {notional: _read_mentions(notional) for notional in notionals}
)


def strategy_wide_contacts(notional: str) -> list[Contact]:
    """Offices that sources name for the strategy as a whole: its authors, and units designated without a task."""
    return [
        Contact(
            AnswerPart.WHOLE,
            name=link.office.name,
            who=link.office,
            role=link.mention.get_kind_display(),
            about=link.mention,
            stated=f"{link.mention.verb}, {link.mention.office_as_stated}",
            standing=_standing(link.office),
            basis=link.mention.basis,
            reason=link.mention.note,
            places=(CitationPlace(link.mention),),
        )
        for link in mentions([notional])[notional]
    ]


def read_relations(offices: Iterable[Office], command: str) -> list[OfficeRelation]:
    """Successions that touch ``offices``, and every relation of the combatant command with the code ``command``."""
    offices = list(offices)
    about = Q(kind="succeeded_by") & (Q(office__in=offices) | Q(other__in=offices))
    if command:
        about |= Q(office__code=command) | Q(other__code=command)
    return list(OfficeRelation.objects.filter(about).select_related("office", "other"))


def set_successions(contacts: Iterable[Contact], relations: Iterable[OfficeRelation]) -> None:
    """Sets ``changes`` of every contact that is an office: its successors and predecessors."""
    changes: dict[int, list[Succession]] = {}
    for relation in relations:
        if relation.kind == "succeeded_by":
            after = Succession("to be succeeded by", relation.other, relation.basis, relation.note)
            before = Succession("successor of", relation.office, relation.basis, relation.note)
            changes.setdefault(relation.office_id, []).append(after)
            changes.setdefault(relation.other_id, []).append(before)
    for contact in contacts:
        if isinstance(contact.who, Office):
            contact.changes = changes.get(contact.who.pk, [])
