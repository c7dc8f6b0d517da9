"""Filters as links: each adds or takes away one parameter, and says how many rows it leads to.

They need no script, keep their state in the address, and Back works.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from .. import params
from .base import RecordFilter
from .form_fields import CodeField
from .value_counts import FacetValue, count_values

# A facet is to be seen at a glance; a filter with more values than this has its field in the form alone.
MAX_FACET_VALUES = 30
# With more values than this it is folded until one of them is chosen.
MAX_UNFOLDED = 12
# Beyond this many records a number beside each value costs more than it tells.
MAX_COUNTED = 5000


def url_with_params(path: str, query: QueryDict, **changes: str | None) -> str:
    """The same page with some parameters set, or taken away where None; empty ones are left out."""
    changed = QueryDict(mutable=True)
    for name, value in {**query.dict(), **changes}.items():
        if value:
            changed[name] = str(value)
    querystring = changed.urlencode()
    return f"{path}?{querystring}" if querystring else path or "?"


@dataclass(frozen=True)
class FacetOption:
    """One value of a facet. ``url`` chooses it, or takes it away where it is chosen; without rows there is none.

    ``count`` is how many rows it leads to; None where they were not counted.
    """

    label: str
    count: int | None
    url: str = ""
    chosen: bool = False
    record: Any = None


@dataclass(frozen=True)
class Facet:
    """The values of one parameter. ``folded``: stands apart, shown only when asked for."""

    name: str
    title: str
    options: list[FacetOption]
    folded: bool = False

    @property
    def chosen(self) -> bool:
        return any(option.chosen for option in self.options)

    @property
    def long(self) -> bool:
        return len(self.options) > MAX_UNFOLDED


def build_facet(
    path: str, query: QueryDict, name: str, title: str, values: Iterable[tuple[FacetValue, int | None]], **more: Any
) -> Facet:
    """The facet of one parameter, from its values and the number of rows each would lead to."""
    options = []
    for value, count in values:
        chosen = query.get(name) == value.value
        url = url_with_params(path, query, **{name: None if chosen else value.value}) if count != 0 or chosen else ""
        options.append(FacetOption(value.label, count, url, chosen, value.record))
    return Facet(name, title, options, **more)


def build_facets(filterset: RecordFilter, names: Iterable[str], query: QueryDict, *, counted: bool) -> list[Facet]:
    """The facets ``names`` of a list's filters, which have been validated: each value counted under all other filters.

    A value without rows is left out, a filter without values too; so is one with more than can be seen at a glance.
    """
    offered = {name: values for name in names if 0 < len(values := _values(filterset, name)) <= MAX_FACET_VALUES}
    counts = count_values(filterset, offered) if counted else {}
    query = params.select_params(query, set(query) - {"page"})
    facets = []
    for name, values in offered.items():
        title = str(filterset.filters[name].label)
        facet = build_facet("", query, name, title, [(value, counts.get((name, value.value))) for value in values])
        if options := [option for option in facet.options if option.url]:
            facets.append(Facet(name, title, options))
    return facets


def _values(filterset: RecordFilter, name: str) -> list[FacetValue]:
    """The values a filter takes, as far as there are few enough of them."""
    field: Any = filterset.form.fields[name]
    if isinstance(field, CodeField):
        records: Iterable[Any] = field.offered_records() or ()
        return [FacetValue(record.code, record.label, record) for record in records]
    named = [(str(value), str(label)) for value, label in field.choices if value != ""]
    return [FacetValue(value, f"{label[:1].upper()}{label[1:]}") for value, label in named]
