"""The tasks of an office, and how one goes to another office."""

from collections.abc import Sequence

from strategy.core.models import Basis, display_date
from strategy.models import Mitigation, Office
from strategy.proposals.operations import save

from ..models import Assignment

# Where a task goes, other than to an office whose code is given.
END, KEEP = "end", "keep"


def tasks_of(office: Office) -> Sequence[Assignment | Mitigation]:
    """The assignments of an office and the mitigations that it owns."""
    assignments = Assignment.objects.filter(office=office).select_related("activity", "office")
    return [*assignments, *Mitigation.objects.filter(owner=office)]


def move_task(task: Assignment | Mitigation, target: Office | None, date: str) -> list[str]:
    """Gives a task to another office, or ends it; sentences about what deserves attention.

    What its sources said stays with it: the office as they state it, and that the new one is our reading. A task that
    the new office has already ends, for it would stand there twice.
    """
    if isinstance(task, Mitigation):
        task.owner = target
        save(task)
        return [] if target else [f"{task.code} {task.title} has no owner any more."]
    activity = task.activity
    if target is None:
        _delete(task)
        return [f"No office takes over: {task.label}."] if task.role == "lead" else []
    others = Assignment.objects.filter(activity=activity, office=target).exclude(pk=task.pk)
    roles = {row.role: row.get_role_display().lower() for row in others}
    if task.role in roles:
        _delete(task)
        return [f"{target.code} is {roles[task.role]} on {activity.code} already; the task of {task.office.code} ends."]
    former = task.office
    task.office_as_stated = task.office_as_stated or former.name
    task.office, task.basis = target, Basis.INFERRED
    took_over = f"Taken over from {former.code} ({display_date(date)})."
    task.note = f"{task.note}\n{took_over}" if task.note else took_over
    save(task)
    return [
        f"{target.code} is {role} and would be {task.get_role_display().lower()} on {activity.code} too."
        for role in roles.values()
    ]


def _delete(task: Assignment) -> None:
    """Deletes an assignment; one that is then alone in its role has no relation to others there."""
    task.delete()
    alone = list(Assignment.objects.filter(activity=task.activity, role=task.role)[:2])
    if len(alone) == 1 and alone[0].relation:
        alone[0].relation = alone[0].relation_basis = alone[0].relation_reason = ""
        save(alone[0])
