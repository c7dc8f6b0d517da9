"""Filters of values out of a list: a field's choices, true and false, and the values that occur."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.db import models

from ..models import CodedModel
from ..params import comma_separated, did_you_mean
from ..text.labels import value_label
from . import schemas
from .described import DescribedFilter, occurring_values
from .form_fields import ListField, quote_value
from .value_filters import FieldLookupFilter


class ChoiceFilter(DescribedFilter, django_filters.ChoiceFilter):
    """One value of a closed list; an error names the list."""

    def __init__(self, *args: Any, choices: Iterable[tuple[str, str]] = (), **kwargs: Any):
        choices = list(choices)
        values = comma_separated(str(value) for value, _ in choices)
        kwargs.setdefault("error_messages", {"invalid_choice": f"'%(value)s' is not one of: {values}."})
        kwargs.setdefault("empty_label", "Any")
        super().__init__(*args, choices=choices, **kwargs)

    @property
    def column(self) -> str:
        return self.field_name if self.method is None else ""

    def json_schema(self, model: type[CodedModel]) -> dict[str, Any]:
        return {"type": "string", "enum": [str(value) for value, _ in self.extra["choices"]]}

    def value_description(self, model: type[CodedModel]) -> str:
        return ": " + ", ".join(f"`{value}` ({label})" for value, label in self.extra["choices"])

    def example(self, model: type[CodedModel]) -> Any:
        return str(self.occurring_value(model, self.field_name) or self.extra["choices"][0][0])


class OccurringValueFilter(ChoiceFilter):
    """One of the values that occur, in a field without a list of its own, among the records a reader may see."""

    @property
    def field(self) -> Any:
        # Without a FilterSet there are no records yet, and so no choices.
        if hasattr(self, "parent") and not hasattr(self, "_field"):
            rows = self.parent.queryset.exclude(**{self.field_name: ""}).order_by(self.field_name)
            values = list(rows.values_list(self.field_name, flat=True).distinct())
            self.extra["choices"] = [(value, value_label(value)) for value in values]
            self.extra["error_messages"] = {"invalid_choice": f"'%(value)s' is not one of: {comma_separated(values)}."}
        return super().field

    def json_schema(self, model: type[CodedModel]) -> dict[str, Any]:
        return {"type": "string", "format": f"{model._meta.model_name}-{self.field_name}"}

    def parameter_schema(self, model: type[CodedModel]) -> dict[str, Any]:
        values = occurring_values(model, self.field_name)
        return self.json_schema(model) | ({"enum": values} if values else {})

    def value_description(self, model: type[CodedModel]) -> str:
        return ": a value that occurs"

    def example(self, model: type[CodedModel]) -> str:
        return str(self.occurring_value(model, self.field_name) or "text")


class BooleanFilter(ChoiceFilter):
    """``true`` or ``false``; anything else is an error."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, choices=[("true", "Yes"), ("false", "No")], **kwargs)

    @property
    def column(self) -> str:
        # Databases write truth in different ways.
        return ""

    def filter(self, qs: Any, value: Any) -> Any:
        return super().filter(qs, {"true": True, "false": False}.get(value, value))

    def json_schema(self, model: type[CodedModel]) -> dict[str, Any]:
        return {"type": "boolean"}

    def value_description(self, model: type[CodedModel]) -> str:
        return ""

    def example(self, model: type[CodedModel]) -> bool:
        return True


class ChoiceListFilter(FieldLookupFilter):
    """One of several values of a text field, or of its list of choices, which are ``allowed``."""

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
        return self.filter_once(qs, **{f"{self.field_name}__in": value}) if value else qs

    def json_schema(self, model: type[CodedModel]) -> dict[str, Any]:
        return schemas.choice_list_schema(self.allowed) if self.allowed else schemas.text_list_schema()

    def value_description(self, model: type[CodedModel]) -> str:
        words = f": values separated by commas, {schemas.MAX_VALUES} at most"
        return words if self.allowed else f'{words}; one that holds a comma in double quotes, as in CSV: `"a, b",c`'

    def example(self, model: type[CodedModel]) -> str:
        default = self.allowed[0] if self.allowed else "text"
        return quote_value(str(self.occurring_value(model, self.field_name) or default))


def choice_filter(model: type[models.Model], name: str) -> ChoiceFilter:
    """A filter for a field with choices."""
    field: Any = model._meta.get_field(name)
    return ChoiceFilter(field_name=name, label=str(field.verbose_name).capitalize(), choices=field.choices or ())
