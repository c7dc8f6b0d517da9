"""The differences between two strategies as a table to take away: one row a record."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from strategy.core.exports import Sheet

from .comparison import Difference

COLUMNS = (
    *("kind", "changes", "matched_by", "likeness_percent", "a_code", "a_words", "b_code", "b_words"),
    *("moved_from", "moved_to", "tasking_gained", "tasking_lost", "a_web_url", "b_web_url"),
)


def compare_sheet(request: HttpRequest, differences: Iterable[Difference]) -> Sheet:
    """The table of the page; ``request`` makes addresses absolute."""
    return Sheet("comparison", COLUMNS, (_row(request, difference) for difference in differences))


def _row(request: HttpRequest, difference: Difference) -> list[Any]:
    pair, old, new = difference.pair, difference.pair.old, difference.pair.new
    gained = [f"{office.code} {change.role}" for change in difference.tasking for office in change.gained]
    lost = [f"{office.code} {change.role}" for change in difference.tasking for office in change.lost]
    return [
        difference.kind.name,
        "; ".join(difference.changes),
        pair.rule or "",
        round(100 * pair.likeness) if pair.rule else None,
        old.code if old else "",
        "\n".join(wording.old for wording in difference.wordings if wording.old),
        new.code if new else "",
        "\n".join(wording.new for wording in difference.wordings if wording.new),
        *(difference.moved or ("", "")),
        "; ".join(gained),
        "; ".join(lost),
        request.build_absolute_uri(old.get_absolute_url()) if old else "",
        request.build_absolute_uri(new.get_absolute_url()) if new else "",
    ]
