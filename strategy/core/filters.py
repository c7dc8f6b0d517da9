"""Filters that refuse what they do not understand; one FilterSet a model, shared by pages and API."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.apps import apps
from django.db import models
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from .basis import Basis
from .fulltext import SearchError
from .models import Coded
from .params import MAX_COMPARED, BadParametersError, check, listed, nearest
from .querysets import Notional

SEARCH_ENTRY = ("strategy", "SearchEntry")


class OneOf(django_filters.ChoiceFilter):
    """One value of a closed list; an error names the list."""

    def __init__(self, *args, choices: Iterable[tuple[str, str]] = (), **kwargs):
        choices = list(choices)
        values = listed(str(value) for value, _ in choices)
        kwargs.setdefault("error_messages", {"invalid_choice": f"'%(value)s' is not one of: {values}."})
        kwargs.setdefault("empty_label", "Any")
        super().__init__(*args, choices=choices, **kwargs)


@extend_schema_field(OpenApiTypes.STR)
class OneOfValues(OneOf):
    """One of the values that occur, in a field without a list of its own, among the records a reader may see."""

    @property
    def field(self):
        if not hasattr(self, "parent"):
            # The schema looks at the filter alone: which values occur is no part of it. Kept, this field without
            # choices would be copied into every FilterSet made afterwards.
            field = super().field
            del self._field
            return field
        rows = self.parent.queryset.exclude(**{self.field_name: ""}).order_by(self.field_name)
        values = list(rows.values_list(self.field_name, flat=True).distinct())
        self.extra["choices"] = [(value, value) for value in values]
        self.extra["error_messages"] = {"invalid_choice": f"'%(value)s' is not one of: {listed(values)}."}
        return super().field


class YesNo(OneOf):
    """``true`` or ``false``; anything else is an error."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, choices=[("true", "Yes"), ("false", "No")], **kwargs)

    def filter(self, qs, value):
        return super().filter(qs, {"true": True, "false": False}.get(value, value))


class CodeField(forms.ModelChoiceField):
    """A record by its code. An unknown code is an error that names it and the nearest one."""

    def to_python(self, value):
        try:
            return super().to_python(value)
        except forms.ValidationError as error:
            rows: Any = self.queryset
            name = rows.model._meta.verbose_name
            codes = rows.values_list("code", flat=True)[:MAX_COMPARED]
            raise forms.ValidationError(
                f"There is no {name} '{value}'.{nearest(str(value), codes)}", code="unknown_code"
            ) from error

    def label_from_instance(self, obj) -> str:
        label = obj.label
        return f"{obj.code} · {label}" if len(label) <= 70 else f"{obj.code} · {label[:69]}…"


@extend_schema_field(OpenApiTypes.STR)
class Code(django_filters.ModelChoiceFilter):
    """A record of ``model``, named by its code, among those the reader may see."""

    field_class = CodeField

    def __init__(self, *args, model: type[Coded], **kwargs):
        self.target = model
        kwargs.setdefault("label", str(model._meta.verbose_name).capitalize())
        super().__init__(
            *args,
            queryset=self._visible,
            to_field_name="code",
            empty_label="Any",
            **kwargs,
        )

    def _visible(self, request):
        return self.target._default_manager.visible(notional_of(request))


def notional_of(request) -> str:
    """Which content the request asks for; sourced content only unless it says otherwise in full."""
    asked = getattr(request, "GET", {}).get("notional", "")
    return asked if asked in Notional.values else Notional.EXCLUDE


class Search(django_filters.CharFilter):
    """Words found in the record's name, other names or text, by the full-text index."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label", "Search")
        super().__init__(*args, **kwargs)

    def filter(self, qs, value):
        if not value:
            return qs
        entries = apps.get_model(*SEARCH_ENTRY)._default_manager.filter(kind=qs.model._meta.label_lower)
        try:
            return qs.filter(code__in=entries.matching(value).values("code"))
        except SearchError as error:
            raise BadParametersError({"search": [str(error)]}) from error


class Ordering(django_filters.OrderingFilter):
    """Order by allow-listed fields, ``-`` reverses; equal rows keep the order of their codes."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        names = listed(value for value, _ in self.extra["choices"])
        self.extra["error_messages"] = {
            "invalid_choice": f"'%(value)s' is not one of: {names}.",
            "invalid_list": "Names of fields, separated by commas.",
        }

    def filter(self, qs, value):
        if not value:
            return qs
        names = [name.removeprefix("-") for name in value]
        if "" in names or len(set(names)) < len(names):
            raise BadParametersError({"ordering": ["Names of fields, separated by commas, each of them once."]})
        orders = [self.get_ordering_value(name) for name in value]
        return qs.order_by(*map(_undated_last, orders), "code_order", "code")


def _undated_last(order: str):
    field = models.F(order.removeprefix("-"))
    return field.desc(nulls_last=True) if order.startswith("-") else field.asc(nulls_last=True)


class RecordFilter(django_filters.FilterSet):
    """Base of every model's filters. ``ordering_fields`` are the fields a reader may order by."""

    search = Search()
    notional = OneOf(label="Training content", choices=Notional.choices, method="kept", empty_label=None)

    def __init__(self, data=None, queryset=None, *, request=None, prefix=None):
        model = self._meta.model
        start = model._default_manager.all() if queryset is None else queryset
        super().__init__(data, start.visible(notional_of(request)), request=request, prefix=prefix)

    @classmethod
    def get_filters(cls):
        filters = super().get_filters()
        model = cls._meta.model
        if model is not None:
            names = {f.name for f in model._meta.concrete_fields}
            if "basis" in names:
                filters.setdefault("basis", OneOf(field_name="basis", label="Basis", choices=Basis.choices))
            if "strategy" in names:
                strategy = model._meta.get_field("strategy").related_model
                filters.setdefault("strategy", Code(field_name="strategy", model=strategy))
            fields = ("code", *cls._ordering_fields())
            filters["ordering"] = Ordering(
                fields=[("code_order" if name == "code" else name, name) for name in fields], label="Order by"
            )
        return filters

    ordering_fields: tuple[str, ...] = ()

    @classmethod
    def _ordering_fields(cls) -> tuple[str, ...]:
        return (*cls.ordering_fields, "updated")

    def kept(self, queryset, name, value):
        """The queryset was cut to what may be seen when the filter was made."""
        return queryset

    def checked(self, extra: Iterable[str] = (), *, blank: bool):
        """The filtered queryset, or BadParametersError with everything that is wrong."""
        check(self.data, [*self.filters, *extra], blank=blank)
        if not self.is_valid():
            raise BadParametersError({name: list(map(str, errors)) for name, errors in self.errors.items()})
        return self.qs


def one_of(model: type[models.Model], name: str) -> OneOf:
    """A filter for a field with choices."""
    field: Any = model._meta.get_field(name)
    return OneOf(field_name=name, label=str(field.verbose_name).capitalize(), choices=field.choices or ())
