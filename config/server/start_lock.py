"""One start at a time prepares an installation; the next waits for it, and then finds nothing left to do."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

# Any number that others who share a database server do not use: "strategy" as letters.
ADVISORY_LOCK = int.from_bytes(b"strategy")


@contextmanager
def folder_lock(folder: Path, on_wait: Callable[[], object]) -> Iterator[None]:
    """Held in this process, and in those it starts meanwhile; ends with them, whatever becomes of them."""
    with (folder / "start.lock").open("w") as turn:
        try:
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            on_wait()
            fcntl.flock(turn, fcntl.LOCK_EX)
        yield


def lock_database(on_wait: Callable[[], object]) -> None:
    """Installations with folders of their own may share a PostgreSQL; the lock ends with the connection."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_LOCK])
        if not cursor.fetchone()[0]:
            on_wait()
            cursor.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])
