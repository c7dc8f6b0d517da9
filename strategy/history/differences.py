"""What changes have changed: each with its row's columns that are not the same after it as before."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from .images import Image, present_images
from .models import Change
from .triggers import content_tables


class Difference(NamedTuple):
    """One change: its model, what its row was before and after (None where it was not there), and what differs."""

    change: Change
    model: Any
    before: Image | None
    after: Image | None

    @property
    def columns(self) -> dict[str, tuple[Any, Any]]:
        """Value before and after by column, where the row was there before and after."""
        if self.before is None or self.after is None:
            return {}
        return {name: (old, self.after[name]) for name, old in self.before.items() if old != self.after[name]}

    @property
    def operation(self) -> str:
        """What was done to the row in all: a value of ``Change.Operation``."""
        if self.before is None:
            return Change.Operation.INSERT
        return Change.Operation.DELETE if self.after is None else Change.Operation.UPDATE

    @property
    def image(self) -> Image:
        """The row as it is after the change, or as it was before it went; empty where neither is known."""
        return self.after or self.before or {}


def differences(changes: Iterable[Any]) -> list[Difference]:
    """Differences made by changes that were read ``with_next``; tables that are gone are left out.

    A query for each table whose rows have not been changed again.
    """
    tables, changes = content_tables(), list(changes)
    last: dict[str, list[int]] = defaultdict(list)
    for change in changes:
        if change.next_before is None and change.operation != Change.Operation.DELETE and change.table in tables:
            last[change.table].append(change.row)
    present = {table: present_images(tables[table]._base_manager.filter(pk__in=rows)) for table, rows in last.items()}
    return [
        Difference(
            change,
            tables[change.table],
            change.before,
            change.next_before or present.get(change.table, {}).get(change.row),
        )
        for change in changes
        if change.table in tables
    ]


def net_differences(differences: Iterable[Difference]) -> list[Difference]:
    """One difference for each row and version: from before its first change to after its last.

    In the order of the first changes; a row that came and went in one version is left out.
    """
    rows: dict[tuple[int, str, int], Difference] = {}
    for difference in differences:
        change = difference.change
        key = (change.version, change.table, change.row)
        first = rows.setdefault(key, difference)
        rows[key] = first._replace(after=difference.after)
    return [row for row in rows.values() if row.before != row.after]
