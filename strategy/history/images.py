"""Images of rows in the change log follow the columns of their tables: each has all of them, and no other."""

import datetime
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from django.db import connections, models
from django.db.models.expressions import RawSQL

from .models import Change
from .triggers import content_tables, image_sql

BATCH = 1000
Image = dict[str, Any]


def follow_columns(using: str) -> None:
    """Adds to the images of each table the columns it has got, with their defaults, and takes out those it has lost.

    Run it after every migration. What a migration renames it renames itself, see ``RenameField``.
    """
    default = connections[using].schema_editor().effective_default
    changes = Change.objects.using(using)
    for table, model in content_tables().items():
        columns = {field.column: field for field in model._meta.local_concrete_fields}
        image = with_image(changes, table).values_list("before", flat=True).first()
        if image is None or image.keys() == columns.keys():
            continue
        added = {name: default(field) for name, field in columns.items() if name not in image}
        lost = image.keys() - columns.keys()
        rewrite(changes, table, lambda old, added=added, lost=lost: _without(old, lost) | added)


def with_image(changes: models.QuerySet, table: str) -> models.QuerySet:
    """The changes of a table that have an image."""
    return changes.filter(table=table, before__isnull=False)


def rewrite(changes: models.QuerySet, table: str, edit: Callable[[Image], Image]) -> None:
    """Replaces every image of a table by what ``edit`` makes of it."""
    rows: Iterator[Any] = with_image(changes, table).order_by("pk").iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        for change in batch:
            change.before = edit(change.before)
        changes.bulk_update(batch, ["before"])


def rename(changes: models.QuerySet, table: str, old_name: str, new_name: str) -> None:
    """Renames a column in every image of a table that has it: one that came in the same upgrade none has yet."""
    rewrite(changes, table, lambda old: {new_name if name == old_name else name: old[name] for name in old})


def present_images(rows: models.QuerySet) -> dict[int, Image]:
    """The rows of a table of content as they are now, by id, as the log would have them."""
    vendor, table = connections[rows.db].vendor, rows.model._meta.db_table
    image = RawSQL(image_sql(rows.model, f'"{table}"', vendor), [], output_field=models.JSONField())
    return dict(rows.order_by().values_list("pk", image))


def row_values(model: Any, image: Image) -> dict[str, Any]:
    """The values of a row as the model has them, by attribute; SQLite's log keeps no time zone, and means UTC."""
    values = {field.attname: field.to_python(image[field.column]) for field in model._meta.local_concrete_fields}
    return {name: _aware(value) for name, value in values.items()}


def _aware(value: Any) -> Any:
    is_naive = isinstance(value, datetime.datetime) and value.tzinfo is None
    return value.replace(tzinfo=datetime.UTC) if is_naive else value


def _without(image: Image, names: set[str]) -> Image:
    return {name: value for name, value in image.items() if name not in names}
