"""An office's tasking as plain text, to be pasted into a message: every line says how well it is supported."""

from collections.abc import Callable, Iterator

from strategy.models import Citation

from ..models import Assignment
from ..querysets import COORDINATING, LEAD, SUPPORTING
from .office import RoleTasks, Task, Tasking

HEADINGS = {LEAD: "LEADS", COORDINATING: "COORDINATES", SUPPORTING: "SUPPORTS"}
NONE = {
    LEAD: "No source names this office as the lead of an activity.",
    COORDINATING: "No source names this office as coordinating an activity.",
    SUPPORTING: "No source names this office as supporting an activity.",
}
CitationsOf = Callable[[Assignment], list[Citation]]


def tasking_text(tasking: Tasking, citations_of: CitationsOf, address: str) -> str:
    """The whole text; ``address`` is that of the office's page."""
    return "\n".join(_lines(tasking, citations_of, address)) + "\n"


def _lines(tasking: Tasking, citations_of: CitationsOf, address: str) -> Iterator[str]:
    office = tasking.office
    if office.notional:
        yield "NOTIONAL TRAINING CONTENT: INVENTED, NOT THE STRATEGY"
    yield f"{office.name.upper()} ({office.code})"
    documents = {task.activity.strategy.code: task.activity.strategy for task in tasking.tasks}
    for document in documents.values():
        yield ", ".join(filter(None, (document.title, document.publisher)))
    yield f"Tie to the strategy: {office.get_link_display()}."
    if not office.stands:
        yield f"Standing: {office.get_status_display().upper()}. {office.status_as_stated}".rstrip()
    if not tasking.total:
        yield "\nNo source tasks this office with an activity."
    else:
        for group in tasking.roles:
            yield f"\n{HEADINGS[group.role]}"
            yield from _role(group, citations_of)
    yield f"\n{address}"


def _role(group: RoleTasks, citations_of: CitationsOf) -> Iterator[str]:
    if not group.count:
        yield f"  {NONE[group.role]}"
    for task in group.tasks:
        yield from (f"  {line}" for line in _task(task, citations_of(task.assignment)))
    if group.more > 0:
        yield f"  And {group.more} more, in the list of assignments."


def _task(task: Task, citations: list[Citation]) -> Iterator[str]:
    one, activity = task.assignment, task.activity
    yield f"{activity.code}  {activity.title}"
    if one.verb:
        yield f"    Verb in the source: {one.verb}. Office as stated: {one.office_as_stated or 'not recorded'}."
    sources = ", ".join(dict.fromkeys(citation.source.code for citation in citations if citation.source))
    yield f"    Basis: {one.get_basis_display().lower()}.{f' Sources: {sources}.' if sources else ''}"
    if one.relation:
        reading = f", {one.get_relation_basis_display().lower()}" if one.relation_basis else ""
        yield f"    Relation to the others in this role: {one.get_relation_display().lower()}{reading}."
    line = activity.line_of_effort
    placed = f"{line.title} ({activity.get_line_basis_display().lower()})" if line else "none that a source names"
    yield f"    Line of effort: {placed}."
    if task.goals:
        goals = [f"{link.goal.code} {link.goal.title} ({link.get_basis_display().lower()})" for link in task.goals]
        yield f"    Serves: {'; '.join(goals)}."
    elif task.line_goals:
        served = "; ".join(f"{link.goal.code} {link.goal.title}" for link in task.line_goals)
        yield f"    Serves, through its line of effort: {served}."
    else:
        yield "    Serves: no source links this activity to a goal."
    for role, others in task.others_by_role:
        if others:
            named = ", ".join(f"{other.office.code} {other.office.name}" for other in others)
            yield f"    Also {HEADINGS[role].lower()}: {named}."
    if LEAD not in {one.role, *(other.role for other in task.others)}:
        yield "    No source names a lead of it."
    if not task.others:
        yield "    No source names another office on this activity."
