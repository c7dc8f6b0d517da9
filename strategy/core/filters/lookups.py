"""The filters every field has by its type, so that one vocabulary holds for all models.

``field`` is the value itself, ``field__in`` one of several, ``field__gte`` and ``field__lte`` a range, and
``field__isnull=true`` finds what is not stated. What a model asks beyond its fields is declared in its FilterSet, which
wins over what is made here.
"""

import datetime
import re
from collections.abc import Iterator
from typing import Any

import django_filters
from django import forms
from django.db import models

from ..models import CodedModel, PartialDateField, date_bounds
from ..params import comma_separated, did_you_mean

MAX_VALUES = 100
MAX_WHOLE = 2_147_483_647
DAY = re.compile("[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?")
MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2}))?", re.IGNORECASE
)
# Kept for the database's own use, or said better by another parameter.
NOT_ASKED = ("id", "code_order", "notional", "content_type", "object_id")


class ListField(forms.CharField):
    """Several values, separated by commas."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        values = text.split(",") if text else []
        if "" in values:
            raise forms.ValidationError("A value between the commas is empty.", code="empty")
        if len(values) > MAX_VALUES:
            raise forms.ValidationError(f"{len(values)} values; at most {MAX_VALUES} are taken.", code="too_many")
        return values


class FieldLookupFilter(django_filters.Filter):
    """Base of the filters made from fields: asked for by address, kept out of the form of a page."""

    field_class: type[forms.Field] = forms.CharField

    def __init__(self, *args: Any, **kwargs: Any):
        # Not stripped of spaces: what is asked for is what was sent.
        super().__init__(*args, widget=forms.HiddenInput, strip=False, **kwargs)

    def narrowed(self, qs: models.QuerySet, **conditions: Any) -> models.QuerySet:
        """Rows that meet the conditions, each once, even where a relation has several rows."""
        first = qs.model._meta.get_field(self.field_name.partition("__")[0])
        if first.one_to_many or first.many_to_many:
            conditions = {"pk__in": qs.model._default_manager.filter(**conditions).values("pk")}
        return qs.exclude(**conditions) if self.exclude else qs.filter(**conditions)


class TextFilter(FieldLookupFilter):
    """Exactly this text."""


class ChoiceListFilter(FieldLookupFilter):
    """One of several values of a text field, or of its list of choices."""

    field_class = ListField

    def __init__(self, *args: Any, choices: Any = (), **kwargs: Any):
        self.allowed = [str(value) for value, _ in choices]
        super().__init__(*args, **kwargs)

    @property
    def field(self) -> forms.Field:
        field = super().field
        field.validators = [self.check]
        return field

    def check(self, values: list[str]) -> None:
        for value in values:
            if self.allowed and value not in self.allowed:
                message = (
                    f"'{value}' is not one of: {comma_separated(self.allowed)}.{did_you_mean(value, self.allowed)}"
                )
                raise forms.ValidationError(message, code="invalid_choice")

    def filter(self, qs: Any, value: list[str]) -> Any:
        return self.narrowed(qs, **{f"{self.field_name}__in": value}) if value else qs


class CodeListFilter(FieldLookupFilter):
    """One of several records, named by their codes; ``self.target`` is their model."""

    field_class = ListField

    def __init__(self, *args: Any, model: type[CodedModel], **kwargs: Any):
        self.target = model
        super().__init__(*args, **kwargs)

    def records(self, codes: list[str]) -> list[CodedModel]:
        """The records of the codes; an unknown one is an error that names it."""
        parent: Any = self.parent
        known = {
            row.code: row for row in self.target._default_manager.visible(parent.visibility).filter(code__in=codes)
        }
        for code in codes:
            if code not in known:
                rows = self.target._default_manager.visible(parent.visibility).values_list("code", flat=True)[:5000]
                message = f"There is no {self.target._meta.verbose_name} '{code}'.{did_you_mean(code, rows)}"
                raise forms.ValidationError(message, code="unknown_code")
        return list(known.values())

    @property
    def field(self) -> forms.Field:
        field = super().field
        # Read once, where what is wrong is reported; the filter then has the records.
        field.clean = lambda value: self.records(ListField.clean(field, value))
        return field

    def filter(self, qs: Any, value: list[CodedModel]) -> Any:
        return self.narrowed(qs, **{f"{self.field_name}__in": value}) if value else qs


class OwnCodeFilter(CodeListFilter):
    """Records by their own code; with ``__in`` several, else one."""

    def records(self, codes: list[str]) -> list[CodedModel]:
        return super().records(codes if self.lookup_expr == "in" or not codes else [",".join(codes)])

    def filter(self, qs: Any, value: list[CodedModel]) -> Any:
        return qs.filter(pk__in=[row.pk for row in value]) if value else qs


class IntegerTextField(forms.CharField):
    """A whole number in plain digits, no larger than a database column holds."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        digits = text.removeprefix("-")
        if not (digits.isascii() and digits.isdigit()) or int(digits[:12]) > MAX_WHOLE or len(digits) > 10:
            message = f"Must be a whole number from -{MAX_WHOLE} to {MAX_WHOLE}, in digits 0-9."
            raise forms.ValidationError(message, code="number")
        return int(text)


class IntegerFilter(FieldLookupFilter):
    """A number, or with ``__gte`` and ``__lte`` an end of a range."""

    field_class = IntegerTextField


class PartialDateTextField(forms.CharField):
    """A date of year, month or day precision."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            if not DAY.fullmatch(text):
                raise ValueError(text)
            return date_bounds(text)
        except ValueError as error:
            raise forms.ValidationError("Must be a date: 2025, 2025-06 or 2025-06-23.", code="date") from error


class PartialDateFilter(FieldLookupFilter):
    """A partial date that may lie on or after (``gte``) or on or before (``lte``) a day, as far as its source says.

    "2025" may be any day of that year, so that it is found both from 2025-06 on and up to 2025-06.
    """

    field_class = PartialDateTextField

    def filter(self, qs: Any, value: Any) -> Any:
        if not value:
            return qs
        field: Any = qs.model._meta.get_field(self.field_name)
        if self.lookup_expr == "gte":
            return qs.filter(**{f"{field.latest}__gte": value[0]})
        return qs.filter(**{f"{field.earliest}__lte": value[1]})


class DateTimeTextField(forms.CharField):
    """A moment in ISO 8601, with its zone, or a day, which begins at midnight UTC."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        # A plus sign that was not escaped arrives as a space.
        text = text.replace(" ", "+").upper()
        try:
            if not MOMENT.fullmatch(text):
                raise ValueError(text)
            moment = datetime.datetime.fromisoformat(text)
            # The first and the last day have no place in every zone.
            return moment.astimezone(datetime.UTC) if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
        except (ValueError, OverflowError) as error:
            said = "Must be a day or a moment with its zone: 2026-01-31 or 2026-01-31T08:00:00Z."
            raise forms.ValidationError(said, code="moment") from error


class DateTimeFilter(FieldLookupFilter):
    """A time of change, as an end of a range."""

    field_class = DateTimeTextField


def field_filters(
    model: type[CodedModel], *, yes_no: Any, one_of: Any, code: Any
) -> Iterator[tuple[str, django_filters.Filter]]:
    """Name and filter of everything that may be asked of the model's own fields.

    ``yes_no``, ``one_of`` and ``code`` are the filters of true and false, of a closed list, and of one record.
    """
    hidden = {"widget": forms.HiddenInput}
    for field in [*model._meta.concrete_fields, *model._meta.many_to_many]:
        name, label = field.name, str(field.verbose_name)[:1].upper() + str(field.verbose_name)[1:]
        if name in NOT_ASKED or (isinstance(field, models.DateField) and not field.editable and name != "updated"):
            continue
        named: dict[str, Any] = {"field_name": name}
        if name == "code":
            yield name, OwnCodeFilter(model=model, label="Code", **named)
            yield f"{name}__in", OwnCodeFilter(model=model, lookup_expr="in", label="Code, one of", **named)
            continue
        if field.related_model is not None:
            if not (isinstance(field.related_model, type) and issubclass(field.related_model, CodedModel)):
                continue
            yield name, code(model=field.related_model, label=label, **named, **hidden)
            yield f"{name}__in", CodeListFilter(model=field.related_model, label=f"{label}, one of", **named)
        elif isinstance(field, models.DateTimeField):
            for end, words in (("gte", "at or after"), ("lte", "at or before")):
                yield f"{name}__{end}", DateTimeFilter(lookup_expr=end, label=f"{label} {words}", **named)
            # Every record has been changed at some time.
            continue
        elif isinstance(field, PartialDateField):
            for end, words in (("gte", "may be on or after"), ("lte", "may be on or before")):
                if field.earliest:
                    yield f"{name}__{end}", PartialDateFilter(lookup_expr=end, label=f"{label} {words}", **named)
        elif isinstance(field, models.BooleanField):
            yield name, yes_no(label=label, **named, **hidden)
        elif isinstance(field, models.IntegerField):
            for end, words in (("exact", "is"), ("gte", "at least"), ("lte", "at most")):
                key = name if end == "exact" else f"{name}__{end}"
                yield key, IntegerFilter(lookup_expr=end, label=f"{label} {words}", **named)
        elif field.choices:
            yield name, one_of(label=label, choices=field.choices, **named, **hidden)
            yield f"{name}__in", ChoiceListFilter(label=f"{label}, one of", choices=field.choices, **named)
        elif isinstance(field, models.CharField):
            yield name, TextFilter(label=f"{label}, exactly", **named)
            yield f"{name}__in", ChoiceListFilter(label=f"{label}, exactly one of", **named)
        if field.null or field.blank or field.many_to_many:
            yield f"{name}__isnull", yes_no(label=f"{label} is not stated", method="not_stated", **named, **hidden)
