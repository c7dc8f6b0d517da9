"""The files of snapshots: a cache of bounded size in a folder of the installation, built by one at a time."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import copy_context
from hashlib import blake2s
from pathlib import Path
from threading import Lock, Thread

from django.conf import settings
from django.db import connections

from ..core.snapshots import Snapshot
from .build import Images, build, is_whole, live_connection
from .kinds import kind_of
from .schema import schema_digest

# How long a request waits for a file before its reader is asked to come again.
WAIT_SECONDS = 2.0
SUFFIX = ".sqlite3"
MEGABYTE = 1024 * 1024


class BuildingError(Exception):
    """The file of the snapshot is still being built: ask again in a few seconds."""


class Builder:
    """Builds the files that are not there yet, in a thread of this process, one after another."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._thread: Thread | None = None
        self._fault: tuple[Path, BaseException] | None = None

    def require(self, path: Path, work: Callable[[], None]) -> None:
        """Returns when ``work`` has written the file; raises what it raises, or BuildingError if it takes longer."""
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._fault = None
                self._thread = Thread(target=copy_context().run, args=(self._run, path, work), daemon=True)
                self._thread.start()
            thread = self._thread
        thread.join(WAIT_SECONDS)
        if self._fault is not None and self._fault[0] == path and not thread.is_alive():
            raise self._fault[1]
        if not path.exists():
            raise BuildingError

    def _run(self, path: Path, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:
            self._fault = (path, error)
        finally:
            connections.close_all()


builder = Builder()


def snapshot_file(snapshot: Snapshot) -> Path | None:
    """The file of a snapshot, built if it is not there; None where the live content is the same.

    Raises BuildingError.
    """
    if snapshot.is_live:
        return None
    path = path_of(snapshot)
    if is_whole(path, snapshot.version):
        with suppress(FileNotFoundError):
            os.utime(path)
        return path

    def work() -> None:
        write(path, snapshot, lambda: kind_of(snapshot).read_images(snapshot))

    if live_connection().in_atomic_block:
        # No other connection sees what this transaction has written.
        work()
    else:
        path.unlink(missing_ok=True)
        builder.require(path, work)
    return path


def folder() -> Path:
    """Where the files are."""
    return Path(settings.DATA_DIR, "snapshots")


def path_of(snapshot: Snapshot) -> Path:
    """Named by what the content of the file depends on: the snapshot, the tables, and which database is live."""
    live = live_connection().settings_dict
    identity = repr((live["ENGINE"], live["HOST"], live["PORT"], str(live["NAME"])))
    key = repr((snapshot.prefix, snapshot.version, schema_digest(), identity))
    return folder() / f"{blake2s(key.encode(), digest_size=16).hexdigest()}{SUFFIX}"


def write(path: Path, snapshot: Snapshot, read_images: Callable[[], Images]) -> None:
    """Writes the file under another name, and gives it its own when it is whole."""
    with build_lock():
        # Another process may have written it meanwhile.
        if is_whole(path, snapshot.version):
            return
        # Of builders that were stopped: nobody else builds now.
        for left in folder().glob("*.new*"):
            left.unlink(missing_ok=True)
        new = path.with_suffix(".new")
        writable = Snapshot(snapshot.prefix, snapshot.version, is_writable=True)
        try:
            build(new, writable, read_images)
            new.rename(path)
        finally:
            new.unlink(missing_ok=True)
        remove_surplus(path)


@contextmanager
def build_lock() -> Iterator[None]:
    """Held by one process of this machine; ends with it, whatever becomes of it."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder() / "build.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


def remove_surplus(newest: Path) -> None:
    """Removes what was read longest ago, until number and size are within their limits.

    Whoever still reads a removed file reads on: its data goes when the last has closed it.
    """
    files = sorted(folder().glob(f"*{SUFFIX}"), key=lambda file: file.stat().st_mtime, reverse=True)
    size = 0
    for number, file in enumerate(files, start=1):
        size += file.stat().st_size
        surplus = number > settings.SNAPSHOT_FILES or size > settings.SNAPSHOT_MEGABYTES * MEGABYTE
        if surplus and file != newest:
            file.unlink(missing_ok=True)
