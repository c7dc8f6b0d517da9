"""Every table of content, and every way of writing: one change for each row that is changed, with all it was before."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models, transaction

from strategy.core.cache import count_each
from strategy.core.models import CodedModel
from strategy.fixtures_io import load
from strategy.history import changeset
from strategy.history.images import present_images
from strategy.history.triggers import content_tables
from strategy.models import Change, ChangeSet
from tests.support import factories as make
from tests.support.models import MODELS

pytestmark = pytest.mark.django_db
TABLES = content_tables()
NOT_CONTENT = {"SearchEntry", "ContentVersion", "ShippedRow", "Change", "ChangeSet", "Proposal"}
NOBODY = 10**9  # A foreign key that leads nowhere: checked at the end of the transaction, which there is none of.

Changes = list[tuple[int, str, dict[str, Any] | None]]


def test_every_table_is_content_or_kept_beside_it() -> None:
    labels = [config.label for config in apps.get_app_configs() if hasattr(config, "content")]
    every = {model for label in labels for model in apps.get_app_config(label).get_models(include_auto_created=True)}
    assert {model.__name__ for model in every - set(TABLES.values())} == NOT_CONTENT


def logged(table: str, version: int) -> Changes:
    """The changes of one table under a version."""
    return sorted(Change.objects.filter(table=table, version=version).values_list("row", "operation", "before"))


def holds(table: str, write: Callable[[], Any]) -> None:
    """Writes, and compares what is logged of the table with what its rows were and are."""
    rows = TABLES[table]._base_manager.all()
    before = present_images(rows)
    with transaction.atomic():
        with changeset(None, "Test", ChangeSet.Kind.EDIT) as current:
            write()
        after = present_images(rows)
        expected: Changes = [(row, "insert", None) for row in after.keys() - before.keys()]
        expected += [(row, "delete", before[row]) for row in before.keys() - after.keys()]
        both = before.keys() & after.keys()
        expected += [(row, "update", before[row]) for row in both if before[row] != after[row]]
        assert expected, f"{table}: nothing was written"
        assert logged(table, current.version) == sorted(expected), table
        columns = {field.column for field in TABLES[table]._meta.local_concrete_fields}
        assert all(image.keys() == columns for _, _, image in expected if image)
        transaction.set_rollback(True)


def other_value(model: Any) -> tuple[str, Callable[[Any], Any]]:
    """A column that can be changed in every row, and what to."""
    if issubclass(model, CodedModel):
        return "code", lambda row: f"{row.code}-X"
    pointer = next(field for field in model._meta.concrete_fields if field.many_to_one)
    return pointer.attname, lambda row: NOBODY + row.pk


def ways_of_writing(model: Any) -> Iterator[Callable[[], Any]]:
    """Writes to rows of any table, by the ORM past the signals of ``save``, and by plain SQL."""
    rows, table = model._base_manager.all(), model._meta.db_table
    chosen = list(rows.order_by("pk")[:2])
    name, value = other_value(model)
    first, keys = chosen[0].pk, ", ".join(str(row.pk) for row in chosen)
    others = ", ".join(f'"{field.column}"' for field in model._meta.local_concrete_fields if not field.primary_key)

    def sql(statement: str, *params: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, params)

    def bulk_update() -> None:
        for row in chosen:
            setattr(row, name, value(row))
        rows.bulk_update(chosen, [name])

    def bulk_create() -> None:
        sql(f'DELETE FROM "{table}" WHERE id IN ({keys})')
        for row in chosen:
            row.pk = None
        rows.bulk_create(chosen)

    def insert() -> None:
        values = rows.filter(pk=first).values_list(
            *(field.attname for field in model._meta.local_concrete_fields if not field.primary_key)
        )[0]
        sql(f'DELETE FROM "{table}" WHERE id = %s', first)
        sql(f'INSERT INTO "{table}" ({others}) VALUES ({", ".join(["%s"] * len(values))})', *values)

    yield lambda: rows.filter(pk=first).update(**{name: value(chosen[0])})
    yield lambda: sql(f'UPDATE "{table}" SET "{name}" = %s WHERE id = {first}', value(chosen[1]))
    yield lambda: sql(f'DELETE FROM "{table}" WHERE id IN ({keys})')
    yield insert
    yield bulk_update
    yield bulk_create


def test_bulk_writes_and_sql() -> None:
    load(notional=True)
    for table, model in TABLES.items():
        while model._base_manager.count() < 2:
            make.Factory.of[model]()
        for write in ways_of_writing(model):
            holds(table, write)


def test_what_is_saved_and_linked() -> None:
    for model in MODELS:
        record = model._base_manager.first() or make.Factory.of[model]()
        text = next(f.name for f in model._meta.concrete_fields if isinstance(f, models.TextField))
        setattr(record, text, "Changed.")
        holds(model._meta.db_table, record.save)
        for field in model._meta.many_to_many:
            manager, links = getattr(record, field.name), field.remote_field.through._meta.db_table
            rows = list(field.related_model._base_manager.all()[:3])
            manager.set(rows[:2])
            for write in (lambda m=manager, r=rows: m.set(r[1:]), lambda m=manager, r=rows: m.add(r[2]), manager.clear):
                holds(links, write)


def test_what_is_deleted_with_a_record() -> None:
    every, tried = [model._base_manager.all() for model in TABLES.values()], []
    for model in MODELS:
        record = model._base_manager.last() or make.Factory.of[model]()
        before = count_each(every)
        with transaction.atomic():
            try:
                with changeset(None, "Test", ChangeSet.Kind.EDIT) as current:
                    record.delete()
            except (models.ProtectedError, models.RestrictedError):
                continue
            tried.append(model)
            deleted = Change.objects.filter(version=current.version, operation="delete")
            after = count_each(every)
            for table, old, new in zip(TABLES, before, after, strict=True):
                assert deleted.filter(table=table).count() == old - new, (model, table)
            transaction.set_rollback(True)
    assert len(tried) > len(MODELS) / 2, "hardly anything could be deleted"
