"""Changes in words: whose row was changed, and each of its fields before and after, as the site shows them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from ..core.models import CodedModel, Part
from ..core.text.text_diff import TextPiece, Wording
from .differences import Difference, net_differences
from .models import Change
from .record_names import NamedRecord, RecordNames, Row, link_field, pointed_at
from .values import Value, is_shown, values_of

Operation = Change.Operation


@dataclass(frozen=True)
class FieldChange:
    """One field of a row: its values before and after the change, none where it had no value."""

    name: str
    label: str
    before: tuple[Value, ...]
    after: tuple[Value, ...]
    is_many: bool = False

    @property
    def pieces(self) -> tuple[list[TextPiece], list[TextPiece]] | None:
        """The text before and after in pieces, each of which the other has or has not; None unless both are texts."""
        if self.is_many or not (self.before and self.after) or self.before[0].code or self.after[0].code:
            return None
        return Wording(self.label, self.before[0].text, self.after[0].text).pieces


@dataclass(frozen=True)
class DescribedChange:
    """What one version did to one row: to a record, or to the ``part`` of it that is named.

    ``operation`` is a value of ``Change.Operation``; what many-to-many links were added or removed stands among the
    fields of the row that has them.
    """

    version: int
    record: NamedRecord
    operation: str
    part: str
    fields: tuple[FieldChange, ...]

    @property
    def verb(self) -> str:
        """What was done: "Added", "Changed" or "Deleted"."""
        return str(Operation(self.operation).label)


@dataclass(frozen=True)
class RecordChanges:
    """Changes of one record and of its parts."""

    record: NamedRecord
    changes: list[DescribedChange]


@dataclass
class _ChangedRow:
    """A row that was changed in one version: its own difference, if any, and links that it lost and got, by field."""

    version: int
    model: Any
    pk: int
    difference: Difference | None = None
    links: dict[Any, tuple[list[int], list[int]]] = field(default_factory=dict)


def describe(differences: Iterable[Difference]) -> list[DescribedChange]:
    """The differences in words, one for each row and version; what only follows from other changes is left out.

    Takes differences of changes that are committed, that are not yet, or that were rolled back. Whether a record has
    an address is read now: describe what was rolled back after that. The number of queries does not grow with that of
    the changes, but with that of the kinds of records among them.
    """
    differences = net_differences(differences)
    rows = _rows(differences)
    names = RecordNames(differences)
    owners = names.read_owners((row.model, row.pk) for row in rows)
    names.read([*(owner for owner in owners.values() if owner), *_pointed_at(rows)])
    described = (_describe(row, owners[row.model, row.pk], names) for row in rows)
    return [change for change in described if change is not None]


def edited_columns(difference: Difference) -> set[str]:
    """The columns that differ and that people edit; the others follow from these, or from other changes."""
    columns = {field.column: field for field in difference.model._meta.local_concrete_fields}
    return {name for name in difference.columns if name in columns and is_shown(columns[name])}


def is_derived(difference: Difference) -> bool:
    """Whether nothing was changed but what follows from other changes, such as the date of a record's last one."""
    return bool(difference.columns) and not edited_columns(difference)


def by_record(changes: Iterable[DescribedChange]) -> list[RecordChanges]:
    """The changes of each record together, in the order of the first; those of its own row before its parts."""
    records: dict[NamedRecord, list[DescribedChange]] = {}
    for change in changes:
        records.setdefault(change.record, []).append(change)
    return [RecordChanges(record, sorted(rows, key=lambda row: bool(row.part))) for record, rows in records.items()]


def _rows(differences: Iterable[Difference]) -> list[_ChangedRow]:
    rows: dict[tuple[int, Any, int], _ChangedRow] = {}
    for difference in differences:
        model, version = difference.model, difference.change.version
        relation = link_field(model)
        if relation is None:
            key = (version, model, difference.change.row)
            rows.setdefault(key, _ChangedRow(*key)).difference = difference
            continue
        source, target = (model._meta.get_field(name).attname for name in _ends(relation))
        for side, image in enumerate((difference.before, difference.after)):
            if image is not None:
                key = (version, relation.model, image[source])
                row = rows.setdefault(key, _ChangedRow(*key))
                row.links.setdefault(relation, ([], []))[side].append(image[target])
    return list(rows.values())


def _ends(relation: Any) -> tuple[str, str]:
    return relation.m2m_field_name(), relation.m2m_reverse_field_name()


def _pointed_at(rows: Iterable[_ChangedRow]) -> Iterable[Row]:
    """The records that the fields and links of the rows name."""
    for row in rows:
        for relation, sides in row.links.items():
            yield from ((relation.related_model, pk) for side in sides for pk in side)
        if row.difference is not None:
            for image in filter(None, (row.difference.before, row.difference.after)):
                yield from pointed_at(row.model, image)


def _describe(row: _ChangedRow, owner: Row | None, names: RecordNames) -> DescribedChange | None:
    difference = row.difference
    before, after = (difference.before, difference.after) if difference else (None, None)
    operation = difference.operation if difference else Operation.UPDATE
    fields = [*_fields(row.model, before, after, names), *_links(row, names)]
    if operation == Operation.UPDATE and not fields:
        return None
    part = "" if issubclass(row.model, CodedModel) else _part_title(row, names)
    return DescribedChange(row.version, names.named(owner), str(operation), part, tuple(fields))


def _fields(model: Any, before: Any, after: Any, names: RecordNames) -> Iterable[FieldChange]:
    """The fields that are not the same before and after; of a part, not the way to its record unless that changed."""
    parent = model.parent_field if issubclass(model, Part) else ""
    for column in model._meta.local_concrete_fields:
        if not is_shown(column) or (column.name == parent and (before is None or after is None)):
            continue
        old, new = (values_of(column, image, names) if image else () for image in (before, after))
        if old != new:
            yield FieldChange(column.name, _label(column), old, new)


def _links(row: _ChangedRow, names: RecordNames) -> Iterable[FieldChange]:
    for relation, (lost, added) in row.links.items():
        old, new = (
            tuple(sorted((names.value(relation.related_model, pk) for pk in side if pk not in other), key=str))
            for side, other in ((lost, added), (added, lost))
        )
        if old or new:
            yield FieldChange(relation.name, _label(relation), old, new, is_many=True)


def _part_title(row: _ChangedRow, names: RecordNames) -> str:
    """A part as a page names it, by its kind and what tells it from its siblings: "office name 'Delta 7'"."""
    model, image = row.model, names.image(row.model, row.pk)
    keys = [model._meta.get_field(name) for name in getattr(model, "key_fields", ())]
    texts = [value.code or value.text for column in keys for value in values_of(column, image, names)]
    title = " ".join([str(model._meta.verbose_name), *texts])
    return title[:1].upper() + title[1:]


def _label(column: models.Field) -> str:
    label = str(column.verbose_name)
    return label[:1].upper() + label[1:]
