"""The part of every filter that describes it: its JSON Schema, its words and an example, for the API's schema."""

import copy
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from ..class_location import source_location
from ..models import CodedModel

REQUIRED = ("json_schema", "example")


class DescribedFilter:
    """Mixin of django-filter's filters: states what it takes, and is cheap to copy.

    Every filter of a ``RecordFilter`` has it. A subclass without ``json_schema`` and ``example``, its own or inherited,
    is refused with ``ImproperlyConfigured`` when it is defined; a base that leaves them to its subclasses says so with
    ``class Base(DescribedFilter, django_filters.Filter, abstract=True)``.
    """

    label: str | None
    field_name: str
    method: Any
    extra: dict[str, Any]

    def __init_subclass__(cls, *, abstract: bool = False, **kwargs: Any):
        super().__init_subclass__(**kwargs)
        missing = [name for name in REQUIRED if getattr(cls, name) is getattr(DescribedFilter, name)]
        if missing and not abstract:
            names = " and ".join(f"{name}(model)" for name in missing)
            raise ImproperlyConfigured(f"{source_location(cls)}: the filter {cls.__qualname__} must define {names}.")

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        """A copy for one FilterSet, which makes one of each filter. It shares the choices and has no field yet."""
        own = copy.copy(self)
        own.extra = {**self.extra}
        own.__dict__.pop("_field", None)
        # Set once more: django-filter then binds the method to the copy, which knows its FilterSet.
        own.method = self.method
        return own

    @property
    def column(self) -> str:
        """The column whose values, or primary keys, are those of the filter; empty where it has other conditions."""
        return ""

    def json_schema(self, model: type[CodedModel]) -> dict[str, Any]:
        """JSON Schema of the values; ``model`` is the FilterSet's. Reads no content."""
        raise NotImplementedError

    def parameter_schema(self, model: type[CodedModel]) -> dict[str, Any]:
        """``json_schema``, and what only the content can tell of the values."""
        return self.json_schema(model)

    def description(self, model: type[CodedModel]) -> str:
        """One sentence: the filter's label and what its values are."""
        return f"{self.label}{self.value_description(model)}."

    def value_description(self, model: type[CodedModel]) -> str:
        """What the values are, to follow the label; begins with a comma or colon if there is anything to say."""
        return ""

    def example(self, model: type[CodedModel]) -> Any:
        """A value to try the filter with, one that some record has where there is one."""
        raise NotImplementedError

    def occurring_value(self, model: type[CodedModel], path: str) -> Any:
        """The first value of the sourced content at ``path``; None without one, and for filters by a method."""
        return None if self.method is not None else first_value(model, path)


def first_value(model: type[CodedModel], path: str) -> Any:
    """The first value of the sourced content at ``path``, a lookup without its condition; None if there is none."""
    rows: Any = model._default_manager
    values = rows.visible().exclude(**{f"{path}__isnull": True}).values_list(path, flat=True)
    return next((value for value in values[:200] if value != ""), None)


def occurring_values(model: type[CodedModel], path: str) -> list[str]:
    """Every text that occurs in the sourced content at ``path``, sorted."""
    rows: Any = model._default_manager.visible()
    return sorted(rows.exclude(**{path: ""}).order_by().values_list(path, flat=True).distinct())
