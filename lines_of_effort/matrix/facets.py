"""Facets of the tasking matrix: the values of its filters, with how many rows or columns each would show."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from strategy.core.cache import count_each
from strategy.core.filters import NONE, Facet, FacetValue, RecordFilter, build_facet, count_values

LEAD_VALUES = (FacetValue("false", "No lead named"), FacetValue("true", "Lead named"))


@dataclass(frozen=True)
class MatrixCounts:
    """How many activities (rows) and offices (columns) match, of how many there are."""

    rows: int
    all_rows: int
    columns: int
    all_columns: int


@dataclass(frozen=True)
class _FacetPlan:
    """A facet before its values are counted."""

    filterset: RecordFilter
    name: str
    title: str
    values: list[FacetValue]
    folded: bool = False


def build_facets(
    path: str, query: QueryDict, activities: RecordFilter, offices: RecordFilter
) -> tuple[list[Facet], MatrixCounts]:
    """The facets with their counts, which are cached, and the counts of the whole matrix: one query.

    A value counts what choosing it would show: the other filters stay, the facet's own is replaced.
    """
    plans = [
        _FacetPlan(activities, "line_of_effort", "Line of effort", _records(activities, "line_of_effort", "order")),
        _FacetPlan(activities, "has_lead", "Lead", list(LEAD_VALUES)),
        _FacetPlan(activities, "kind", "Kind of activity", _choices(activities, "kind")),
        _FacetPlan(activities, "goal", "Goal", _records(activities, "goal", "order"), folded=True),
        _FacetPlan(activities, "stage", "Process stage", _records(activities, "stage", "order"), folded=True),
        _FacetPlan(offices, "echelon", "Offices at echelon", _choices(offices, "echelon"), folded=True),
    ]
    if len(strategies := _records(activities, "strategy")) > 1:
        plans.append(_FacetPlan(activities, "strategy", "Strategy", strategies, folded=True))
    counts = {
        (filterset, key): number
        for filterset in (activities, offices)
        for key, number in count_values(
            filterset, {p.name: p.values for p in plans if p.filterset is filterset}
        ).items()
    }
    facets = []
    for plan in plans:
        counted = [(value, counts[plan.filterset, (plan.name, value.value)]) for value in plan.values]
        values = _shown_values(plan.name, query, counted)
        facets.append(build_facet(path, query, plan.name, plan.title, values, folded=plan.folded))
    rows, all_rows, columns, all_columns = count_each(
        [activities.qs, activities.queryset, offices.qs, offices.queryset]
    )
    return facets, MatrixCounts(rows, all_rows, columns, all_columns)


def _records(filterset: RecordFilter, name: str, *order: str) -> list[FacetValue]:
    """The records that the filter ``name`` takes, of the chosen strategy if one is, and its value for none."""
    filter_: Any = filterset.filters[name]
    records = filter_.field.queryset.order_by(*order, "code_order")
    if name != "strategy" and (strategy := filterset.form.cleaned_data.get("strategy")):
        records = records.filter(strategy=strategy)
    values = [FacetValue(record.code, record.label, record) for record in records]
    null_label = filter_.extra.get("null_label")
    return [*values, FacetValue(NONE, null_label)] if null_label else values


def _choices(filterset: RecordFilter, name: str) -> list[FacetValue]:
    filter_: Any = filterset.filters[name]
    return [FacetValue(str(value), str(label)) for value, label in filter_.extra["choices"]]


def _shown_values(
    name: str, query: QueryDict, values: Iterable[tuple[FacetValue, int]]
) -> list[tuple[FacetValue, int]]:
    """All values, but echelons only with an office: they are many. A goal without an activity is worth knowing."""
    return [(value, count) for value, count in values if count or name != "echelon" or query.get(name) == value.value]
