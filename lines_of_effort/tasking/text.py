"""The tasking of an office as plain text, to paste into a message; every task says on which basis it stands."""

from collections.abc import Callable, Iterator

from strategy.models import Citation

from ..models import Assignment
from ..querysets import COORDINATING, LEAD, SUPPORTING
from .office import RoleTasks, Task, Tasking

HEADINGS = {LEAD: "LEADS", COORDINATING: "COORDINATES", SUPPORTING: "SUPPORTS"}
# What is said of a role that no source gives the office.
NOT_STATED = {
    LEAD: "No source names this office as the lead of an activity.",
    COORDINATING: "No source names this office as coordinating an activity.",
    SUPPORTING: "No source names this office as supporting an activity.",
}
CitationsOf = Callable[[Assignment], list[Citation]]


def tasking_text(tasking: Tasking, citations_of: CitationsOf, address: str) -> str:
    """The whole text. ``citations_of`` gives the citations of an assignment; ``address`` is that of the page."""
    return "\n".join(_lines(tasking, citations_of, address)) + "\n"


def _lines(tasking: Tasking, citations_of: CitationsOf, address: str) -> Iterator[str]:
    office = tasking.office
    if office.notional:
        yield "NOTIONAL TRAINING CONTENT: INVENTED, NOT THE STRATEGY"
    yield f"{office.name.upper()} ({office.code})"
    documents = {task.activity.strategy.code: task.activity.strategy for task in tasking.tasks}
    for document in documents.values():
        yield ", ".join(filter(None, (document.title, document.publisher)))
    yield f"Link to the strategy: {office.get_link_display()}."
    if not office.stands:
        yield f"Standing: {office.get_status_display().upper()}. {office.status_as_stated}".rstrip()
    if not tasking.total:
        yield "\nNo source tasks this office with an activity."
    else:
        for group in tasking.roles:
            yield f"\n{HEADINGS[group.role]}"
            yield from _role_lines(group, citations_of)
    yield f"\n{address}"


def _role_lines(group: RoleTasks, citations_of: CitationsOf) -> Iterator[str]:
    if not group.count:
        yield f"  {NOT_STATED[group.role]}"
    for task in group.tasks:
        yield from (f"  {line}" for line in _task_lines(task, citations_of(task.assignment)))
    if group.more > 0:
        yield f"  And {group.more} more, in the list of assignments."


def _task_lines(task: Task, citations: list[Citation]) -> Iterator[str]:
    assignment, activity = task.assignment, task.activity
    yield f"{activity.code}  {activity.title}"
    if assignment.verb:
        stated = assignment.office_as_stated or "not recorded"
        yield f"    Verb in the source: {assignment.verb}. Office as stated: {stated}."
    sources = ", ".join(dict.fromkeys(citation.source.code for citation in citations if citation.source))
    yield f"    Basis: {assignment.get_basis_display().lower()}.{f' Sources: {sources}.' if sources else ''}"
    if assignment.relation:
        reading = f", {assignment.get_relation_basis_display().lower()}" if assignment.relation_basis else ""
        yield f"    Relation to the others in this role: {assignment.get_relation_display().lower()}{reading}."
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
    if LEAD not in {assignment.role, *(other.role for other in task.others)}:
        yield "    No source names a lead of it."
    if not task.others:
        yield "    No source names another office on this activity."
