"""The content version: a number that every write to the content moves, whatever it came by.

The database keeps it, by triggers on every table: the admin, a command, an import, the shell and plain SQL all move
it, and a transaction that is taken back moves nothing. It grows with each write and is the microsecond of the last
one, so that a number is never used twice, not even after a backup was put back.

Not for conflict detection of one record: that compares the record's own state.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import InterfaceError, OperationalError, connections

FUNCTION = "content_moved"


def install_triggers(table: str, watched: Iterable[str], using: str) -> None:
    """Makes every write to the ``watched`` tables move the version in ``table``; again and again at will.

    Run after every migration: a migration that rebuilds a table of SQLite loses its triggers.
    """
    connection = connections[using]
    make = _postgresql if connection.vendor == "postgresql" else _sqlite
    with connection.cursor() as cursor:
        for statement in make(table, watched):
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
        CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO "{table}" AS kept (id, version)
            VALUES (1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)
            ON CONFLICT (id) DO UPDATE SET version = greatest(kept.version + 1, excluded.version);
            RETURN NULL;
        END $$"""
    for name in watched:
        yield f'DROP TRIGGER IF EXISTS "{FUNCTION}" ON "{name}"'
        yield (
            f'CREATE TRIGGER "{FUNCTION}" AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "{name}" '
            f"FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}()"
        )


def current_version(table: str, using: str) -> int:
    """The version now: one query. 0 before anything was written."""
    connection: Any = connections[using]
    # Most requests ask for this first: it tells as well whether a kept connection still stands.
    kept = connection.connection is not None and not connection.in_atomic_block
    connection.health_check_done = True
    try:
        return _read(table, connection)
    except (InterfaceError, OperationalError):
        if not kept:
            raise
        connection.close()
        return _read(table, connection)


def _read(table: str, connection: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT version FROM "{table}" WHERE id = 1')
        row = cursor.fetchone()
    return row[0] if row else 0


def version_time(version: int) -> datetime.datetime:
    """When the version was reached."""
    return datetime.datetime.fromtimestamp(version / 1_000_000, tz=datetime.UTC)
