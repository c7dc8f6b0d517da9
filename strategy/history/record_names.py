"""Names of records for changes: by what they are called now, or as the log has them if they are gone."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse

from ..core.models import CodedModel, Part
from ..search.models import SearchEntry
from .differences import Difference
from .images import Image, present_images
from .models import Change
from .triggers import content_tables
from .values import Value

# A row: its model and its key.
Row = tuple[Any, int]


@dataclass(frozen=True)
class NamedRecord:
    """A record as changes name it; ``address`` is that of its page, empty where the record is gone."""

    record_type: str
    kind: str
    code: str
    label: str
    address: str


UNKNOWN = NamedRecord("", "Record", "", "", "")


@cache
def link_field(model: Any) -> Any:
    """The many-to-many field whose automatic links a model holds; None for a model of any other kind."""
    fields = (field for owner in content_tables().values() for field in owner._meta.local_many_to_many)
    return next((field for field in fields if field.remote_field.through is model), None)


def owner_of(model: Any, image: Image) -> Row | None:
    """What a row belongs to, by its image: a record to itself, a part or a link to what it is part of."""
    if issubclass(model, CodedModel):
        return model, image["id"]
    if relation := link_field(model):
        return relation.model, image[model._meta.get_field(relation.m2m_field_name()).attname]
    if issubclass(model, Part):
        parent: Any = model._meta.get_field(model.parent_field)
        return parent.related_model, image[parent.attname]
    # The subject of a remark: the one of its pointers that is set.
    pointers = (field for field in model._meta.concrete_fields if _leads_to_record(field))
    return next(((field.related_model, image[field.attname]) for field in pointers if image[field.attname]), None)


def pointed_at(model: Any, image: Image) -> Iterator[Row]:
    """The records that the columns of a row name."""
    for field in model._meta.local_concrete_fields:
        if _leads_to_record(field) and image.get(field.attname) is not None:
            yield field.related_model, image[field.attname]
    if target := _target(image):
        yield target


def _leads_to_record(field: Any) -> bool:
    return field.is_relation and issubclass(field.related_model, CodedModel)


def _target(image: Image) -> Row | None:
    """The record that a citation or a subject is about, by its kind and key."""
    if image.get("content_type_id") is None or image.get("object_id") is None:
        return None
    kind = ContentType.objects.get_for_id(image["content_type_id"]).model_class()
    return (kind, image["object_id"]) if kind and issubclass(kind, CodedModel) else None


class RecordNames:
    """Names of the records that changes concern, read a few queries for all, and images of rows that are gone."""

    def __init__(self, differences: Iterable[Difference]):
        self._images: dict[Row, Image] = {}
        for difference in differences:
            self._images[difference.model, difference.change.row] = difference.image
        self._names: dict[Row, NamedRecord] = {}

    def image(self, model: Any, pk: int) -> Image:
        """The row as the changes leave it, or as it was before it went; empty where nobody knows."""
        return self._images.get((model, pk), {})

    def read_owners(self, rows: Iterable[Row]) -> dict[Row, Row | None]:
        """The record that each row belongs to; None where nothing is known of the row."""
        rows = list(dict.fromkeys(rows))
        unknown = [row for row in rows if row not in self._images and not issubclass(row[0], CodedModel)]
        self._read_images(unknown)
        return {row: row if issubclass(row[0], CodedModel) else self._owner(row) for row in rows}

    def _owner(self, row: Row) -> Row | None:
        image = self.image(*row)
        return owner_of(row[0], image) if image else None

    def read(self, rows: Iterable[Row]) -> None:
        """Reads the names of records."""
        wanted = {row for row in rows if row not in self._names}
        by_kind: dict[Any, list[int]] = defaultdict(list)
        for model, pk in wanted:
            by_kind[model].append(pk)
        if not by_kind:
            return
        chosen = Q(pk=None)
        for model, keys in by_kind.items():
            chosen |= Q(kind=model._meta.label_lower, object_id__in=keys)
        models = {model._meta.label_lower: model for model in by_kind}
        for kind, pk, code, title in SearchEntry.objects.filter(chosen).values_list(
            "kind", "object_id", "code", "title"
        ):
            self._names[models[kind], pk] = _named(models[kind], code, title, exists=True)
        missing = [row for row in wanted if row not in self._names]
        self._read_images([row for row in missing if row not in self._images])
        for model, pk in missing:
            image = self.image(model, pk)
            label = image.get(model.label_field) if model.label is CodedModel.label else ""
            self._names[model, pk] = _named(model, image.get("code", ""), str(label or ""), exists=False)

    def _read_images(self, rows: Iterable[Row]) -> None:
        """The images of rows as they are, or else as they were when they were deleted."""
        tables: dict[Any, list[int]] = defaultdict(list)
        for model, pk in rows:
            tables[model].append(pk)
        for model, keys in tables.items():
            for pk, image in present_images(model._base_manager.filter(pk__in=keys)).items():
                self._images[model, pk] = image
            if gone := [pk for pk in keys if (model, pk) not in self._images]:
                deleted = Change.objects.filter(table=model._meta.db_table, row__in=gone, operation="delete")
                self._images |= {(model, change.row): change.before or {} for change in deleted}

    def named(self, row: Any) -> NamedRecord:
        """The name of a record that was read; without a code where the log does not know it."""
        return self._names.get(row, UNKNOWN)

    def value(self, model: Any, pk: int) -> Value:
        """The record as the value of a field."""
        named = self.named((model, pk))
        if not named.code:
            return Value(f"A {model._meta.verbose_name} that is gone")
        return Value(f"{named.code} {named.label}".strip(), named.code, named.address, named.code)

    def target_value(self, image: Image) -> tuple[Value, ...]:
        """The record that a citation or a subject is about."""
        target = _target(image)
        return (self.value(*target),) if target else ()


def _named(model: Any, code: str, label: str, *, exists: bool) -> NamedRecord:
    name, kind = str(model._meta.model_name), str(model._meta.verbose_name)
    address = reverse(f"{name}-detail", kwargs={"code": code}) if exists else ""
    return NamedRecord(name, kind[:1].upper() + kind[1:], code, label, address)
