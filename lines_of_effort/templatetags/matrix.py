"""Template filters of the matrix."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
EMPTY_CELLS = {False: "<td></td>", True: '<td class="edge"></td>'}


@register.filter
def blanks(gap: Iterable[bool]) -> SafeString:
    """HTML of empty cells, one for each value: True where the cell ends a group. One pass: there are thousands."""
    return mark_safe("".join([EMPTY_CELLS[ends_group] for ends_group in gap]))  # noqa: S308  # two constants


@register.filter
def shade(number: int, most: int) -> int:
    """The shade of a cell, 1 to 4, by its share of the largest number ``most``; 0 where there is none."""
    return -(-4 * number // most) if most else 0
