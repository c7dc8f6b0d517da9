"""How many rows each value of some filters leads to: one query, its numbers cached under the content version."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Count, QuerySet, TextField
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

from ..cache import VersionedKeyCache
from ..cache.counts import keys_sql, sql_of
from .base import RecordFilter
from .schemas import NONE


@dataclass(frozen=True)
class FacetValue:
    """A value that may be asked for: as the address has it, in words, and the record it names if it names one."""

    value: str
    label: str
    record: Any = None

    @property
    def filter_value(self) -> Any:
        """The value as its filter takes it."""
        return self.record or self.value

    @property
    def column_value(self) -> str | None:
        """The value as the column of its filter has it, as text."""
        if self.record:
            return str(self.record.pk)
        return None if self.value == NONE else self.value


Values = Mapping[str, Sequence[FacetValue]]
Counts = dict[tuple[str, str], int]
# Counts by all that they depend on but the content: a reader who turns pages counts once.
_cached: VersionedKeyCache[tuple[Any, ...], Counts] = VersionedKeyCache(max_size=500)


def count_values(filterset: RecordFilter, values: Values) -> Counts:
    """How many rows each value leads to while all other filters stay, by the names of filter and value.

    ``values`` are those of each filter of ``filterset``, which is valid. Not for a filter that others belong to.
    """
    params = frozenset((name, value) for name, value in filterset.data.items() if name != "ordering")
    shown = tuple((name, value.value) for name, some in values.items() for value in some)
    key = type(filterset), filterset.visibility, params, shown
    cached = _cached([key])
    if key not in cached:
        cached[key] = dict.fromkeys(shown, 0) | _read_counts(filterset, values)
        _cached.add(cached)
    return cached[key]


def _read_counts(filterset: RecordFilter, values: Values) -> Counts:
    """The counts above 0.

    The rows under the other filters are selected once (``WITH``) and counted by value, or value by value where a
    filter has conditions of its own. Filters that are not in force share the selection, which is that of the list.
    """
    selections: dict[tuple[str, tuple[Any, ...]], str] = {}
    counts: list[tuple[str, tuple[Any, ...]]] = []
    names: list[tuple[str, dict[str | None, str]]] = []
    for name, some in values.items():
        in_force = filterset.form.cleaned_data.get(name)
        rest = filterset.queryset_with(**{name: None}) if in_force else filterset.qs
        try:
            sql, params = keys_sql(rest)
        except EmptyResultSet:
            continue
        selection = selections.setdefault((sql, tuple(params)), f"selection{len(selections)}")
        rows = filterset._meta.model._default_manager.filter(pk__in=RawSQL(f"SELECT * FROM {selection}", ()))  # noqa: S608, S611  # a name of ours
        for by_text, statement in _statements(filterset.filters[name], rows, some):
            names.append((name, by_text))
            counts.append(statement)
    if not counts:
        return {}
    selected = ", ".join(f"{name} AS MATERIALIZED ({sql})" for (sql, _), name in selections.items())
    counted = " UNION ALL ".join(
        f"SELECT {place}, counted.* FROM ({sql}) AS counted"  # noqa: S608
        for place, (sql, _) in enumerate(counts)
    )
    all_params = [value for _, params in (*selections, *counts) for value in params]
    with connections[filterset.queryset.db].cursor() as cursor:
        cursor.execute(f"WITH {selected} {counted}", all_params)
        return {
            (names[place][0], names[place][1][text]): number
            for place, text, number in cursor.fetchall()
            if text in names[place][1]
        }


def _statements(
    filter_: Any, rows: QuerySet, values: Sequence[FacetValue]
) -> Iterator[tuple[dict[str | None, str], tuple[str, tuple[Any, ...]]]]:
    """Statements of (text, number) rows, each with the names of values by text."""
    if filter_.column:
        texts = rows.order_by().annotate(text=Cast(filter_.column, TextField())).values("text")
        grouped = texts.annotate(number=Count("pk", distinct=True)).values_list("text", "number")
        yield {value.column_value: value.value for value in values}, sql_of(grouped)
        return
    for value in values:
        try:
            sql, params = keys_sql(filter_.filter(rows, value.filter_value))
        except EmptyResultSet:
            continue
        yield {"": value.value}, (f"SELECT '', COUNT(*) FROM ({sql}) AS chosen", params)  # noqa: S608
