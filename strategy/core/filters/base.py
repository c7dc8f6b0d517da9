"""``RecordFilter``: the one FilterSet of a model, for its page, its API, its files and its facets."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, ClassVar

import django_filters
from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.models import Q

from ..class_location import source_location
from ..models import Basis, CodedModel, Notional
from ..params import BadParametersError, check_params
from .choices import ChoiceFilter
from .codes import requested_notional
from .described import DescribedFilter
from .field_filters import field_filters, list_filter
from .incompatible import IncompatibleParams
from .ordering import CodeOrderingFilter, order_column
from .schemas import NONE
from .search import SearchFilter


class FilterForm(forms.Form):
    """The form of one FilterSet, whose filters made its ``fields``. A form with fields of its class would copy them."""

    def __init__(self, *args: Any, fields: dict[str, forms.Field], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields = fields


class RecordFilter(django_filters.FilterSet):
    """Base of every model's filters, which refuse what they do not understand.

    ``Meta`` of a subclass inherits from this one and names the ``model``; ``ordering_fields`` are the fields a reader
    may order by. Beside the filters a subclass declares, every field can be asked for by its type (see ``lookups``).
    Those are not drawn in the form of a page. ``with_form`` off leaves out every filter without a value, which is all
    that an answer without a form needs.
    """

    search = SearchFilter()
    notional = ChoiceFilter(label="Training content", choices=Notional.choices, method="visible", empty_label=None)

    ordering_fields: ClassVar[tuple[str, ...]] = ()
    incompatible_params: ClassVar[tuple[IncompatibleParams, ...]] = ()

    class Meta:
        fields: ClassVar[list[str]] = []
        form = FilterForm

    def __init__(
        self,
        data: Any = None,
        queryset: Any = None,
        *,
        request: Any = None,
        prefix: str | None = None,
        with_form: bool = True,
    ):
        rows = self._meta.model._default_manager.all() if queryset is None else queryset
        self.visibility = requested_notional(request)
        # Only these are copied and become fields: most have no value, and are in no form.
        self.base_filters: dict[str, Any] = {
            name: filter_
            for name, filter_ in type(self).base_filters.items()
            if name in (data or ()) or (with_form and filter_.extra.get("widget") is not forms.HiddenInput)
        }
        super().__init__(data, rows.visible(self.visibility), request=request, prefix=prefix)

    @classmethod
    def get_filters(cls) -> dict[str, django_filters.Filter]:
        filters = super().get_filters()
        if cls._meta.model is not None:
            for name, filter_ in cls.get_common_filters().items():
                filters.setdefault(name, filter_)
            for name, filter_ in list(filters.items()):
                if beside := list_filter(filter_):
                    filters[f"{name}__in"] = beside
            for name, filter_ in field_filters(cls._meta.model):
                filters.setdefault(name, filter_)
            fields = ("code", *cls.ordering_fields, "updated")
            filters["ordering"] = CodeOrderingFilter(
                fields=[(order_column(cls._meta.model, name), name) for name in fields], label="Order by"
            )
        cls._check_described(filters)
        return filters

    @classmethod
    def get_common_filters(cls) -> dict[str, django_filters.Filter]:
        """Filters that models share by having the same field, drawn in the form of a page."""
        if "basis" not in {field.name for field in cls._meta.model._meta.concrete_fields}:
            return {}
        return {"basis": ChoiceFilter(field_name="basis", label="Basis", choices=Basis.choices)}

    @classmethod
    def _check_described(cls, filters: dict[str, django_filters.Filter]) -> None:
        for name, filter_ in filters.items():
            if not isinstance(filter_, DescribedFilter):
                kind = type(filter_)
                raise ImproperlyConfigured(
                    f"{source_location(kind)}: {kind.__qualname__}, the filter '{name}' of {cls.__qualname__} "
                    f"({cls.__module__}), does not describe itself: derive it from DescribedFilter."
                )

    def get_form_class(self) -> Callable[..., forms.Form]:
        """The form of these filters; no class is made for it, which would cost more than all else here."""
        return partial(self._meta.form, fields={name: filter_.field for name, filter_ in self.filters.items()})

    def visible(self, queryset: Any, name: str, value: str) -> Any:
        """Method of the filter ``notional``: the queryset was cut to what may be seen when the FilterSet was made."""
        return queryset

    def not_stated(self, queryset: Any, name: str, value: str) -> Any:
        """Method of ``__isnull``. ``true``: rows where the field is empty; ``false``: rows where it says something."""
        field = self._meta.model._meta.get_field(name)
        empty = Q(**{name: ""}) if isinstance(field, models.CharField | models.TextField) else Q(**{name: None})
        return queryset.filter(empty if value == "true" else ~empty)

    def checked(self, extra: Iterable[str] = (), *, blank: bool) -> Any:
        """The filtered queryset, or BadParametersError with everything that is wrong.

        ``extra`` are the parameters that the address takes beside the filters; ``blank`` allows empty values.
        """
        check_params(self.data, [*type(self).base_filters, *extra], blank=blank)
        if problems := self.problems():
            raise BadParametersError(problems)
        return self.qs

    def problems(self) -> dict[str, list[str]]:
        """What is wrong with the values: sentences by parameter."""
        if not self.is_valid():
            return {name: list(map(str, errors)) for name, errors in self.errors.items()}
        return {rule.refused: [rule.message] for rule in self.incompatible_params if rule.matches(self.data)}

    def queryset_with(self, **values: Any) -> Any:
        """What these filters, which are valid, would give with other values for some of them; None asks for all."""
        cleaned = self.form.cleaned_data
        self.form.cleaned_data = cleaned | values
        try:
            return self.filter_queryset(self.queryset.all())
        finally:
            self.form.cleaned_data = cleaned

    def active_filters(self) -> dict[str, tuple[str, str]]:
        """The filters with a value: label and value in words, by parameter."""
        return {
            name: (str(self.form.fields[name].label), self._value_in_words(name, value))
            for name, value in self.form.cleaned_data.items()
            if value and name in self.data
        }

    def _value_in_words(self, name: str, value: Any) -> str:
        field: Any = self.form.fields[name]
        if isinstance(value, CodedModel):
            return f"{value.code} {value.label}"
        if value == NONE and getattr(field, "null_label", None):
            return field.null_label
        return str(dict(getattr(field, "choices", ())).get(value, value)) if isinstance(value, str) else str(value)
