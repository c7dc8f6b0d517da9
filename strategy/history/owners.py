"""Whose changes are whose: the records that changed rows belong to."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from .models import Change
from .querysets import pointers


def changes_by_record(model: Any, changes: Iterable[Change]) -> dict[int, list[Change]]:
    """The changes by the id of the record of ``model`` that they belong to, as ``Change.objects.of_record`` has it.

    A row belongs to the records it points at, and to those it pointed at before one of the changes. One query for each
    kind of row among the changes.
    """
    by_table: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        by_table[change.table].append(change)
    result: dict[int, dict[int, Change]] = defaultdict(dict)
    for change in by_table.get(model._meta.db_table, ()):
        result[change.row][change.pk] = change
    for pointer, column, fixed in pointers(model):
        rows = by_table.get(pointer._meta.db_table, ())
        owners: dict[int, set[int]] = defaultdict(set)
        for change in rows:
            image = change.before
            if image and image[column] is not None and all(image[name] == value for name, value in fixed.items()):
                owners[change.row].add(image[column])
        present = pointer._base_manager.filter(pk__in={change.row for change in rows}, **fixed)
        for row, owner in present.values_list("pk", column) if rows else ():
            owners[row].add(owner)
        for change in rows:
            for owner in owners[change.row]:
                result[owner][change.pk] = change
    return {owner: list(changes.values()) for owner, changes in result.items()}
