"""The order of a list, as a reader asks for it."""

from typing import Any

import django_filters
from django.db import models

from ..models import CodedModel, PlainOrder
from ..params import BadParametersError, comma_separated
from .described import DescribedFilter
from .schemas import choice_list_schema

# Ends the name of a text as it is ordered by.
SUFFIX = "_in_order"


class CodeOrderingFilter(DescribedFilter, django_filters.OrderingFilter):
    """Order by allow-listed fields, ``-`` reverses; equal rows keep the order of their codes."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, empty_label="Usual order", **kwargs)
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
        columns = [self.get_ordering_value(name) for name in value]
        texts = {column.removeprefix("-") for column in columns} & _free_texts(qs.model)
        rows = qs.annotate(**{f"{name}{SUFFIX}": PlainOrder(name) for name in sorted(texts)})
        orders = [
            _nulls_last(qs.model, f"{column}{SUFFIX}" if column.strip("-") in texts else column) for column in columns
        ]
        return rows.order_by(*orders, "code_order", "code")

    def json_schema(self, model: type[CodedModel]) -> dict[str, Any]:
        return choice_list_schema(self.names, len(self.names), unique=True, sign="-?")

    def description(self, model: type[CodedModel]) -> str:
        return f"Fields to order by, `-` before a name reverses: {comma_separated(self.names)}."

    def example(self, model: type[CodedModel]) -> str:
        return "-updated"


def order_column(model: type[CodedModel], name: str) -> str:
    """The column that has the order of the field ``name``: that of the code and of the record's name is stored."""
    stored = {"code": "code_order"} if model.is_link else {"code": "code_order", model.label_field: "label_order"}
    return stored.get(name, name)


def _free_texts(model: type[models.Model]) -> set[str]:
    """The fields of free text, which databases order in different ways."""
    return {
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField) and not field.choices and field.editable
    }


def _nulls_last(model: type[models.Model], order: str) -> Any:
    """Rows without a value come last. Where all have one nothing is said of it, so that an index can be used."""
    name = order.removeprefix("-")
    field = models.F(name)
    is_null = not name.endswith(SUFFIX) and model._meta.get_field(name).null
    last = {"nulls_last": True} if is_null else {}
    return field.desc(**last) if order.startswith("-") else field.asc(**last)
