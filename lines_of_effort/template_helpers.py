"""Functions and filters that templates use to show lines of effort, roles and the tasking matrix."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from strategy.evidence import Evidence

from .tasking.office import Tasking
from .tasking.text import tasking_text

ROLE_WORDS = {
    "lead": {"letter": "L", "verb": "Leads"},
    "coordinating": {"letter": "C", "verb": "Coordinates"},
    "supporting": {"letter": "S", "verb": "Supports"},
}
BLANK = {False: "<td></td>", True: '<td class="edge"></td>'}


def role_words(role: str) -> dict[str, str]:
    """Letter and verb of a role. "Coordinates" is never shown as "leads"."""
    return ROLE_WORDS[role]


def has_lead(assignments: Iterable[Any]) -> bool:
    """Whether one of the assignments is a lead. Coordinating is not leading."""
    return any(assignment.role == "lead" for assignment in assignments)


def blanks(gap: Iterable[bool]) -> SafeString:
    """A run of empty cells of the matrix, each saying whether it ends a group: thousands of them are drawn one way."""
    return mark_safe("".join([BLANK[ends_group] for ends_group in gap]))  # noqa: S308  # two constants


def shade(number: int, largest: int) -> int:
    """How deep a cell is shaded, 1 to 4, by its share of the largest; 0 where there is no number."""
    return -(-4 * number // largest) if largest else 0


def page_tasking_text(request: HttpRequest, tasking: Tasking, evidence: Evidence) -> str:
    """An office's tasking as plain text, with the full address of its page and the citations that page has read."""
    address = request.build_absolute_uri(tasking.office.get_absolute_url())
    return tasking_text(tasking, evidence.of_row, address)
