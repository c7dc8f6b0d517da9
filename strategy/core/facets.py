"""Filters as links: each adds or takes away one parameter, and says how many rows it leads to.

They need no script, keep their state in the address, and Back works.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict


def address(path: str, params: QueryDict, **changes: str | None) -> str:
    """The same page with some parameters set, or taken away where None; empty ones are left out."""
    kept = QueryDict(mutable=True)
    for name, value in {**params.dict(), **changes}.items():
        if value:
            kept[name] = str(value)
    query = kept.urlencode()
    return f"{path}?{query}" if query else path


@dataclass(frozen=True)
class Option:
    """One value of a facet. ``url`` chooses it, or takes it away where it is chosen; without rows there is none."""

    label: str
    count: int
    url: str = ""
    chosen: bool = False
    record: Any = None


@dataclass(frozen=True)
class Facet:
    """The values of one parameter. ``folded``: shown only when asked for."""

    name: str
    title: str
    options: list[Option]
    folded: bool = False

    @property
    def chosen(self) -> bool:
        return any(option.chosen for option in self.options)


@dataclass(frozen=True)
class Value:
    """A value that may be asked for: as the address has it, in words, and the record it names if it names one."""

    value: str
    label: str
    record: Any = None


def facet(path: str, params: QueryDict, name: str, title: str, values: Iterable[tuple[Value, int]], **more) -> Facet:
    """The facet of one parameter, from its values and the number of rows each would lead to."""
    options = []
    for value, count in values:
        chosen = params.get(name) == value.value
        url = address(path, params, **{name: None if chosen else value.value}) if count or chosen else ""
        options.append(Option(value.label, count, url, chosen, value.record))
    return Facet(name, title, options, **more)
