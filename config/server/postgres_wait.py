"""How long a process of the site waits for PostgreSQL: libpq would wait for a server that is frozen without end.

A time limit of the server's own does not help when the server itself stands still, and the limits of TCP only when its
machine does. Not for commands, which may have to wait longer.
"""

import select
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import psycopg2
from psycopg2.extensions import POLL_OK, POLL_READ

# More than the server's own time limit for a statement: only a server that does not answer takes so long.
WAIT_SECONDS = 4.0
# For so long after that, every request would wait in vain: each of their waits is short.
PAUSE_SECONDS = 5.0
SHORT_SECONDS = 0.5

longest_wait: ContextVar[float] = ContextVar("longest_wait", default=WAIT_SECONDS)
silent_since = float("-inf")


@contextmanager
def waiting_at_most(seconds: float) -> Iterator[None]:
    """Inside, this thread waits no longer than that for an answer."""
    token = longest_wait.set(seconds)
    try:
        yield
    finally:
        longest_wait.reset(token)


def wait(connection: Any) -> None:
    """psycopg2's hook: returns when the answer is there, and raises when it is too long in coming."""
    global silent_since
    seconds = longest_wait.get()
    paused = time.monotonic() - silent_since < PAUSE_SECONDS
    deadline = time.monotonic() + (min(SHORT_SECONDS, seconds) if paused else seconds)
    while (state := connection.poll()) != POLL_OK:
        poll = select.poll()
        poll.register(connection.fileno(), select.POLLIN if state == POLL_READ else select.POLLOUT)
        if not poll.poll(max(0, deadline - time.monotonic()) * 1000):
            # A probe is less patient, and says nothing about the others.
            if seconds == WAIT_SECONDS and not paused:
                silent_since = time.monotonic()
            raise psycopg2.OperationalError("The server does not answer.")
