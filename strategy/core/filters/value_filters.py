"""Filters of plain values: text, whole numbers, partial dates and times."""

import re
from typing import Any

import django_filters
from django import forms
from django.db import models

from ..models import CodedModel
from . import schemas
from .described import DescribedFilter
from .form_fields import MAX_INTEGER, DateTimeTextField, IntegerTextField, PartialDateTextField


class FieldLookupFilter(DescribedFilter, django_filters.Filter, abstract=True):
    """Base of the filters that follow from a field: asked for by address, kept out of the form of a page by default."""

    field_class: type[forms.Field] = forms.CharField

    def __init__(self, *args: Any, **kwargs: Any):
        # Not stripped of spaces: what is asked for is what was sent.
        kwargs.setdefault("widget", forms.HiddenInput)
        super().__init__(*args, strip=False, **kwargs)

    def filter_once(self, qs: models.QuerySet, **conditions: Any) -> models.QuerySet:
        """Rows that meet the conditions, each once, even where a relation has several rows."""
        first = qs.model._meta.get_field(self.field_name.partition("__")[0])
        if first.one_to_many or first.many_to_many:
            conditions = {"pk__in": qs.model._default_manager.filter(**conditions).values("pk")}
        return qs.exclude(**conditions) if self.exclude else qs.filter(**conditions)


class TextFilter(FieldLookupFilter):
    """Exactly this text."""

    def json_schema(self, model: type[CodedModel]) -> dict[str, Any]:
        return schemas.TEXT

    def example(self, model: type[CodedModel]) -> str:
        return str(self.occurring_value(model, self.field_name) or "text")


class IntegerFilter(FieldLookupFilter):
    """A number, or with ``__gte`` and ``__lte`` an end of a range."""

    field_class = IntegerTextField

    def json_schema(self, model: type[CodedModel]) -> dict[str, Any]:
        return {"type": "integer", "minimum": -MAX_INTEGER, "maximum": MAX_INTEGER}

    def example(self, model: type[CodedModel]) -> int:
        value = self.occurring_value(model, self.field_name)
        return 1 if value is None else value


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

    def json_schema(self, model: type[CodedModel]) -> dict[str, Any]:
        return schemas.PARTIAL_DATE

    def value_description(self, model: type[CodedModel]) -> str:
        return ", as a year, month or day"

    def example(self, model: type[CodedModel]) -> str:
        value = str(self.occurring_value(model, self.field_name))
        return value[:4] if re.match("[0-9]{4}", value) else "2025"


class DateTimeFilter(FieldLookupFilter):
    """A time of change, as an end of a range."""

    field_class = DateTimeTextField

    def json_schema(self, model: type[CodedModel]) -> dict[str, Any]:
        return schemas.DATE_TIME

    def value_description(self, model: type[CodedModel]) -> str:
        return ", a day or a moment with its zone"

    def example(self, model: type[CodedModel]) -> str:
        value = self.occurring_value(model, self.field_name)
        return value.date().isoformat() if value else "2026-01-31"
