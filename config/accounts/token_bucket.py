"""Token buckets that count requests by caller, over all processes of this machine.

In a small SQLite file of its own, whichever database the site has: a count costs 0.03 ms there, since nothing waits
for a disk and nobody who reads or edits content waits for it. Lost with the machine, which harms nobody.

The rule is that of GCRA: so many at once, then one each time that one has come back. It needs one number a caller, the
moment at which all have come back, and one statement, so that no hit is lost between processes.
"""

import logging
import sqlite3
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import blake2s
from pathlib import Path
from threading import Lock

from django.conf import settings

logger = logging.getLogger(__name__)
PREPARE = """
    PRAGMA journal_mode = PERSIST;
    PRAGMA synchronous = OFF;
    CREATE TABLE IF NOT EXISTS bucket (caller BLOB PRIMARY KEY, empty INTEGER NOT NULL) WITHOUT ROWID;
"""
# A bucket that is fuller than full was filled before the clock was put back.
TAKE = """
    INSERT INTO bucket VALUES (:caller, :now + :drop) ON CONFLICT (caller) DO UPDATE
    SET empty = CASE WHEN empty BETWEEN :now AND :full THEN empty ELSE :now END + :drop
    WHERE empty + :drop <= :full OR empty > :full
"""
GIVE_BACK = "UPDATE bucket SET empty = empty - :drop WHERE caller = :caller"
EMPTY = "SELECT empty FROM bucket WHERE caller = :caller"
EXPIRE = "DELETE FROM bucket WHERE empty < :now"
EXPIRE_EVERY = 1000
SECOND = 1_000_000


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
        return {"caller": caller, "now": moment, "full": moment + span, "drop": span // self.limit}


class TokenBuckets:
    """The buckets in one SQLite file. One connection a process, opened when it is first needed."""

    def __init__(self, path: Path):
        self.path, self.hits = path, 0
        self._connection: sqlite3.Connection | None = None
        self._lock = Lock()

    def take(self, rate: RateLimit) -> float:
        """Counts a hit: 0 if the limit allows it, or else the seconds until it will."""
        if not rate.limit:
            return 0
        with self._lock:
            try:
                return self._take(rate.statement_params(time.time()))
            except sqlite3.Error as error:
                # Better to serve uncounted than not at all.
                logger.error("Requests are not counted: %s: %s", self.path.name, error)
                self._close()
                return 0

    def give_back(self, rate: RateLimit) -> None:
        """Takes a hit back."""
        if rate.limit:
            with self._lock, suppress(sqlite3.Error):
                self._open().execute(GIVE_BACK, rate.statement_params(time.time()))

    def clear(self) -> None:
        """Forgets all hits. A file that cannot be read is made anew."""
        with self._lock:
            try:
                # Not deleted: another server of this installation may be counting in it.
                self._open().execute("DELETE FROM bucket")
            except sqlite3.DatabaseError:
                self._close()
                for name in (self.path.name, f"{self.path.name}-journal"):
                    self.path.with_name(name).unlink(missing_ok=True)

    def _take(self, values: dict[str, bytes | int]) -> float:
        file = self._open()
        if file.execute(TAKE, values).rowcount == 1:
            self.hits += 1
            if self.hits % EXPIRE_EVERY == 0:
                file.execute(EXPIRE, values)
            return 0
        (empty,) = file.execute(EMPTY, values).fetchone()
        return (empty + values["drop"] - values["full"]) / SECOND

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            # One statement is one transaction; threads take turns by the lock.
            self._connection = sqlite3.connect(self.path, timeout=1, isolation_level=None, check_same_thread=False)
            self._connection.executescript(PREPARE)
        return self._connection

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


@cache
def _token_buckets(path: Path) -> TokenBuckets:
    return TokenBuckets(path)


def token_buckets() -> TokenBuckets:
    """The buckets of this installation."""
    return _token_buckets(Path(settings.DATA_DIR, "allowances.sqlite3"))
