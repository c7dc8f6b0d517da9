"""Which errors of a database say that others are writing, and which of those are worth another try at once."""

from typing import Any

from django.db import OperationalError

# Lock not available, stopped by a time limit, deadlock, serialization failure.
POSTGRESQL_BUSY = {"55P03", "57014", "40P01", "40001"}
POSTGRESQL_DEADLOCK = "40P01"


def is_busy(error: OperationalError) -> bool:
    """Whether somebody else held what was to be written for too long; nothing was written."""
    cause: Any = error.__cause__
    return _state(error) in POSTGRESQL_BUSY or str(getattr(cause, "sqlite_errorname", "")).startswith(
        ("SQLITE_BUSY", "SQLITE_LOCKED")
    )


def is_deadlock(error: OperationalError) -> bool:
    """Whether PostgreSQL stopped this one of two who waited for each other: plain SQL takes locks in its own order."""
    return _state(error) == POSTGRESQL_DEADLOCK


def _state(error: OperationalError) -> str:
    """The SQLSTATE, whatever the driver calls it."""
    cause: Any = error.__cause__
    return getattr(cause, "sqlstate", None) or getattr(cause, "pgcode", None) or ""
