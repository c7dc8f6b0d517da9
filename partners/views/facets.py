"""Facets: for each value of a filter, how many rows it would leave, as a link that sets or takes away that filter."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import CharField, Count, F, QuerySet, Value
from django.db.models.functions import Cast
from django.http import QueryDict

from strategy.core.filters import RecordFilter


@dataclass
class Choice:
    """One value, how many rows have it under the other filters, and the address that chooses or drops it."""

    value: str
    label: str
    count: int
    url: str
    chosen: bool


@dataclass
class Facet:
    """A filter as links. ``path`` leads to its value; ``label_path`` to the value's name, where it has one."""

    name: str
    title: str
    path: str
    label_path: str = ""
    choices: list[Choice] = field(default_factory=list)

    @property
    def is_long(self) -> bool:
        return len(self.choices) > 12

    @property
    def is_chosen(self) -> bool:
        return any(choice.chosen for choice in self.choices)


def others(filterset: RecordFilter, name: str) -> QuerySet:
    """The rows that all filters but one leave."""
    rows = filterset.queryset.all()
    for other, value in filterset.form.cleaned_data.items():
        if other not in (name, "ordering"):
            rows = filterset.filters[other].filter(rows, value)
    return rows.order_by()


def fill(filterset: RecordFilter, facets: Iterable[Facet]) -> list[Facet]:
    """Counts every facet's values, all of them in one query. Those that offer no choice are left out."""
    facets = list(facets)
    first, *more = (_counts(filterset, facet) for facet in facets)
    counted: dict[str, list[tuple[str, str, int]]] = {}
    for name, value, label, count in first.union(*more, all=True):
        if value:
            counted.setdefault(name, []).append((value, label, count))
    for facet in facets:
        rows = sorted(counted.get(facet.name, []), key=lambda row: (-row[2], row[1] or row[0]))
        choices = dict(filterset.filters[facet.name].extra.get("choices") or ())
        facet.choices = [
            choice(filterset.data, facet.name, value, str(label or choices.get(value, value)), count)
            for value, label, count in rows
        ]
    return [facet for facet in facets if facet.choices]


def _counts(filterset: RecordFilter, facet: Facet) -> QuerySet:
    text, rows = CharField(), others(filterset, facet.name)
    # Asked anew by key: what the list's rows carry along would otherwise be grouped by, one group a row.
    return (
        rows.model._default_manager.filter(pk__in=rows.values("pk"))
        .order_by()
        .annotate(
            facet_name=Cast(Value(facet.name), text),
            facet_value=Cast(F(facet.path), text),
            facet_label=Cast(F(facet.label_path) if facet.label_path else Value(""), text),
        )
        .values("facet_name", "facet_value", "facet_label")
        .annotate(facet_count=Count("pk", distinct=True))
        .values_list("facet_name", "facet_value", "facet_label", "facet_count")
    )


def choice(data: QueryDict | Mapping, name: str, value: str, label: str, count: int) -> Choice:
    query = QueryDict(mutable=True)
    query.update({key: one for key, one in data.items() if key not in (name, "page") and one})
    chosen = data.get(name) == value
    if not chosen:
        query[name] = value
    return Choice(value, label, count, f"?{query.urlencode()}", chosen)
