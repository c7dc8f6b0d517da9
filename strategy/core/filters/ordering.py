"""The order of a list, as a reader asks for it."""

from typing import Any

import django_filters
from django.db import models

from ..models import CodedModel
from ..params import BadParametersError, comma_separated
from .described import DescribedFilter
from .schemas import choice_list_schema


class CodeOrderingFilter(DescribedFilter, django_filters.OrderingFilter):
    """Order by allow-listed fields, ``-`` reverses; equal rows keep the order of their codes."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        names = comma_separated(value for value, _ in self.extra["choices"])
        self.extra["error_messages"] = {
            "invalid_choice": f"'%(value)s' is not one of: {names}.",
            "invalid_list": "Names of fields, separated by commas.",
        }

    @property
    def names(self) -> list[str]:
        """The fields a reader may order by."""
        return [value for value, _ in self.extra["choices"] if not value.startswith("-")]

    def filter(self, qs: Any, value: Any) -> Any:
        if not value:
            return qs
        names = [name.removeprefix("-") for name in value]
        if "" in names or len(set(names)) < len(names):
            raise BadParametersError({"ordering": ["Names of fields, separated by commas, each of them once."]})
        orders = [_nulls_last(qs.model, self.get_ordering_value(name)) for name in value]
        return qs.order_by(*orders, "code_order", "code")

    def json_schema(self, model: type[CodedModel]) -> dict[str, Any]:
        return choice_list_schema(self.names, len(self.names), unique=True, sign="-?")

    def description(self, model: type[CodedModel]) -> str:
        return f"Fields to order by, `-` before a name reverses: {comma_separated(self.names)}."

    def example(self, model: type[CodedModel]) -> str:
        return "-updated"


def _nulls_last(model: type[models.Model], order: str) -> Any:
    """Rows without a value come last. Where all have one nothing is said of it, so that an index can be used."""
    name = order.removeprefix("-")
    field = models.F(name)
    last = {"nulls_last": True} if model._meta.get_field(name).null else {}
    return field.desc(**last) if order.startswith("-") else field.asc(**last)
