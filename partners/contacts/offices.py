"""The offices' half of the answer: who is tasked, who takes whose place, and who is nearest where nobody is named."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q

from lines_of_effort.models import Activity, Assignment
from lines_of_effort.models.assignments import Role
from strategy.core.cache import VersionedKeyCache
from strategy.core.models import Basis
from strategy.models import Mention, Office, OfficeRelation

from .lines import NOBODY, AnswerPart, Change, Contact, Place
from .topics import Topic

MOST = 200


def tasks_near(topic: Topic | None, notional: str) -> list[Assignment]:
    """The assignments of the topic's activities and of the others under its lines; of all where none is chosen."""
    rows = Assignment.objects.visible(notional).select_related("office", "activity__line_of_effort")
    if topic is not None:
        rows = rows.filter(Q(activity__in=topic.activities) | Q(activity__line_of_effort__in=topic.lines))
    return list(rows[:MOST])


def tasked(topic: Topic | None, tasks: list[Assignment]) -> Iterator[Contact]:
    """For each activity every role and its offices, matched on one assignment; a role nobody holds says so.

    Without a topic there is no list of work to be complete about: only those who are named.
    """
    if topic is None:
        yield from map(_named, tasks)
        return
    for activity in topic.activities:
        own = [task for task in tasks if task.activity_id == activity.pk]
        for role in Role:
            held = [task for task in own if task.role == role]
            yield from map(_named, held)
            if not held and role != Role.COORDINATING:
                yield _nobody(activity, role)


def _named(task: Assignment) -> Contact:
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
        places=(Place(task),),
    )


def _nobody(activity: Activity, role: Role) -> Contact:
    return Contact(AnswerPart.TASKED, name=NOBODY, role=str(role.label), about=activity)


def _standing(office: Office) -> str:
    """An office in doubt says how it stands; of the others no source says anything, so that they stand."""
    word, stated = office.get_status_display(), office.status_as_stated
    if stated.casefold().startswith(word.casefold()):
        return stated[:1].upper() + stated[1:]
    return ": ".join(filter(None, (word, stated)))


def nearest(topic: Topic | None, tasks: list[Assignment], authors: Iterable[Contact]) -> Iterator[Contact]:
    """Where a topic has no lead: the offices named beside it, and who wrote the strategy. Our reading, never a task."""
    if topic is None:
        return
    own = {activity.pk for activity in topic.activities}
    if any(task.activity_id in own and task.role == Role.LEAD for task in tasks):
        return
    for task in tasks:
        if task.activity_id in own:
            why = f"No source names a lead for {topic.record.code}; this office is named as {_role(task)} in it."
        else:
            line = task.activity.line_of_effort
            why = (
                f"No source names a lead for {topic.record.code}. This office is named as {_role(task)} of "
                f"{task.activity}, which stands under the same line of effort ({line})."
            )
        yield _guess(task.office, why, (Place(task),))
    for author in authors:
        if isinstance(author.who, Office) and author.role == Mention.Kind.AUTHORSHIP.label:
            why = f"No source names a lead for {topic.record.code}. This office led the writing of the strategy."
            yield _guess(author.who, why, author.places)


def _role(task: Assignment) -> str:
    return {Role.LEAD: "lead", Role.COORDINATING: "coordinator", Role.SUPPORTING: "support"}[Role(task.role)]


def _guess(office: Office, why: str, places: tuple[Place, ...]) -> Contact:
    return Contact(
        AnswerPart.NEAREST,
        name=office.name,
        who=office,
        role="Nearest",
        standing=_standing(office),
        basis=Basis.INFERRED,
        reason=why,
        places=places,
    )


def _mentioned(notional: str) -> list[Any]:
    links = Mention.offices.through.objects.filter(mention__in=Mention.objects.visible(notional))
    return list(links.select_related("mention", "office").order_by("mention", "office"))


# They are few, and the same whoever asks about what.
mentioned: VersionedKeyCache[str, list[Any]] = VersionedKeyCache(
    lambda asked: {notional: _mentioned(notional) for notional in asked}
)


def whole(notional: str) -> list[Contact]:
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
            places=(Place(link.mention),),
        )
        for link in mentioned([notional])[notional]
    ]


def relations_of(offices: Iterable[Office], command: str) -> list[OfficeRelation]:
    """Who follows whom among ``offices``, and everything about the place of the command with the code ``command``."""
    offices = list(offices)
    about = Q(kind="succeeded_by") & (Q(office__in=offices) | Q(other__in=offices))
    if command:
        about |= Q(office__code=command) | Q(other__code=command)
    return list(OfficeRelation.objects.filter(about).select_related("office", "other"))


def note_changes(contacts: Iterable[Contact], relations: Iterable[OfficeRelation]) -> None:
    """Gives every office on the page its successors and predecessors."""
    changes: dict[int, list[Change]] = {}
    for relation in relations:
        if relation.kind == "succeeded_by":
            after = Change("to be succeeded by", relation.other, relation.basis, relation.note)
            before = Change("successor of", relation.office, relation.basis, relation.note)
            changes.setdefault(relation.office_id, []).append(after)
            changes.setdefault(relation.other_id, []).append(before)
    for contact in contacts:
        if isinstance(contact.who, Office):
            contact.changes = changes.get(contact.who.pk, [])
