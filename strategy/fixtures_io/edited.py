"""Tells what people edited since a fixture was loaded, so that loading again keeps it.

A value in the database that is not the one last shipped was put there by somebody. Values are compared as the fixtures
write them.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2s
from typing import Any

from django.db import models
from django.utils.text import Truncator

from ..core.models import CodedModel, Part, natural_order
from ..models import ShippedRow
from .files import content_fields

DELETED = ""
# Characters of a value that a line shows.
MAX_SHOWN = 60


@dataclass(frozen=True)
class Edit:
    """A value that was edited here and differs from the one shipped; without a field, a row that was deleted here.

    The values are in words: ``before`` as shipped before, ``now`` as shipped now, ``here`` as it stands. ``overridden``
    where the load put back what is shipped.
    """

    record: str
    field: str
    before: str = ""
    now: str = ""
    here: str = ""
    overridden: bool = False

    def __str__(self) -> str:
        end = "; put back" if self.overridden else ""
        if not self.field:
            return f"{self.record}: deleted here{end}"
        shipped = f"shipped {self.now}" if self.before == self.now else f"shipped {self.now}, before {self.before}"
        return f"{self.record}, {self.field}: edited here to {self.here}; {shipped}{end}"


def shown(values: dict[str, Any] | None, name: str) -> str:
    """The value of a field of a fixture for a line of text; of a row shipped by an earlier release it is not known."""
    if values is None:
        return "not known"
    if name not in values:
        return "nothing"
    value = values[name] if isinstance(values[name], str) else json.dumps(values[name], ensure_ascii=False)
    return f"'{Truncator(' '.join(value.split())).chars(MAX_SHOWN)}'"


def digest(value: Any) -> str:
    """A short digest of a value of a fixture."""
    return blake2s(json.dumps(value, sort_keys=True).encode(), digest_size=6).hexdigest()


def digests(values: dict[str, Any]) -> dict[str, str]:
    """The digest of each value, by name of field."""
    return {name: digest(value) for name, value in values.items()}


def shipped_values(model: type[models.Model], values: dict[str, Any]) -> dict[str, Any]:
    """The values of a fixture's row as ``dump`` would write them: without defaults, links in their order."""
    fields = {item.name: item for item in content_fields(model)}
    result = {}
    for name, value in values.items():
        item = fields.get(name)
        if isinstance(item, models.ManyToManyField):
            value = sorted(value, key=lambda key: (natural_order(key[0]), key[0]))
        default = None if item is None or item.is_relation else item.get_default()
        if value != default and value != []:
            result[name] = value
    return result


def row_title(model: Any, values: dict[str, Any]) -> str:
    """What tells a row from the others of its fixture."""
    if issubclass(model, CodedModel):
        names: Iterable[str] = ("code",)
    elif issubclass(model, Part):
        names = (model.parent_field, *model.key_fields)
    else:
        names = ("conflict", "silence", "observation", "record", "field", "part")
    return json.dumps([values.get(name) for name in names])


@dataclass
class ShippedRows:
    """What was shipped before of one model, by title; what is shipped now is stored by ``store``."""

    model: type[models.Model]
    before: dict[str, dict[str, str]] = field(default_factory=dict)
    now: dict[str, dict[str, str]] = field(default_factory=dict)
    values_before: dict[str, dict[str, Any] | None] = field(default_factory=dict)
    values_now: dict[str, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, model: type[models.Model]) -> "ShippedRows":
        rows = list(ShippedRow.objects.filter(model=model._meta.label_lower))
        return cls(model, {row.key: row.digests for row in rows}, values_before={row.key: row.values for row in rows})

    def ship(self, values: dict[str, Any]) -> None:
        """Notes a row of the fixture, once its values are known to be of their types."""
        title = row_title(self.model, values)
        self.values_now[title] = shipped_values(self.model, values)
        self.now[title] = digests(self.values_now[title])

    def was_shipped(self, values: dict[str, Any]) -> bool:
        """Whether an earlier load had this row."""
        return row_title(self.model, values) in self.before

    def edited(self, record: str, values: dict[str, Any], current: dict[str, Any]) -> list[Edit]:
        """The fields of a row whose ``current`` values are not those shipped before, nor those shipped now."""
        title = row_title(self.model, values)
        before, now, here = self.before.get(title, {}), self.now[title], digests(current)
        shipped = self.values_before.get(title)
        return [
            Edit(record, name, shown(shipped, name), shown(self.values_now[title], name), shown(current, name))
            for name in sorted({*before, *now, *here})
            if here.get(name) != before.get(name) and here.get(name) != now.get(name)
        ]

    def store(self) -> None:
        changed = [
            ShippedRow(model=self.model._meta.label_lower, key=key, digests=row, values=self.values_now[key])
            for key, row in self.now.items()
            if self.before.get(key) != row or self.values_before[key] is None
        ]
        ShippedRow.objects.bulk_create(
            changed,
            batch_size=500,
            update_conflicts=True,
            update_fields=["digests", "values"],
            unique_fields=["model", "key"],
        )
