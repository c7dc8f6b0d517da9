"""The filters every field has by its type, so that one vocabulary holds for all models.

``field`` is the value itself, ``field__in`` one of several, ``field__gte`` and ``field__lte`` a range, and
``field__isnull=true`` finds what is not stated. What a model asks beyond its fields is declared in its FilterSet, which
wins over these.
"""

from collections.abc import Iterator
from typing import Any

import django_filters
from django import forms
from django.db import models

from ..models import CodedModel, PartialDateField
from .choices import BooleanFilter, ChoiceFilter, ChoiceListFilter
from .codes import CodeFilter, CodeListFilter, OwnCodeFilter, OwnCodeListFilter
from .value_filters import DateTimeFilter, IntegerFilter, PartialDateFilter, TextFilter

# For the database's own use, or asked for by another parameter.
WITHOUT_FILTER = ("id", "code_order", "label_order", "notional", "content_type", "object_id")
NamedFilters = Iterator[tuple[str, django_filters.Filter]]
HIDDEN: dict[str, Any] = {"widget": forms.HiddenInput}
DATE_INPUT = forms.TextInput({"placeholder": "2025-06", "size": "10", "autocomplete": "off"})


def field_filters(model: type[CodedModel]) -> NamedFilters:
    """Name and filter of everything that may be asked of the model's own fields."""
    for field in [*model._meta.concrete_fields, *model._meta.many_to_many]:
        name = field.name
        if name in WITHOUT_FILTER or (isinstance(field, models.DateField) and not field.editable and name != "updated"):
            continue
        if name == "code":
            yield name, OwnCodeFilter(model=model, label="Code", field_name=name)
            yield f"{name}__in", OwnCodeListFilter(model=model, label="Code, one of", field_name=name)
            continue
        if field.related_model is not None and not _points_at_record(field):
            continue
        label = str(field.verbose_name)[:1].upper() + str(field.verbose_name)[1:]
        yield from _filters_by_type(field, label)
        # Every record has been changed at some time.
        if not isinstance(field, models.DateTimeField) and (field.null or field.blank or field.many_to_many):
            label = f"{label} is not stated"
            yield f"{name}__isnull", BooleanFilter(label=label, method="not_stated", field_name=name, **HIDDEN)


def _points_at_record(field: Any) -> bool:
    return isinstance(field.related_model, type) and issubclass(field.related_model, CodedModel)


def _filters_by_type(field: Any, label: str) -> NamedFilters:
    """The filters of one field."""
    name: str = field.name
    named: dict[str, Any] = {"field_name": name}
    if field.related_model is not None:
        yield name, CodeFilter(model=field.related_model, label=label, **named, **HIDDEN)
        yield f"{name}__in", CodeListFilter(model=field.related_model, label=f"{label}, one of", **named)
    elif isinstance(field, models.DateTimeField):
        for end, words in (("gte", "at or after"), ("lte", "at or before")):
            yield f"{name}__{end}", DateTimeFilter(lookup_expr=end, label=f"{label} {words}", **named)
    elif isinstance(field, PartialDateField):
        # The first date of a model is asked for in the form of its list.
        dates = [other for other in field.model._meta.concrete_fields if getattr(other, "earliest", "")]
        drawn = {"widget": DATE_INPUT} if field in dates[:1] else {}
        for end, words in (("gte", "may be on or after"), ("lte", "may be on or before")):
            if field.earliest:
                yield f"{name}__{end}", PartialDateFilter(lookup_expr=end, label=f"{label} {words}", **named, **drawn)
    elif isinstance(field, models.BooleanField):
        yield name, BooleanFilter(label=label, **named, **HIDDEN)
    elif isinstance(field, models.IntegerField):
        for end, words in (("exact", "is"), ("gte", "at least"), ("lte", "at most")):
            key = name if end == "exact" else f"{name}__{end}"
            yield key, IntegerFilter(lookup_expr=end, label=f"{label} {words}", **named)
    elif field.choices:
        yield name, ChoiceFilter(label=label, choices=field.choices, **named, **HIDDEN)
        yield f"{name}__in", ChoiceListFilter(label=f"{label}, one of", choices=field.choices, **named)
    elif isinstance(field, models.CharField):
        yield name, TextFilter(label=f"{label}, exactly", **named)
        yield f"{name}__in", ChoiceListFilter(label=f"{label}, exactly one of", **named)


def list_filter(filter_: django_filters.Filter) -> django_filters.Filter | None:
    """The filter of several values, to stand beside one of a single value; None for a question with a method."""
    if filter_.method is not None:
        return None
    label = f"{filter_.label}, one of"
    if isinstance(filter_, CodeFilter):
        return CodeListFilter(field_name=filter_.field_name, model=filter_.target, label=label)
    if isinstance(filter_, ChoiceFilter) and not isinstance(filter_, BooleanFilter):
        return ChoiceListFilter(field_name=filter_.field_name, choices=filter_.extra.get("choices", ()), label=label)
    return None
