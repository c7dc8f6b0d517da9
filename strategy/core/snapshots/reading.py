"""Which snapshot this thread reads, if any: a context variable, the connection ``snapshot`` and the script prefix."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.utils import ConnectionHandler
from django.urls import get_script_prefix, set_script_prefix
from django.utils.connection import ConnectionDoesNotExist

ALIAS = "snapshot"


@dataclass(frozen=True)
class Snapshot:
    """Content that is read in place of the live one.

    ``prefix`` is the path below the site's own that its addresses begin with, as "as-of/1764000000000000/"; it names
    the snapshot. ``version`` is the content version it has. ``is_live`` says that nothing has changed since: the live
    content is read, and there is no file. ``title`` is what a reader is shown of it, empty for a moment in the past.
    """

    prefix: str
    version: int
    is_live: bool = False
    is_writable: bool = False
    title: str = ""


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


def create_connection(name: str, init_command: str = "") -> Any:
    """A connection to a SQLite file, with the alias of snapshots.

    The alias is not in ``DATABASES``: it has no database but while a snapshot is read.
    """
    options = {"init_command": init_command} if init_command else {}
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": options}
    return ConnectionHandler({DEFAULT_DB_ALIAS: {}, ALIAS: database}).create_connection(ALIAS)


def open_connection() -> Any:
    """The connection that this thread reads a snapshot on, if any."""
    try:
        return connections[ALIAS]
    except ConnectionDoesNotExist:
        return None


class SnapshotReader:
    """A snapshot that is open: its file, if it has one, on a connection of its own. Close it after use."""

    def __init__(self, snapshot: Snapshot, path: Path | None):
        self.snapshot = snapshot
        self.connection: Any = None
        if path is not None:
            # A file that is whole never changes again; nobody else reads one that is being written.
            mode = "mode=rw" if snapshot.is_writable else "mode=ro&immutable=1"
            pragma = "journal_mode=OFF; PRAGMA synchronous=OFF" if snapshot.is_writable else "query_only=ON"
            self.connection = create_connection(f"{path.absolute().as_uri()}?{mode}", f"PRAGMA {pragma}")

    @contextmanager
    def active(self) -> Iterator[None]:
        """Context manager: inside, the content is read from the snapshot. May be entered again and again."""
        with reading(self.snapshot):
            if self.connection is None:
                yield
                return
            outer = open_connection()
            connections[ALIAS] = self.connection
            try:
                yield
            finally:
                if outer is None:
                    del connections[ALIAS]
                else:
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
