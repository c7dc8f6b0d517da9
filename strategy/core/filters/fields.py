"""How a form offers records to choose from: a list while they are few, a field for the code once they are many."""

from collections.abc import Iterator
from typing import Any

import django_filters
from django import forms
from django.forms.models import ModelChoiceIterator

from ..params import MAX_COMPARED, did_you_mean

# More than this nobody reads through; a hundred thousand would be ten megabytes of page.
MAX_OFFERED = 300


class LimitedChoiceIterator(ModelChoiceIterator):
    """The records a list can hold, and one more that tells that there are others."""

    def __iter__(self) -> Iterator[Any]:
        field: Any = self.field
        if field.empty_label is not None:
            yield ("", field.empty_label)
        if getattr(field, "null_label", None) is not None:
            yield (field.null_value, field.null_label)
        yield from map(self.choice, self.queryset[: MAX_OFFERED + 1])


class CodeSelect(forms.Select):
    """A list of records, or where there are too many a text field for a code."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        # The iterator itself would be asked for its length first, which costs a query.
        offered = list(iter(self.choices))
        if len(offered) > MAX_OFFERED:
            hint = {"placeholder": "Code", "autocomplete": "off", "spellcheck": "false"}
            return forms.TextInput(hint).get_context(name, value, attrs)
        self.choices = offered
        return super().get_context(name, value, attrs)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        context = self.get_context(name, value, attrs)
        return self._render(context["widget"]["template_name"], context, renderer)  # type: ignore[attr-defined]


class CodeField(django_filters.fields.ModelChoiceField):
    """A record by its code. An unknown code is an error that names it and the nearest one."""

    iterator = LimitedChoiceIterator
    widget = CodeSelect

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
        return f"{obj.code} · {label}" if len(label) <= 70 else f"{obj.code} · {label[:69]}…"
