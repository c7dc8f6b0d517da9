"""What the home page begins with for a reader who has set an office: its work, and what is known and missing of it."""

from dataclasses import dataclass
from typing import Any

from lines_of_effort.models import Assignment
from lines_of_effort.tasking.office import RoleTasks, Tasking
from partners.models import Framework, Partner
from strategy.core.models import CodedModel, Notional
from strategy.findings import FindingResult, findings_among
from strategy.models import Goal, Office


@dataclass
class MyOfficePanel:
    """The work of the reader's office.

    ``beside`` are the other offices on its activities, ``frameworks`` those it leads, ``counterpart`` is it among the
    partners. ``findings`` are those that concern it or one of its tasks, with the number of its records.
    """

    office: Any
    roles: list[RoleTasks]
    unnamed: list[str]
    goals: list[Goal]
    beside: list[Office]
    frameworks: list[Framework]
    counterpart: Partner | None
    findings: list[FindingResult]


def my_office_panel(office: Office) -> MyOfficePanel:
    """Reads the panel of an office."""
    tasking = Tasking(Office.objects.with_tasking_counts().get(pk=office.pk))
    links: list[Any] = [link for task in tasking.tasks for link in (*task.goals, *task.line_goals)]
    beside = (other.office for task in tasking.tasks for other in task.others)
    notional = Notional.ONLY if office.notional else Notional.EXCLUDE
    own = Office.objects.filter(pk=office.pk), Assignment.objects.filter(office=office)
    return MyOfficePanel(
        tasking.office,
        [role_tasks for role_tasks in tasking.roles if role_tasks.count],
        tasking.unnamed,
        _in_order(link.goal for link in links),
        _in_order(beside),
        list(Framework.objects.filter(lead__office=office)),
        Partner.objects.filter(office=office).first(),
        findings_among(notional, *own),
    )


def _in_order(records: Any) -> list[Any]:
    """Each record once, in the order of the codes."""
    by_code: dict[str, CodedModel] = {record.code: record for record in records}
    return sorted(by_code.values(), key=lambda record: record.code_order)
