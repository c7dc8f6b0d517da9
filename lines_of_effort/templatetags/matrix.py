"""Drawing helpers of the matrix."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
BLANK = {False: "<td></td>", True: '<td class="edge"></td>'}


@register.filter
def blanks(gap: Iterable[bool]) -> SafeString:
    """A run of empty cells, each saying whether it ends a group: thousands of them are drawn one way only."""
    return mark_safe("".join([BLANK[ends_group] for ends_group in gap]))  # noqa: S308  # two constants


@register.filter
def shade(number: int, most: int) -> int:
    """How deep a cell is shaded, 1 to 4, by its share of the largest; the number stands in it all the same."""
    return -(-4 * number // most) if most else 0
