"""The order of a list, as a reader asks for it."""

import django_filters
from django.db import models

from ..params import BadParametersError, comma_separated


class CodeOrderingFilter(django_filters.OrderingFilter):
    """Order by allow-listed fields, ``-`` reverses; equal rows keep the order of their codes."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        names = comma_separated(value for value, _ in self.extra["choices"])
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
        orders = [_undated_last(qs.model, self.get_ordering_value(name)) for name in value]
        return qs.order_by(*orders, "code_order", "code")


def _undated_last(model: type[models.Model], order: str):
    """Rows without a value come last. Where all have one nothing is said of it, so that an index can be used."""
    name = order.removeprefix("-")
    field = models.F(name)
    last = {"nulls_last": True} if model._meta.get_field(name).null else {}
    return field.desc(**last) if order.startswith("-") else field.asc(**last)
