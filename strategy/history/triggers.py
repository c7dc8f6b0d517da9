"""Triggers of the database that write the change log and move the content version.

So both are true of whatever writes: the admin, a command, an import, the shell and plain SQL alike; and of nothing that
is rolled back. A change set is one version. Outside of one, each statement moves the version (on SQLite each row), and
its changes are nobody's.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import connections, transaction

from ..core.models import ContentModel
from ..models.content_version import ContentVersion
from .models import Change

VERSION, LOG = ContentVersion._meta.db_table, Change._meta.db_table
EVENTS = ("insert", "update", "delete")
FUNCTION = "log_content_change"
# A setting of a PostgreSQL session: tests empty tables in a way that no log can follow.
TRUNCATE_ALLOWED = "strategy.truncate"


def content_tables() -> dict[str, Any]:
    """The models of all content by the name of their table, the automatic ones of many to many with them."""
    models: list[Any] = [model for model in apps.get_models() if issubclass(model, ContentModel)]
    links = [field.remote_field.through for model in models for field in model._meta.local_many_to_many]
    return {model._meta.db_table: model for model in (*models, *links)}


def is_migrated(using: str) -> bool:
    """Whether the log has its table yet."""
    return LOG in connections[using].introspection.table_names()


def install_triggers(using: str) -> None:
    """Creates those triggers that are missing or differ, and the row of the content version.

    Run it after every migration: one that rebuilds a table of SQLite drops its triggers, and columns come and go.
    """
    connection: Any = connections[using]
    # Where one app alone was migrated, others have no tables yet.
    present = set(connection.introspection.table_names())
    models = [model for table, model in content_tables().items() if table in present]
    # One commit for some hundred triggers: each commit waits for the disk.
    with transaction.atomic(using=using), connection.cursor() as cursor:
        ContentVersion.objects.using(using).get_or_create(pk=1, defaults={"version": 0})
        for statement in _postgresql(models, cursor) if connection.vendor == "postgresql" else _sqlite(models, cursor):
            cursor.execute(statement)


def drop_triggers(using: str) -> None:
    """Drops those triggers that stand in the way of a migration: SQLite drops no column that a trigger names.

    Those of PostgreSQL name no column and stay.
    """
    connection = connections[using]
    if connection.vendor == "sqlite":
        with transaction.atomic(using=using), connection.cursor() as cursor:
            for name in _existing(cursor):
                cursor.execute(f'DROP TRIGGER "{name}"')


def image_sql(model: Any, row: str, vendor: str) -> str:
    """SQL of the image of a row in the log, an object of all its columns: ``row`` is a table's alias, old or new."""
    if vendor == "postgresql":
        return f"to_jsonb({row})"
    columns = (field.column for field in model._meta.local_concrete_fields)
    return "json_object({})".format(", ".join(f"'{column}', {row}.\"{column}\"" for column in columns))


def _existing(cursor: Any) -> dict[str, str]:
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%!_log' ESCAPE '!'")
    return dict(cursor.fetchall())


def _sqlite(models: Iterable[Any], cursor: Any) -> Iterator[str]:
    existing = _existing(cursor)
    now = "CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER)"
    move = f'UPDATE "{VERSION}" SET version = max(version + 1, {now}) WHERE id = 1 AND NOT acting;'
    for model in models:
        table = model._meta.db_table
        old, new = (image_sql(model, row, "sqlite") for row in ("old", "new"))
        for event in EVENTS:
            name = f"{table}_{event}_log"
            key, before = ("new", "NULL") if event == "insert" else ("old", old)
            when = f" WHEN {old} IS NOT {new}" if event == "update" else ""
            sql = (
                f'CREATE TRIGGER "{name}" AFTER {event.upper()} ON "{table}"{when} BEGIN {move} '
                f'INSERT INTO "{LOG}" (version, "table", row, operation, before) '
                f"SELECT version, '{table}', {key}.id, '{event}', {before} FROM \"{VERSION}\" WHERE id = 1; END"
            )
            if existing.get(name) == sql:
                continue
            if name in existing:
                yield f'DROP TRIGGER "{name}"'
            yield sql


def _postgresql(models: Iterable[Any], cursor: Any) -> Iterator[str]:
    yield _postgresql_function()
    cursor.execute("SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgname LIKE 'log!_%' ESCAPE '!'")
    existing = set(cursor.fetchall())
    transitions = {"insert": "NEW TABLE AS new_rows", "delete": "OLD TABLE AS old_rows"}
    transitions["update"] = "OLD TABLE AS old_rows NEW TABLE AS new_rows"
    for model in models:
        table = model._meta.db_table
        on = f'ON "{table}"'
        run = f"FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}()"
        for event in EVENTS:
            if (table, f"log_{event}") not in existing:
                yield f"CREATE TRIGGER log_{event} AFTER {event.upper()} {on} REFERENCING {transitions[event]} {run}"
        if (table, "log_truncate") not in existing:
            yield f"CREATE TRIGGER log_truncate BEFORE TRUNCATE {on} {run}"


def _postgresql_function() -> str:
    """SQL of the one function of all triggers. It names no column of content, so that it outlives migrations."""
    rows = {
        "INSERT": "SELECT id, NULL::jsonb AS before FROM new_rows",
        "DELETE": "SELECT id, to_jsonb(o) AS before FROM old_rows o",
        "UPDATE": (
            "SELECT o.id, to_jsonb(o) AS before FROM old_rows o JOIN new_rows n ON n.id = o.id "
            "WHERE to_jsonb(o) <> to_jsonb(n)"
        ),
    }
    cases = "".join(
        f"""
            ELSIF TG_OP = '{event}' THEN
                WITH changed AS ({select}),
                moved AS (
                    UPDATE "{VERSION}"
                    SET version = greatest(version + 1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)
                    WHERE id = 1 AND NOT acting AND EXISTS (SELECT FROM changed) RETURNING version
                )
                INSERT INTO "{LOG}" (version, "table", row, operation, before)
                SELECT coalesce((SELECT version FROM moved), (SELECT version FROM "{VERSION}" WHERE id = 1)),
                    TG_TABLE_NAME, id, lower(TG_OP), before FROM changed ORDER BY id;"""
        for event, select in rows.items()
    )
    return f"""
        CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'TRUNCATE' THEN
                IF coalesce(current_setting('{TRUNCATE_ALLOWED}', true), '') <> 'allowed' THEN
                    RAISE EXCEPTION 'TRUNCATE of % would leave no trace in the change log: use DELETE.', TG_TABLE_NAME;
                END IF;{cases}
            END IF;
            RETURN NULL;
        END $$"""
