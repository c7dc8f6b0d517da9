"""Filters that refuse what they do not understand; one FilterSet a model, shared by pages and API."""

import copy
from collections.abc import Iterable
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.apps import apps
from django.db import models
from django.db.models import Q
from django.http import QueryDict

from ..models import Basis, CodedModel, Notional
from ..params import BadParametersError, check_params, comma_separated
from ..text import SearchError
from . import lookups
from .fields import CodeField
from .incompatible import IncompatibleParams
from .ordering import CodeOrderingFilter

# Asks for the records that have none of what the filter is about. A record with this code could not be asked for.
NONE = "none"
SEARCH_ENTRY = ("strategy", "SearchEntry")


class ChoiceFilter(django_filters.ChoiceFilter):
    """One value of a closed list; an error names the list."""

    def __init__(self, *args, choices: Iterable[tuple[str, str]] = (), **kwargs):
        choices = list(choices)
        values = comma_separated(str(value) for value, _ in choices)
        kwargs.setdefault("error_messages", {"invalid_choice": f"'%(value)s' is not one of: {values}."})
        kwargs.setdefault("empty_label", "Any")
        super().__init__(*args, choices=choices, **kwargs)


class OccurringValueFilter(ChoiceFilter):
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
        self.extra["error_messages"] = {"invalid_choice": f"'%(value)s' is not one of: {comma_separated(values)}."}
        return super().field


class BooleanFilter(ChoiceFilter):
    """``true`` or ``false``; anything else is an error."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, choices=[("true", "Yes"), ("false", "No")], **kwargs)

    def filter(self, qs, value):
        return super().filter(qs, {"true": True, "false": False}.get(value, value))


class CodeFilter(django_filters.ModelChoiceFilter):
    """A record of ``model``, named by its code, among those the reader may see.

    ``none`` is what a reader calls having no such record; with it, ``none`` may be asked for like a code.
    """

    field_class = CodeField

    def __init__(self, *args, model: type[CodedModel], none: str = "", **kwargs):
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

    def _visible(self, request):
        return self.target._default_manager.visible(requested_notional(request))


def requested_notional(request) -> str:
    """Which content the request asks for; sourced content only unless it says otherwise in full."""
    asked = getattr(request, "GET", {}).get("notional", "")
    return asked if asked in Notional.values else Notional.EXCLUDE


class SearchFilter(django_filters.CharFilter):
    """Words found in the record's name, other names or text, by the full-text index."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label", "Search")
        # Not stripped of spaces: where nothing can be found, nothing is shown rather than everything.
        super().__init__(*args, strip=False, **kwargs)

    def filter(self, qs, value):
        if not value:
            return qs
        entries = apps.get_model(*SEARCH_ENTRY)._default_manager.filter(kind=qs.model._meta.label_lower)
        try:
            return qs.filter(code__in=entries.matching(value).values("code"))
        except SearchError as error:
            raise BadParametersError({"search": [str(error)]}) from error


class RecordFilter(django_filters.FilterSet):
    """Base of every model's filters. ``ordering_fields`` are the fields a reader may order by.

    Beside what a model declares, every field can be asked for by its type (see ``lookups``). Those are not drawn in the
    form of a page; ``drawn`` off leaves out whatever is not given, which is all that an answer without a form needs.
    """

    search = SearchFilter()
    notional = ChoiceFilter(label="Training content", choices=Notional.choices, method="kept", empty_label=None)

    def __init__(self, data=None, queryset=None, *, request=None, prefix=None, drawn=True):
        model = self._meta.model
        start = model._default_manager.all() if queryset is None else queryset
        self.visibility = requested_notional(request)
        self.queryset = start.visible(self.visibility)
        # Not the base's own way, which copies every filter for each request.
        self.is_bound, self.data, self.request, self.form_prefix = (
            data is not None,
            data or QueryDict(),
            request,
            prefix,
        )
        self.filters = {
            name: _own(one)
            for name, one in self.base_filters.items()
            if name in self.data or (drawn and one.extra.get("widget") is not forms.HiddenInput)
        }
        for one in self.filters.values():
            one.parent, one.model = self, model

    @cached_property
    def form(self) -> forms.Form:
        """The form that checks the values. The base would make a class for it each time, and copy its fields."""
        form = self._meta.form(self.data if self.is_bound else None, prefix=self.form_prefix)
        form.fields = {name: one.field for name, one in self.filters.items()}
        return form

    @classmethod
    def get_filters(cls):
        filters = super().get_filters()
        model = cls._meta.model
        if model is not None:
            names = {f.name for f in model._meta.concrete_fields}
            if "basis" in names:
                filters.setdefault("basis", ChoiceFilter(field_name="basis", label="Basis", choices=Basis.choices))
            if "strategy" in names:
                strategy = model._meta.get_field("strategy").related_model
                filters.setdefault("strategy", CodeFilter(field_name="strategy", model=strategy))
            for name, one in list(filters.items()):
                if several := _several(one):
                    filters[f"{name}__in"] = several
            for name, one in lookups.field_filters(model, yes_no=BooleanFilter, one_of=ChoiceFilter, code=CodeFilter):
                filters.setdefault(name, one)
            fields = ("code", *cls._ordering_fields())
            filters["ordering"] = CodeOrderingFilter(
                fields=[("code_order" if name == "code" else name, name) for name in fields], label="Order by"
            )
        return filters

    ordering_fields: tuple[str, ...] = ()
    never_together: tuple[IncompatibleParams, ...] = ()

    @classmethod
    def _ordering_fields(cls) -> tuple[str, ...]:
        return (*cls.ordering_fields, "updated")

    def kept(self, queryset, name, value):
        """The queryset was cut to what may be seen when the filter was made."""
        return queryset

    def not_stated(self, queryset, name, value):
        """``true``: rows where the field is empty; ``false``: rows where it says something."""
        field = self._meta.model._meta.get_field(name)
        empty = Q(**{name: ""}) if isinstance(field, models.CharField | models.TextField) else Q(**{name: None})
        return queryset.filter(empty if value == "true" else ~empty)

    def checked(self, extra: Iterable[str] = (), *, blank: bool):
        """The filtered queryset, or BadParametersError with everything that is wrong."""
        check_params(self.data, [*self.base_filters, *extra], blank=blank)
        if problems := self.problems():
            raise BadParametersError(problems)
        return self.qs

    def problems(self) -> dict[str, list[str]]:
        """What is wrong with the values, by parameter."""
        if not self.is_valid():
            return {name: list(map(str, errors)) for name, errors in self.errors.items()}
        return self.contradictions()

    def if_asked(self, **values: Any):
        """What the filter, valid as it is, would give with other values for some of its fields; None asks for all."""
        asked = self.form.cleaned_data
        self.form.cleaned_data = asked | values
        try:
            return self.filter_queryset(self.queryset.all())
        finally:
            self.form.cleaned_data = asked

    def if_each(self, name: str, values: Iterable[Any]) -> list[Any]:
        """The same for each of several values of one filter, at the price of one. Not for one that others belong to."""
        rest = self.if_asked(**{name: None})
        return [self.filters[name].filter(rest, value) for value in values]

    def asked(self) -> dict[str, tuple[str, str]]:
        """What is asked for, by parameter: the filter's name and the value's in words."""
        return {
            name: (str(self.form.fields[name].label), self._words(name, value))
            for name, value in self.form.cleaned_data.items()
            if value and name in self.data
        }

    def _words(self, name: str, value: Any) -> str:
        field: Any = self.form.fields[name]
        if isinstance(value, CodedModel):
            return f"{value.code} {value.label}"
        if value == NONE and getattr(field, "null_label", None):
            return field.null_label
        return str(dict(getattr(field, "choices", ())).get(value, value)) if isinstance(value, str) else str(value)

    def contradictions(self) -> dict[str, list[str]]:
        """What no record can have together, by the parameter that is to go."""
        return {one.refused: [one.said] for one in self.never_together if one.is_asked(self.data)}


def _own(one: django_filters.Filter) -> django_filters.Filter:
    """The filter for one FilterSet. A deep copy would copy all choices, and cost more than to ask."""
    own = copy.copy(one)
    own.extra = {**one.extra}
    own.__dict__.pop("_field", None)
    # Set once more, since what calls the method knows the filter that it belongs to.
    own.method = one.method
    return own


def _several(one: django_filters.Filter) -> django_filters.Filter | None:
    """The filter for one of several values beside one for a single value; none for a question with a method."""
    if one.method is None and isinstance(one, CodeFilter):
        return lookups.CodeListFilter(field_name=one.field_name, model=one.target, label=f"{one.label}, one of")
    if one.method is None and isinstance(one, ChoiceFilter) and not isinstance(one, BooleanFilter):
        choices = one.extra.get("choices", ())
        return lookups.ChoiceListFilter(field_name=one.field_name, choices=choices, label=f"{one.label}, one of")
    return None


def choice_filter(model: type[models.Model], name: str) -> ChoiceFilter:
    """A filter for a field with choices."""
    field: Any = model._meta.get_field(name)
    return ChoiceFilter(field_name=name, label=str(field.verbose_name).capitalize(), choices=field.choices or ())
