"""Facets of a list: each value of a filter as a link, with how many records it would show."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.http import urlencode

from .choosing import CodeField
from .counting import counts
from .filters import RecordFilter

# A facet is to be seen at a glance; a filter with more values than this has its field in the form alone.
MOST_VALUES = 20
# Beyond this many records a number beside each value costs more than it tells.
MOST_COUNTED = 5000


@dataclass
class Choice:
    """One value: its words, where it leads, whether it is in force, and how many records it shows (None: uncounted)."""

    label: str
    url: str
    chosen: bool
    count: int | None = None


@dataclass
class Facet:
    """One filter with its values."""

    title: str
    choices: list[Choice]


def facets(filterset: RecordFilter, names: tuple[str, ...], query: QueryDict, *, counted: bool) -> list[Facet]:
    """The facets ``names`` of a filterset that has been validated, under the other filters in force."""
    made, asked = [], []
    for name in names:
        one = filterset.filters[name]
        values = _values(filterset, name)
        if not 0 < len(values) <= MOST_VALUES:
            continue
        others = _without(filterset, name)
        choices = []
        for value, text, label in values:
            chosen = query.get(name) == text
            choices.append(Choice(label, _address(query, name, "" if chosen else text), chosen))
            asked.append(one.filter(others, value))
        made.append(Facet(str(one.label), choices))
    if counted:
        every = [choice for facet in made for choice in facet.choices]
        for choice, count in zip(every, counts(asked), strict=True):
            choice.count = count
        for facet in made:
            facet.choices = [choice for choice in facet.choices if choice.count or choice.chosen]
    return [facet for facet in made if facet.choices]


def _values(filterset: RecordFilter, name: str) -> list[tuple[Any, str, str]]:
    """Each value as the filter takes it, as the address has it, and in words."""
    field: Any = filterset.form.fields[name]
    if isinstance(field, CodeField):
        found: Any = field.queryset
        records = list(found[: MOST_VALUES + 1])
        if len(records) <= MOST_VALUES:
            # The form below draws the same choices: they are read once.
            labels = [(record.code, field.label_from_instance(record)) for record in records]
            field.widget.choices = [("", field.empty_label), *labels]
        return [(record, record.code, f"{record.code} {record.label}") for record in records]
    return [(value, str(value), str(label)) for value, label in field.choices if value != ""]


def _without(filterset: RecordFilter, name: str) -> QuerySet:
    """The records under all filters but this one."""
    form: Any = filterset.form
    cleaned = form.cleaned_data
    form.cleaned_data = cleaned | {name: ""}
    try:
        return filterset.filter_queryset(filterset.queryset.all())
    finally:
        form.cleaned_data = cleaned


def _address(query: QueryDict, name: str, text: str) -> str:
    """The same page with this value instead, without what a form sends empty."""
    kept: dict[str, Any] = {key: value for key, value in query.items() if value and key not in (name, "page")}
    return f"?{urlencode(kept | ({name: text} if text else {}))}"
