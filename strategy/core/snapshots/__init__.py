"""Snapshots: the content as it is in a SQLite file, read by the same code as the live content, through a router."""

from .addresses import in_present, site_prefix
from .reading import Snapshot, SnapshotReader, create_connection, current_snapshot, reading
from .router import SnapshotIsReadOnlyError, SnapshotRouter

__all__ = [
    "Snapshot",
    "SnapshotIsReadOnlyError",
    "SnapshotReader",
    "SnapshotRouter",
    "create_connection",
    "current_snapshot",
    "in_present",
    "reading",
    "site_prefix",
]
