"""Snapshots of this site's content: which moment is meant, the files, and how they are built from the change log."""

from .files import snapshot_file
from .moments import as_of

__all__ = ["as_of", "snapshot_file"]
