"""Token buckets that count requests by caller, over all processes of this machine.

In a small SQLite file of its own, whichever database the site has: a count costs 0.03 ms there, since nothing waits
for a disk and nobody who reads or edits content waits for it. Lost with the machine, which harms nobody.

The rule is that of GCRA: so many at once, then one each time that one has come back. It needs one number a caller, the
moment at which all have come back, and one statement, so that no hit is lost between processes.
"""

import logging
import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from hashlib import blake2s
from pathlib import Path
from threading import Lock
from typing import TypeVar

from django.conf import settings

logger = logging.getLogger(__name__)
Result = TypeVar("Result")
PREPARE = """
    PRAGMA journal_mode = PERSIST;
    PRAGMA synchronous = OFF;
    CREATE TABLE IF NOT EXISTS bucket (caller BLOB PRIMARY KEY, empty INTEGER NOT NULL) WITHOUT ROWID;
"""
# A bucket that is much fuller than full was filled before the clock was put back. A little fuller than full it looks
# to one whose moment is older than the first hit, since it waited for the file.
TAKE = """
    INSERT INTO bucket VALUES (:caller, :now + :drop) ON CONFLICT (caller) DO UPDATE
    SET empty = CASE WHEN empty BETWEEN :now AND :full THEN empty ELSE :now END + :drop
    WHERE empty + :drop <= :full OR empty > :full + :waited
"""
GIVE_BACK = "UPDATE bucket SET empty = empty - :drop WHERE caller = :caller"
EMPTY = "SELECT empty FROM bucket WHERE caller = :caller"
EXPIRE = "DELETE FROM bucket WHERE empty < :now"
EXPIRE_EVERY = 1000
# As often is a fault of the file logged.
RETRY_SECONDS = 60
SECOND = 1_000_000
# How long one may have waited for the file; its connections give up after one second each.
LONGEST_WAIT_SECONDS = 10


@dataclass(frozen=True)
class RateLimit:
    """At most ``limit`` hits of one caller in ``seconds``; a limit of 0 means any number."""

    caller: str
    limit: int
    seconds: int

    def statement_params(self, now: float) -> dict[str, bytes | int]:
        moment, span = int(now * SECOND), self.seconds * SECOND
        # What is counted by may be an account's name or an address: neither is kept.
        caller = blake2s(self.caller.encode("utf-8", "backslashreplace"), digest_size=16).digest()
        waited = LONGEST_WAIT_SECONDS * SECOND
        return {"caller": caller, "now": moment, "full": moment + span, "drop": span // self.limit, "waited": waited}


class TokenBuckets:
    """The buckets in one SQLite file. One connection a process, opened when it is first needed.

    A file that was deleted, replaced or damaged is opened or made anew. Where that fails, this process counts in its
    memory, alone, and tries the file again after ``RETRY_SECONDS``: better than to serve uncounted or not at all.
    """

    def __init__(self, path: Path):
        self.path, self.hits, self.retry_at = path, 0, 0.0
        self._connection: sqlite3.Connection | None = None
        self._opened: tuple[int, int, int] | None = None
        self._lock = Lock()

    def take(self, rate: RateLimit) -> float:
        """Counts a hit: 0 if the limit allows it, or else the seconds until it will."""
        if not rate.limit:
            return 0
        return self._run(partial(self._take, rate.statement_params(time.time())))

    def give_back(self, rate: RateLimit) -> None:
        """Takes a hit back."""
        if rate.limit:
            values = rate.statement_params(time.time())
            self._run(lambda connection: connection.execute(GIVE_BACK, values))

    def clear(self) -> None:
        """Forgets all hits."""
        # Not deleted: another server of this installation may be counting in it.
        self._run(lambda connection: connection.execute("DELETE FROM bucket"))

    def _take(self, values: dict[str, bytes | int], connection: sqlite3.Connection) -> float:
        if connection.execute(TAKE, values).rowcount == 1:
            self.hits += 1
            if self.hits % EXPIRE_EVERY == 0:
                connection.execute(EXPIRE, values)
            return 0
        (empty,) = connection.execute(EMPTY, values).fetchone()
        return (empty + values["drop"] - values["full"]) / SECOND

    # ---- The file --------------------------------------------------------------------------------------------------

    def _run(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """Does the work on the file, opened again or made anew if need be, or else in memory."""
        with self._lock:
            for repair in (self._close, self._remove, None):
                try:
                    return work(self._current())
                except sqlite3.Error as error:
                    fault = error
                # One that others are busy with is sound.
                if repair is None or fault.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                    break
                repair()
            self._count_in_memory(fault)
            return work(self._current())

    def _current(self) -> sqlite3.Connection:
        if self.retry_at and time.monotonic() >= self.retry_at:
            self._close()
        if self._connection is not None and not self.retry_at and self._opened != self._identity():
            self._close()
        if self._connection is None:
            self._connection = _connected(self.path)
            self._opened = self._identity()
        return self._connection

    def _identity(self) -> tuple[int, int, int] | None:
        """Which file stands at the path now, as this process sees it: a forked one must not share a connection."""
        try:
            status = self.path.stat()
        except OSError:
            return None
        return os.getpid(), status.st_dev, status.st_ino

    def _remove(self) -> None:
        self._close()
        for name in (self.path.name, f"{self.path.name}-journal"):
            with suppress(OSError):
                self.path.with_name(name).unlink(missing_ok=True)

    def _count_in_memory(self, error: Exception) -> None:
        self._close()
        logger.error("Requests are counted by each process alone: %s: %s", self.path.name, error)
        self._connection = _connected(":memory:")
        self.retry_at = time.monotonic() + RETRY_SECONDS

    def _close(self) -> None:
        self.retry_at = 0.0
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _connected(path: Path | str) -> sqlite3.Connection:
    """A connection to a file of buckets that can be written."""
    # One statement is one transaction; threads take turns by the lock.
    connection = sqlite3.connect(path, timeout=1, isolation_level=None, check_same_thread=False)
    try:
        connection.executescript(PREPARE)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


@cache
def _token_buckets(path: Path) -> TokenBuckets:
    return TokenBuckets(path)


def token_buckets() -> TokenBuckets:
    """The buckets of this installation."""
    return _token_buckets(Path(settings.DATA_DIR, "allowances.sqlite3"))
