"""The tasking of one office as its page shows it: roles, other offices on the same activities, and goals served."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from strategy.core.cache import VersionedKeyCache
from strategy.core.exports import MEDIA_TYPES
from strategy.core.views import list_url

from ..models import Activity, ActivityGoal, Assignment, LineGoal, LineOfEffort
from ..querysets import COORDINATING, LEAD, ROLES, SUPPORTING

# Cards on an office's page; the rest is one click away in the list of assignments.
MAX_TASKS = 30
# Squares that are still told apart at a glance.
MAX_SQUARES = 60
# What is shown of the other offices.
OTHER_OFFICE = ("office__code", "office__name", "office__status")
# The attribute that ``with_tasking_counts`` gives an office, by role.
COUNT_ATTRIBUTES = {LEAD: "leads", COORDINATING: "coordinates", SUPPORTING: "supports"}

# What an office in a role does, in a sentence.
ROLE_VERBS = {"lead": "leads", "coordinating": "coordinates", "supporting": "supports"}


@dataclass
class Task:
    """One role of the office on one activity, with the other offices on it, and the goals it serves.

    ``line_goals`` are those of its line of effort, read only where the activity is linked to no goal of its own.
    """

    assignment: Assignment
    others: list[Assignment] = field(default_factory=list)
    goals: list[ActivityGoal] = field(default_factory=list)
    line_goals: list[LineGoal] = field(default_factory=list)

    @property
    def activity(self) -> Activity:
        return self.assignment.activity

    @property
    def others_by_role(self) -> list[tuple[str, list[Assignment]]]:
        """The other offices, for each role; the list is empty for a role that no other office has."""
        return [(role, [other for other in self.others if other.role == role]) for role in ROLES]


@dataclass
class RoleTasks:
    """An office's tasks in one role: their number, those shown, and the address of the list of all."""

    role: str
    count: int
    tasks: list[Task]
    url: str

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.tasks)


@dataclass
class Square:
    """One activity in the fingerprint, with the strongest role the office has on it; empty where it has none."""

    activity: Activity
    role: str = ""


def _read_activities(keys: list[frozenset[int]]) -> dict[frozenset[int], tuple[Activity, ...] | None]:
    """All activities of the strategies in each key, by line of effort; None where they are more than MAX_SQUARES."""
    activities: dict[frozenset[int], tuple[Activity, ...] | None] = {}
    for key in keys:
        rows = tuple(Activity.objects.filter(strategy__in=key).by_line()[: MAX_SQUARES + 1])
        activities[key] = rows if len(rows) <= MAX_SQUARES else None
    return activities


# What every fingerprint shows is read once for the pages of all offices.
_squares = VersionedKeyCache(_read_activities, max_size=100)


class Tasking:
    """The tasking of an office, which must have been read ``with_tasking_counts``: three or four queries.

    Only assignments count: being mentioned, or owning a mitigation, is no task. ``squares`` are the fingerprint by
    line of effort; ``squares_cut`` says that it shows the office's own activities only.
    """

    suffixes = tuple(MEDIA_TYPES)

    def __init__(self, office: Any):
        self.office = office
        self.roles = [self._role_tasks(role) for role in ROLES]
        self.total = sum(role_tasks.count for role_tasks in self.roles)
        self.squares: list[tuple[LineOfEffort | None, list[Square]]] = []
        self.squares_cut = False
        if self.total:
            self._read_tasks()
            attach_goals(self.tasks)
            self._read_squares()

    def _role_tasks(self, role: str) -> RoleTasks:
        url = list_url(self.office, "assignment", office=self.office.code, role=role)
        return RoleTasks(role, getattr(self.office, COUNT_ATTRIBUTES[role]), [], url)

    @property
    def unnamed(self) -> list[str]:
        """What no source says the office does: "leads", "coordinates", "supports"."""
        return [ROLE_VERBS[role_tasks.role] for role_tasks in self.roles if not role_tasks.count]

    @property
    def tasks(self) -> list[Task]:
        """The tasks shown, of all roles."""
        return [task for role_tasks in self.roles for task in role_tasks.tasks]

    @property
    def rows(self) -> list[Assignment]:
        """The office's own assignments, whose citations its page shows."""
        return [task.assignment for task in self.tasks]

    def _read_tasks(self) -> None:
        rows = Assignment.objects.on_activities_of(self.office, MAX_TASKS)
        others: dict[int, list[Assignment]] = defaultdict(list)
        for row in rows.exclude(office=self.office).select_related("office").only("activity", "role", *OTHER_OFFICE):
            others[row.activity_id].append(row)
        by_role = {role_tasks.role: role_tasks for role_tasks in self.roles}
        for row in rows.filter(office=self.office).with_task():
            by_role[row.role].tasks.append(Task(row, others[row.activity_id]))
        for role_tasks in self.roles:
            role_tasks.tasks.sort(key=lambda task: task.activity.code_order)

    def _read_squares(self) -> None:
        roles: dict[int, str] = {}
        for task in self.tasks:
            roles.setdefault(task.activity.pk, task.assignment.role)
        strategies = {task.activity.strategy_id for task in self.tasks}
        activities: Iterable[Activity] | None = _squares([frozenset(strategies)])[frozenset(strategies)]
        self.squares_cut = activities is None
        if activities is None:
            activities = {task.activity.pk: task.activity for task in self.tasks}.values()
        groups: dict[LineOfEffort | None, list[Square]] = defaultdict(list)
        for activity in activities:
            groups[activity.line_of_effort].append(Square(activity, roles.get(activity.pk, "")))
        self.squares = sorted(groups.items(), key=lambda item: item[0].code_order if item[0] else "~")


def attach_goals(tasks: list[Task]) -> None:
    """Sets the ``goals`` of each task or, where its activity has none, the ``line_goals``."""
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
        links = LineGoal.objects.filter(line_of_effort__in=lines).for_list()
        for line_link in links.order_by("goal__order", "strength"):
            # A goal served by all lines together and by this line itself is one goal.
            line_goals[line_link.line_of_effort_id].setdefault(line_link.goal_id, line_link)
    for task in tasks:
        task.goals = goals[task.activity.pk]
        task.line_goals = [] if task.goals else list(line_goals[task.activity.line_of_effort_id].values())
