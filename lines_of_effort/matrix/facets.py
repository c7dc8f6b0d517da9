"""The facets of the tasking matrix, every count in one query."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from strategy.core.cache import count_each
from strategy.core.filters import NONE, Facet, FacetValue, RecordFilter, build_facet

LEAD = (FacetValue("false", "No lead named"), FacetValue("true", "Lead named"))


@dataclass(frozen=True)
class Numbers:
    """How many activities and offices are asked for, of how many there are."""

    rows: int
    all_rows: int
    columns: int
    all_columns: int


def records(activities: RecordFilter, name: str, *order: str) -> list[FacetValue]:
    """The records a filter may name, of the strategy asked for if one is, and none of them."""
    one: Any = activities.filters[name]
    found = one.field.queryset.order_by(*order, "code_order")
    if name != "strategy" and (strategy := activities.form.cleaned_data.get("strategy")):
        found = found.filter(strategy=strategy)
    values = [FacetValue(record.code, record.label, record) for record in found]
    return [*values, FacetValue(NONE, one.extra["null_label"])] if one.extra.get("null_label") else values


def choices(one: Any) -> list[FacetValue]:
    return [FacetValue(str(value), str(label)) for value, label in one.extra["choices"]]


def facets(path: str, asked: QueryDict, activities: RecordFilter, offices: RecordFilter) -> tuple[list[Facet], Numbers]:
    """Each option counts what choosing it would show: the other filters stay, its own gives way."""
    plan: list[tuple[RecordFilter, str, str, list[FacetValue], dict[str, Any]]] = [
        (activities, "line_of_effort", "Line of effort", records(activities, "line_of_effort", "order"), {}),
        (activities, "has_lead", "Lead", list(LEAD), {}),
        (activities, "kind", "Kind of activity", choices(activities.filters["kind"]), {}),
        (activities, "goal", "Goal", records(activities, "goal", "order"), {"folded": True}),
        (activities, "stage", "Process stage", records(activities, "stage", "order"), {"folded": True}),
        (offices, "echelon", "Offices at echelon", choices(offices.filters["echelon"]), {"folded": True}),
    ]
    if len(strategies := records(activities, "strategy")) > 1:
        plan.append((activities, "strategy", "Strategy", strategies, {"folded": True}))
    querysets: list[QuerySet] = [activities.qs, activities.queryset, offices.qs, offices.queryset]
    for filterset, name, _, values, _ in plan:
        querysets += filterset.querysets_for(name, (value.filter_value for value in values))
    rows, all_rows, columns, all_columns, *found = count_each(querysets)
    numbers = iter(found)
    made = [
        build_facet(path, asked, name, title, said(name, asked, [(value, next(numbers)) for value in values]), **more)
        for _, name, title, values, more in plan
    ]
    return made, Numbers(rows, all_rows, columns, all_columns)


def said(name: str, asked: QueryDict, values: Iterable[tuple[FacetValue, int]]) -> list[tuple[FacetValue, int]]:
    """There are many echelons, and one without an office says nothing; a goal without an activity does."""
    return [(value, n) for value, n in values if n or name != "echelon" or asked.get(name) == value.value]
