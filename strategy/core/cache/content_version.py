"""The content version: a number in the database that every write to the content moves, by whatever way it comes.

Triggers on every table move it: for the admin, a command, an import, the shell and plain SQL alike, and not for a
transaction that is rolled back. It is the time of the last write in microseconds and grows with each write, so that no
number is used twice, not even after a backup was restored.

Not for conflict detection of one record: that compares the record's own state.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import InterfaceError, OperationalError, connections, transaction

FUNCTION_NAME = "content_moved"


def install_triggers(table: str, watched: Iterable[str], using: str) -> None:
    """Creates triggers by which every write to the ``watched`` tables moves the version in ``table``.

    Idempotent. Run it after every migration: one that rebuilds a table of SQLite drops its triggers.
    """
    connection = connections[using]
    statements = _postgresql if connection.vendor == "postgresql" else _sqlite
    # Where one app alone was migrated, others have no tables yet.
    tables = connection.introspection.table_names()
    watched = [name for name in watched if name in tables and table in tables]
    # One commit for some hundred triggers: each commit waits for the disk.
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for statement in statements(table, watched):
            cursor.execute(statement)


def _sqlite(table: str, watched: Iterable[str]) -> Iterable[str]:
    now = "CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER)"
    move = (
        f'INSERT INTO "{table}" (id, version) VALUES (1, {now}) '
        "ON CONFLICT (id) DO UPDATE SET version = max(version + 1, excluded.version);"
    )
    for name in watched:
        for event in ("insert", "update", "delete"):
            yield (
                f'CREATE TRIGGER IF NOT EXISTS "{name}_{event}_moves" AFTER {event.upper()} ON "{name}" '
                f"BEGIN {move} END"
            )


def _postgresql(table: str, watched: Iterable[str]) -> Iterable[str]:
    yield f"""
        CREATE OR REPLACE FUNCTION {FUNCTION_NAME}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO "{table}" AS stored (id, version)
            VALUES (1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)
            ON CONFLICT (id) DO UPDATE SET version = greatest(stored.version + 1, excluded.version);
            RETURN NULL;
        END $$"""
    for name in watched:
        yield f'DROP TRIGGER IF EXISTS "{FUNCTION_NAME}" ON "{name}"'
        yield (
            f'CREATE TRIGGER "{FUNCTION_NAME}" AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "{name}" '
            f"FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION_NAME}()"
        )


def current_version(table: str, using: str) -> int:
    """The version in ``table`` now, 0 before anything was written: one query.

    Reconnects once if a persistent connection was lost; else InterfaceError or OperationalError.
    """
    connection: Any = connections[using]
    # Most requests read this first, so it serves as the health check of a persistent connection too.
    is_persistent = connection.connection is not None and not connection.in_atomic_block
    connection.health_check_done = True
    try:
        return _read(table, connection)
    except (InterfaceError, OperationalError):
        if not is_persistent:
            raise
        connection.close()
        return _read(table, connection)


def _read(table: str, connection: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT version FROM "{table}" WHERE id = 1')
        row = cursor.fetchone()
    return row[0] if row else 0


def version_time(version: int) -> datetime.datetime:
    """The moment of the write that set this version, in UTC."""
    return datetime.datetime.fromtimestamp(version / 1_000_000, tz=datetime.UTC)
