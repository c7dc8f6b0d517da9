"""The tasking of an office as a table to take away: one row for each assignment."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from strategy.core.exports import Sheet
from strategy.models import Office

from ..querysets import ROLES
from .rows import TaskRow, iterate_tasks

COLUMNS = (
    *("code", "office", "office_name", "role", "verb", "activity", "activity_title", "office_as_stated", "relation"),
    *("line_of_effort", "line_basis", "goals", "also_lead", "also_coordinating", "also_supporting"),
    *("basis", "sources", "notional", "web_url"),
)


def tasking_sheet(request: HttpRequest, office: Office) -> Sheet:
    """Every assignment of the office, however many; ``request`` makes addresses absolute."""
    rows = (_row(request, office, task) for task in iterate_tasks(office))
    return Sheet(f"{office.code}-tasking", COLUMNS, rows)


def _row(request: HttpRequest, office: Office, task: TaskRow) -> list[Any]:
    return [
        task.code,
        office.code,
        office.name,
        task.role,
        task.verb,
        task.activity_code,
        task.activity_title,
        task.office_as_stated,
        task.relation,
        f"{task.line_code} {task.line_title}" if task.line else "",
        task.line_basis,
        "; ".join(f"{goal.code} ({goal.basis})" for goal in task.goals),
        *("; ".join(other.code for other in task.others[role]) for role in ROLES),
        task.basis,
        "; ".join(citation.source_code for citation in task.citations if citation.source_code),
        task.notional,
        request.build_absolute_uri(reverse("activity-detail", args=[task.activity_code])),
    ]
