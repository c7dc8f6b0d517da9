"""What one office is tasked with: its roles, who else is on the same activities, and which ends they serve."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from strategy.core.exports import MEDIA_TYPES
from strategy.core.views import list_url

from ..models import Activity, ActivityGoal, Assignment, LineGoal, LineOfEffort
from ..querysets import COORDINATING, LEAD, ROLES, SUPPORTING

# Cards on an office's page; the rest is one click away in the list of assignments.
MOST_TASKS = 30
# Squares that are still told apart at a glance.
MOST_SQUARES = 60
COUNT_OF = {LEAD: "leads", COORDINATING: "coordinates", SUPPORTING: "supports"}


@dataclass
class Task:
    """One role on one activity, with the others on it, and the way and the ends above it."""

    assignment: Assignment
    others: list[Assignment] = field(default_factory=list)
    goals: list[ActivityGoal] = field(default_factory=list)
    # The ends of its line of effort, asked for only where the activity is linked to no goal of its own.
    line_goals: list[LineGoal] = field(default_factory=list)

    @property
    def activity(self) -> Activity:
        return self.assignment.activity

    @property
    def others_by_role(self) -> list[tuple[str, list[Assignment]]]:
        """The other offices, by role; a role nobody else has is an empty list, so that it can be said."""
        return [(role, [other for other in self.others if other.role == role]) for role in ROLES]


@dataclass
class RoleTasks:
    """An office's tasks in one role: how many there are, those shown, and where all of them are."""

    role: str
    count: int
    tasks: list[Task]
    url: str

    @property
    def more(self) -> int:
        return self.count - len(self.tasks)


@dataclass
class Square:
    """One activity in the fingerprint, with the strongest role the office has on it, if any."""

    activity: Activity
    role: str = ""


class Tasking:
    """The tasking of an office that was read ``with_tasking_counts``: three or four queries, however much it is.

    Only assignments count. Being mentioned, or owning a mitigation, is no task.
    """

    suffixes = tuple(MEDIA_TYPES)

    def __init__(self, office: Any):
        self.office = office
        self.roles = [self._role(role) for role in ROLES]
        self.total = sum(one.count for one in self.roles)
        self.squares: list[tuple[LineOfEffort | None, list[Square]]] = []
        self.squares_cut = False
        if self.total:
            self._read_tasks()
            attach_goals(self.tasks)
            self._read_squares()

    def _role(self, role: str) -> RoleTasks:
        url = list_url(self.office, "assignment", office=self.office.code, role=role)
        return RoleTasks(role, getattr(self.office, COUNT_OF[role]), [], url)

    @property
    def tasks(self) -> list[Task]:
        return [task for one in self.roles for task in one.tasks]

    @property
    def rows(self) -> list[Assignment]:
        """The office's own assignments, whose citations its page shows."""
        return [task.assignment for task in self.tasks]

    def _read_tasks(self) -> None:
        on_activity: dict[int, list[Assignment]] = defaultdict(list)
        for row in Assignment.objects.on_activities_of(self.office, MOST_TASKS):
            on_activity[row.activity_id].append(row)
        by_role = {one.role: one for one in self.roles}
        for rows in on_activity.values():
            others = [row for row in rows if row.office_id != self.office.pk]
            for row in rows:
                if row.office_id == self.office.pk:
                    by_role[row.role].tasks.append(Task(row, others))
        for one in self.roles:
            one.tasks.sort(key=lambda task: task.activity.code_order)

    def _read_squares(self) -> None:
        roles: dict[int, str] = {}
        for task in self.tasks:
            roles.setdefault(task.activity.pk, task.assignment.role)
        strategies = {task.activity.strategy_id for task in self.tasks}
        activities = list(Activity.objects.filter(strategy__in=strategies).by_line()[: MOST_SQUARES + 1])
        self.squares_cut = len(activities) > MOST_SQUARES
        if self.squares_cut:
            activities = list({task.activity.pk: task.activity for task in self.tasks}.values())
        groups: dict[LineOfEffort | None, list[Square]] = defaultdict(list)
        for activity in activities:
            groups[activity.line_of_effort].append(Square(activity, roles.get(activity.pk, "")))
        self.squares = sorted(groups.items(), key=lambda item: item[0].code_order if item[0] else "~")


def attach_goals(tasks: list[Task]) -> None:
    """Gives each task the goals of its activity or, where that has none, those of its line of effort."""
    goals: dict[int, list[ActivityGoal]] = defaultdict(list)
    for link in ActivityGoal.objects.filter(activity__in={task.activity.pk for task in tasks}).for_list():
        goals[link.activity_id].append(link)
    lines = {
        task.activity.line_of_effort_id
        for task in tasks
        if task.activity.line_of_effort_id and not goals[task.activity.pk]
    }
    line_goals: dict[int | None, dict[int, LineGoal]] = defaultdict(dict)
    if lines:
        for way in LineGoal.objects.filter(line_of_effort__in=lines).for_list().order_by("goal__order", "strength"):
            # A goal served by all lines together and by this line itself is one goal.
            line_goals[way.line_of_effort_id].setdefault(way.goal_id, way)
    for task in tasks:
        task.goals = goals[task.activity.pk]
        task.line_goals = [] if task.goals else list(line_goals[task.activity.line_of_effort_id].values())
