"""Counts of a measure by two axes, as a table."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from strategy.core.filters import NONE
from strategy.models import OfStrategy, Strategy

from .axes import Axis, Measure
from .grid import MAX_ACTIVITIES, MAX_OFFICES


@dataclass(frozen=True)
class AxisValue:
    """A row or column of the table: a record of the axis, or None for what has none, with its total."""

    record: Any
    total: int

    @property
    def key(self) -> int | None:
        """The record's primary key."""
        return self.record.pk if self.record else None

    @property
    def value(self) -> str:
        """The value of the filter parameter that asks for the record, or for none."""
        return self.record.code if self.record else NONE


@dataclass
class PairTable:
    """Rows, columns, and the number where they meet.

    ``total`` counts each record once. ``numbers`` are by the keys of row and column. ``left_out`` says how many
    records of a sparse axis are not shown, by axis key; an axis of which all are shown is not in it.
    """

    measure: Measure
    rows: list[AxisValue]
    columns: list[AxisValue]
    total: int
    numbers: dict[tuple[int | None, ...], int]
    left_out: dict[str, int]

    def number(self, row: AxisValue, column: AxisValue) -> int:
        """How many records have both."""
        return self.numbers.get((row.key, column.key), 0)

    @property
    def most(self) -> int:
        """The largest number."""
        return max(self.numbers.values(), default=0)

    @property
    def says_nothing(self) -> bool:
        """Whether nothing that is counted has a record on both sides."""
        return not any(None not in keys for keys in self.numbers)

    @property
    def counts_twice(self) -> bool:
        """Whether a record stands in several columns of a row, or in several rows of a column."""
        return sum(self.numbers.values()) > self.total

    @property
    def is_too_large(self) -> bool:
        """Whether it has more rows or columns than anybody reads as one table."""
        return len(self.rows) > MAX_ACTIVITIES or len(self.columns) > MAX_OFFICES


def count_pairs(
    measure: Measure,
    rows: Axis,
    columns: Axis,
    queryset: QuerySet,
    notional: str,
    *,
    strategy: Strategy | None = None,
    include_empty: bool,
) -> PairTable:
    """Counts the records of ``queryset`` by both axes; of an axis that strategies have, the records of ``strategy``.

    ``include_empty`` shows the records of a sparse axis with nothing to count as well.
    """
    model: Any = measure.filterset._meta.model
    base = model._default_manager.filter(pk__in=queryset.order_by().values("pk")).order_by()
    lookups = [measure.paths[axis.key].lookup for axis in (rows, columns)]
    left_out: dict[str, int] = {}

    def count_by(*lookups: str) -> dict[tuple[int | None, ...], int]:
        return {tuple(keys): n for *keys, n in base.values_list(*lookups).annotate(n=Count("pk", distinct=True))}

    def axis_values(axis: Axis, lookup: str) -> list[AxisValue]:
        totals = count_by(lookup)
        records = axis.model._default_manager.visible(notional).order_by(*axis.order)
        if strategy and issubclass(axis.model, OfStrategy):
            records = records.filter(strategy=strategy)
        values = [AxisValue(record, totals.get((record.pk,), 0)) for record in records]
        shown = [value for value in values if value.total or include_empty or not axis.sparse]
        if len(shown) < len(values):
            left_out[axis.key] = len(values) - len(shown)
        if (None,) in totals:
            shown.append(AxisValue(None, totals[None,]))
        return shown

    row_values, column_values = axis_values(rows, lookups[0]), axis_values(columns, lookups[1])
    return PairTable(measure, row_values, column_values, base.count(), count_by(*lookups), left_out)
