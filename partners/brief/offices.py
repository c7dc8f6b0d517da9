"""The brief of an office: what it leads, coordinates and supports, and what could stop that."""

from collections.abc import Sequence

from django.db import models

from lines_of_effort.models import ActivityMeans, ActivityRisk
from lines_of_effort.models.assignments import Role
from lines_of_effort.tasking.office import RoleTasks, Task, Tasking
from strategy.core.models import display_date
from strategy.core.views import list_url
from strategy.models import Means, OfficeHead, OfficeRelation, Risk

from .brief import MAX_LINES, BriefReader, Draft, Line, draft_of, join_words, record_line

TITLES = {Role.LEAD: "Leads", Role.COORDINATING: "Coordinates", Role.SUPPORTING: "Supports"}


class OfficeBrief(BriefReader):
    """Reads the brief of an office, which must have been read ``with_tasking_counts``."""

    kind = "Office"

    def facts(self) -> list[tuple[str, str]]:
        office = self.record
        relations = list(office.relations.select_related("other"))
        above = [row.other for row in relations if row.kind == OfficeRelation.Kind.PART_OF]
        later = [row.other for row in relations if row.kind == OfficeRelation.Kind.SUCCEEDED_BY]
        return [
            ("Echelon", office.get_echelon_display()),
            ("Part of", join_words(*(f"{other.name} ({other.code})" for other in above))),
            ("Standing", join_words(office.get_status_display(), office.status_as_stated)),
            ("Succeeded by", join_words(*(f"{other.name} ({other.code})" for other in later))),
            ("Headed by", join_words(*(head_words(head) for head in office.heads.all()))),
            ("Link to the strategy", office.get_link_display()),
            ("Remit, not an assignment", office.remit and f"{office.remit} ({office.get_remit_basis_display()})"),
        ]

    def drafts(self) -> list[Draft]:
        office, tasking = self.record, Tasking(self.record)
        risks = Risk.objects.filter(pk__in=ActivityRisk.objects.of_office(office).values("risk"))
        means = Means.objects.filter(pk__in=ActivityMeans.objects.of_office(office).values("means"))
        return [
            *(self._tasks(group) for group in tasking.roles),
            draft_of("What could stop it", risks, record_line, list_url(office, "risk", office=office.code)),
            draft_of("Means", means, record_line, list_url(office, "means", office=office.code)),
        ]

    def _tasks(self, group: RoleTasks) -> Draft:
        tasks = group.tasks[:MAX_LINES]
        return Draft(TITLES[Role(group.role)], tasks, task_line, group.count, group.url, _cited)


def head_words(head: OfficeHead) -> str:
    """Who heads an office, or was named to, and as of when."""
    status = "" if head.status == OfficeHead.Status.HOLDS else f", {head.get_status_display().lower()}"
    return f"{head.person}{status}, as of {display_date(head.as_of)}"


def _cited(task: Task) -> Sequence[models.Model]:
    return (task.assignment,)


def task_line(task: Task) -> Line:
    """The activity of a task with its line of effort, its goals and the other offices on it."""
    activity = task.activity
    goals = [link.goal.code for link in (task.goals or task.line_goals)]
    others = (f"also {other.get_role_display().lower()}: {other.office.code}" for other in task.others)
    words = join_words(
        activity.line_of_effort.title if activity.line_of_effort else "no line of effort",
        f"serves {', '.join(goals)}" if goals else "",
        *others,
    )
    return record_line(activity, words, task.assignment.basis)
