"""The content version: a number in the database that every write to the content moves, by whatever way it comes.

Triggers on every table move it (``strategy.history``), and not for a transaction that is rolled back. It is the time
of the last change set in microseconds and grows with each, so that no number is used twice, not even after a backup was
restored.
"""

import datetime
from typing import Any

from django.db import InterfaceError, OperationalError, connections


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


def version_at(moment: datetime.datetime) -> int:
    """The version that a write of this moment sets: versions are microseconds since 1970 (UTC)."""
    return (moment - datetime.datetime.fromtimestamp(0, datetime.UTC)) // datetime.timedelta(microseconds=1)


def version_time(version: int) -> datetime.datetime:
    """The moment of the write that set this version, in UTC."""
    return datetime.datetime.fromtimestamp(version / 1_000_000, tz=datetime.UTC)
