"""The search index of a snapshot: copied from the live one, and made anew for the records that differ."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models

from ..core.models import CodedModel, Part
from ..models import SearchEntry
from ..search import indexing
from .schema import snapshot_tables

# Ids of records by their model.
Touched = dict[Any, set[int]]
# SQLite takes 32,766 parameters in one statement, and 250,000 only where it was built so.
KEYS = 5000


def owners(file: sqlite3.Connection, rows: dict[str, Any]) -> Touched:
    """The records whose entry depends on rows of the file, ids by table: the records themselves, owners of parts."""
    records: Touched = defaultdict(set)
    for table, keys in rows.items():
        model = snapshot_tables()[table]
        if issubclass(model, CodedModel):
            records[model] |= set(keys)
        elif issubclass(model, Part):
            parent = model._meta.get_field(model.parent_field)
            for some in _chunks(keys):
                marks = ", ".join("?" * len(some))
                sql = f'SELECT "{parent.column}" FROM "{table}" WHERE id IN ({marks})'
                records[parent.related_model] |= {owner for (owner,) in file.execute(sql, some)}
    return records


def index_again(touched: Touched) -> None:
    """Makes the entries of the records anew, and those of records whose names are made of theirs."""
    done: Touched = defaultdict(set)
    while touched := {model: left for model, keys in touched.items() if (left := keys - done[model])}:
        quoting: Touched = defaultdict(set)
        for model, keys in touched.items():
            done[model] |= keys
            for some in _chunks(keys):
                renew(model, some)
                for other, own in quoted_by(model, some):
                    quoting[other] |= own
        touched = quoting


def renew(model: Any, keys: list[int]) -> None:
    """The entries of some records of one model, or none where there is no such record."""
    entries: Any = SearchEntry.objects.filter(kind=indexing.kind_of(model), object_id__in=keys)
    entries._raw_delete(entries.db)
    indexing.add(model._default_manager.filter(pk__in=keys).for_list())


def quoted_by(model: Any, keys: list[int]) -> Iterator[tuple[Any, set[int]]]:
    """Records that name themselves by some of the model, by their own model: an assignment by its activity."""
    for relation in model._meta.related_objects:
        other: Any = relation.related_model
        if not issubclass(other, CodedModel) or other.label is CodedModel.label or relation.many_to_many:
            continue
        rows: models.QuerySet = other._default_manager.filter(**{f"{relation.field.name}__in": keys})
        yield other, set(rows.order_by().values_list("pk", flat=True))


def _chunks(keys: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(keys)
    return (ordered[place : place + KEYS] for place in range(0, len(ordered), KEYS))
