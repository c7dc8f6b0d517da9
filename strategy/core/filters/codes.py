"""Filters of records named by their codes, among those that the request may see."""

from typing import Any

import django_filters
from django import forms

from ..models import CodedModel, Notional
from ..params import MAX_COMPARED, did_you_mean
from . import schemas
from .described import DescribedFilter, first_value
from .form_fields import CodeField, ListField
from .schemas import NONE
from .value_filters import FieldLookupFilter


def requested_notional(request: Any) -> str:
    """Which content the request asks for; sourced content only unless it says otherwise in full."""
    value = getattr(request, "GET", {}).get("notional", "")
    return value if value in Notional.values else Notional.EXCLUDE


class CodeFilter(DescribedFilter, django_filters.ModelChoiceFilter):
    """A record of ``model``, named by its code, among those the reader may see; ``target`` is the model.

    ``none`` is what a reader calls having no such record; with it, ``none`` may be asked for like a code.
    """

    field_class = CodeField

    def __init__(self, *args: Any, model: type[CodedModel], none: str = "", **kwargs: Any):
        self.target = model
        if none:
            kwargs |= {"null_label": none, "null_value": NONE}
        kwargs.setdefault("label", str(model._meta.verbose_name).capitalize())
        super().__init__(
            *args,
            queryset=self._visible,
            to_field_name="code",
            empty_label="Any",
            **kwargs,
        )

    def _visible(self, request: Any) -> Any:
        return self.target._default_manager.visible(requested_notional(request))

    @property
    def field(self) -> Any:
        field: Any = super().field
        field.visibility = requested_notional(self.get_request())
        return field

    @property
    def column(self) -> str:
        return self.field_name if self.method is None else ""

    def json_schema(self, model: type[CodedModel]) -> dict[str, Any]:
        return schemas.code_schema(self.target, self.extra.get("null_label") or "")

    def value_description(self, model: type[CodedModel]) -> str:
        none = self.extra.get("null_label")
        words = f": code of a record in {self.target._meta.verbose_name_plural}"
        return f"{words}, or `{NONE}` ({none})" if none else words

    def example(self, model: type[CodedModel]) -> Any:
        return self.occurring_value(model, f"{self.field_name}__code") or first_value(self.target, "code")


class CodeListFilter(FieldLookupFilter):
    """One of several records, named by their codes; ``target`` is their model."""

    field_class = ListField

    def __init__(self, *args: Any, model: type[CodedModel], **kwargs: Any):
        self.target = model
        super().__init__(*args, **kwargs)

    def records(self, codes: list[str]) -> list[CodedModel]:
        """The records of the codes; an unknown one is an error that names it."""
        parent: Any = self.parent
        visible = self.target._default_manager.visible(parent.visibility)
        records = {row.code: row for row in visible.filter(code__in=codes)}
        for code in codes:
            if code not in records:
                known = visible.values_list("code", flat=True)[:MAX_COMPARED]
                message = f"There is no {self.target._meta.verbose_name} '{code}'.{did_you_mean(code, known)}"
                raise forms.ValidationError(message, code="unknown_code")
        return list(records.values())

    @property
    def field(self) -> forms.Field:
        field = super().field
        # Read once, where what is wrong is reported; the filter then has the records.
        field.clean = lambda value: self.records(ListField.clean(field, value))
        return field

    def filter(self, qs: Any, value: list[CodedModel]) -> Any:
        return self.filter_once(qs, **{f"{self.field_name}__in": value}) if value else qs

    def json_schema(self, model: type[CodedModel]) -> dict[str, Any]:
        return schemas.code_list_schema(self.target)

    def value_description(self, model: type[CodedModel]) -> str:
        return f": values separated by commas, {schemas.MAX_VALUES} at most"

    def example(self, model: type[CodedModel]) -> Any:
        return self.occurring_value(model, f"{self.field_name}__code") or first_value(self.target, "code")


class OwnCodeListFilter(CodeListFilter):
    """Records by their own codes."""

    def filter(self, qs: Any, value: list[CodedModel]) -> Any:
        return qs.filter(pk__in=[row.pk for row in value]) if value else qs

    def example(self, model: type[CodedModel]) -> Any:
        return first_value(model, "code")


class OwnCodeFilter(OwnCodeListFilter):
    """A record by its own code."""

    def records(self, codes: list[str]) -> list[CodedModel]:
        # What stands between commas is one code here, which no record has.
        return super().records([",".join(codes)] if codes else [])

    def json_schema(self, model: type[CodedModel]) -> dict[str, Any]:
        return schemas.code_schema(model)

    def value_description(self, model: type[CodedModel]) -> str:
        return ""
