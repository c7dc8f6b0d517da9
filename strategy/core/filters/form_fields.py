"""Form fields of the filters: what a value is read as, what is wrong with it, and how a form offers records."""

import datetime
import re
from collections.abc import Iterator
from typing import Any

import django_filters
from django import forms
from django.forms.models import ModelChoiceIterator

from ..cache import VersionedKeyCache
from ..models import date_bounds
from ..params import MAX_COMPARED, did_you_mean
from .schemas import MAX_VALUES

# More than this nobody reads through; a hundred thousand would be ten megabytes of page.
MAX_OFFERED = 300
MAX_INTEGER = 2_147_483_647
PARTIAL_DATE = re.compile("[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?")
DATE_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2}))?", re.IGNORECASE
)


# A value in double quotes, up to the comma after it or the end.
QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=,|\Z)', re.DOTALL)
Records = tuple[Any, ...]


def _read_offered(keys: list[tuple[Any, str]]) -> dict[tuple[Any, str], Records | None]:
    """The visible records of each (model, notional), as far as a list can hold them; None where there are more."""
    offered: dict[tuple[Any, str], Records | None] = {}
    for model, notional in keys:
        rows = model._default_manager.visible(notional)
        rows = rows.order_by(*model.choice_order) if model.choice_order else rows
        records = tuple(rows[: MAX_OFFERED + 1])
        offered[model, notional] = records if len(records) <= MAX_OFFERED else None
    return offered


# What forms and facets offer: a list is read once for all pages.
_offered = VersionedKeyCache(_read_offered)


class LimitedChoiceIterator(ModelChoiceIterator):
    """The records that a form offers; none where there are more than a list can hold."""

    def __iter__(self) -> Iterator[Any]:
        field: Any = self.field
        if field.empty_label is not None:
            yield ("", field.empty_label)
        if getattr(field, "null_label", None) is not None:
            yield (field.null_value, field.null_label)
        yield from map(self.choice, field.offered_records() or ())


class CodeSelect(forms.Select):
    """A list of records, or where there are too many a text field for a code."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        choices: Any = self.choices
        if choices.field.offered_records() is None:
            hint = {"placeholder": "Code", "autocomplete": "off", "spellcheck": "false"}
            return forms.TextInput(hint).get_context(name, value, attrs)
        return super().get_context(name, value, attrs)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        context = self.get_context(name, value, attrs)
        return self._render(context["widget"]["template_name"], context, renderer)  # type: ignore[attr-defined]


class CodeField(django_filters.fields.ModelChoiceField):
    """A record by its code. An unknown code is an error that names it and the nearest one.

    ``visibility`` is the notional content (a value of ``Notional``) that its queryset was cut to.
    """

    iterator = LimitedChoiceIterator
    widget = CodeSelect
    visibility: str

    def offered_records(self) -> Records | None:
        """The records that a list offers; None where there are too many."""
        key = self.queryset.model, self.visibility
        return _offered([key])[key]

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except forms.ValidationError as error:
            rows: Any = self.queryset
            name = rows.model._meta.verbose_name
            codes = rows.values_list("code", flat=True)[:MAX_COMPARED]
            raise forms.ValidationError(
                f"There is no {name} '{value}'.{did_you_mean(str(value), codes)}", code="unknown_code"
            ) from error

    def label_from_instance(self, obj: Any) -> str:
        label = obj.label
        return f"{label if len(label) <= 70 else f'{label[:69]}…'} · {obj.code}"


def split_list(text: str) -> list[str]:
    """The values of a list as CSV has it: a value that holds a comma or begins with a quote stands in double quotes,
    and a quote inside of those is doubled. ValueError for quotes that do not close.
    """
    values, rest = [], text
    while True:
        quoted = QUOTED.match(rest)
        if quoted is None and rest.startswith('"'):
            raise ValueError("a quote does not close")
        value = quoted[1].replace('""', '"') if quoted else rest.partition(",")[0]
        values.append(value)
        end = quoted.end() if quoted else len(value)
        if end == len(rest):
            return values
        rest = rest[end + 1 :]


def quote_value(value: str) -> str:
    """The value as it stands in a list that ``split_list`` reads."""
    doubled = value.replace('"', '""')
    return f'"{doubled}"' if "," in value or value.startswith('"') else value


class ListField(forms.CharField):
    """Several values, separated by commas; one that holds a comma is quoted as in CSV."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        try:
            values = split_list(text) if text else []
        except ValueError as error:
            message = (
                'A double quote at the start of a value closes at its end, and is doubled inside: "a, b","say ""c""".'
            )
            raise forms.ValidationError(message, code="quotes") from error
        if "" in values:
            raise forms.ValidationError("A value between the commas is empty.", code="empty")
        if len(values) > MAX_VALUES:
            raise forms.ValidationError(f"{len(values)} values; at most {MAX_VALUES} are taken.", code="too_many")
        return values


class IntegerTextField(forms.CharField):
    """A whole number in plain digits, no larger than a database column holds."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        digits = text.removeprefix("-")
        if not (digits.isascii() and digits.isdigit()) or int(digits[:12]) > MAX_INTEGER or len(digits) > 10:
            message = f"Must be a whole number from -{MAX_INTEGER} to {MAX_INTEGER}, in digits 0-9."
            raise forms.ValidationError(message, code="number")
        return int(text)


class PartialDateTextField(forms.CharField):
    """A date of year, month or day precision, read as its first and last day."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            if not PARTIAL_DATE.fullmatch(text):
                raise ValueError(text)
            return date_bounds(text)
        except ValueError as error:
            problem = f"'{text}' is not a date: write 2025, 2025-06 or 2025-06-23."
            raise forms.ValidationError(problem, code="date") from error


class DateTimeTextField(forms.CharField):
    """A moment in ISO 8601, with its zone, or a day, which begins at midnight UTC."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        # A plus sign that was not escaped arrives as a space.
        text = text.replace(" ", "+").upper()
        try:
            if not DATE_TIME.fullmatch(text):
                raise ValueError(text)
            moment = datetime.datetime.fromisoformat(text)
            # The first and the last day have no place in every zone.
            return moment.astimezone(datetime.UTC) if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
        except (ValueError, OverflowError) as error:
            message = "Must be a day or a moment with its zone: 2026-01-31 or 2026-01-31T08:00:00Z."
            raise forms.ValidationError(message, code="moment") from error
