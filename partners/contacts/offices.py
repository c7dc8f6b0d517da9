"""Contacts on the own side: offices that a source tasks, and the nearest ones where no source names a lead."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q

from lines_of_effort.models import Assignment
from lines_of_effort.models.assignments import Role
from strategy.core.cache import VersionedKeyCache
from strategy.core.models import Basis
from strategy.models import Mention, Office, OfficeRelation

from .contact import NOBODY, AnswerPart, CitationPlace, Contact, Succession
from .topics import Topic

MAX_ASSIGNMENTS = 200


def read_assignments(topic: Topic | None, notional: str) -> list[Assignment]:
    """Assignments of the topic's activities and of all others under its lines of effort; all without a topic."""
    rows = Assignment.objects.visible(notional).select_related("office", "activity__line_of_effort")
    if topic is not None:
        rows = rows.filter(Q(activity__in=topic.activities) | Q(activity__line_of_effort__in=topic.lines))
    return list(rows[:MAX_ASSIGNMENTS])


def tasked_contacts(topic: Topic | None, tasks: list[Assignment]) -> Iterator[Contact]:
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
    topic: Topic | None, tasks: list[Assignment], strategy_wide: Iterable[Contact]
) -> Iterator[Contact]:
    """Where a topic has no lead: offices with a role in or beside it, and authors of the strategy.

    Our reading, never a task. ``strategy_wide`` are the contacts for the strategy as a whole.
    """
    if topic is None:
        return
    topic_activities = {activity.pk for activity in topic.activities}
    if any(task.activity_id in topic_activities and task.role == Role.LEAD for task in tasks):
        return
    no_lead = f"No source names a lead for {topic.record.code}"
    for task in tasks:
        if task.activity_id in topic_activities:
            reason = f"{no_lead}; this office is named as {_role_words(task)} in it."
        else:
            line = task.activity.line_of_effort
            reason = (
                f"{no_lead}. This office is named as {_role_words(task)} of {task.activity}, "
                f"which stands under the same line of effort ({line})."
            )
        yield _nearest_contact(task.office, reason, (CitationPlace(task),))
    for contact in strategy_wide:
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
