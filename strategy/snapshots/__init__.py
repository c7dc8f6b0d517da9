"""Snapshots of this site's content: which moment is meant, the files, and how they are built from the change log."""

from .files import snapshot_file
from .kinds import SnapshotKind, all_kinds, kind_of, register_kind
from .moments import PARAMETER, PATH, as_of
from .past import images_at

AS_OF = SnapshotKind(PATH, PARAMETER, as_of, lambda snapshot: images_at(snapshot.version))
register_kind(AS_OF)

__all__ = ["AS_OF", "PARAMETER", "SnapshotKind", "all_kinds", "as_of", "kind_of", "register_kind", "snapshot_file"]
