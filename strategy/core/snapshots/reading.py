"""Which snapshot this thread reads, if any: a context variable, the connection ``snapshot`` and the script prefix."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connections
from django.urls import get_script_prefix, set_script_prefix

ALIAS = "snapshot"


@dataclass(frozen=True)
class Snapshot:
    """Content that is read in place of the live one.

    ``prefix`` is the path below the site's own that its addresses begin with, as "as-of/1764000000000000/"; it names
    the snapshot. ``version`` is the content version it has. ``is_live`` says that nothing has changed since: the live
    content is read, and there is no file.
    """

    prefix: str
    version: int
    is_live: bool = False
    is_writable: bool = False


_current: ContextVar[Snapshot | None] = ContextVar("snapshot", default=None)


def current_snapshot() -> Snapshot | None:
    """The snapshot this thread reads; None for the live content."""
    return _current.get()


@contextmanager
def reading(snapshot: Snapshot | None) -> Iterator[None]:
    """Context manager: content is that of the snapshot, and every address that is made leads on in it; None: live.

    Queries need its file as well, see ``SnapshotReader``.
    """
    outer, prefix = _current.get(), get_script_prefix()
    site = prefix.removesuffix(outer.prefix) if outer else prefix
    token = _current.set(snapshot)
    set_script_prefix(f"{site}{snapshot.prefix}" if snapshot else site)
    try:
        yield
    finally:
        set_script_prefix(prefix)
        _current.reset(token)


class SnapshotReader:
    """A snapshot that is open: its file, if it has one, on a connection of its own. Close it after use."""

    def __init__(self, snapshot: Snapshot, path: Path | None):
        self.snapshot = snapshot
        self.connection: Any = None
        if path is not None:
            self.connection = connections.create_connection(ALIAS)
            # A file that is whole never changes again; one that is being written is locked by nobody else.
            mode = "mode=rw" if snapshot.is_writable else "mode=ro&immutable=1"
            options = {} if snapshot.is_writable else {"init_command": "PRAGMA query_only=ON"}
            changes = {"NAME": f"{path.absolute().as_uri()}?{mode}", "OPTIONS": options}
            self.connection.settings_dict = {**self.connection.settings_dict, **changes}

    @contextmanager
    def active(self) -> Iterator[None]:
        """Context manager: inside, the content is read from the snapshot. May be entered again and again."""
        with reading(self.snapshot):
            if self.connection is None:
                yield
                return
            outer = connections[ALIAS]
            connections[ALIAS] = self.connection
            try:
                yield
            finally:
                connections[ALIAS] = outer

    def hold(self, chunks: Iterable[Any]) -> Iterator[Any]:
        """The chunks of an answer that is written while it is sent, each of them made in the snapshot."""
        rest = iter(chunks)
        while True:
            with self.active():
                try:
                    chunk = next(rest)
                except StopIteration:
                    return
            yield chunk

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
