"""Kinds of snapshots: what stands at ``/as-of/...`` and the like, and which rows of the live content each replaces."""

from collections.abc import Callable
from dataclasses import dataclass

from ..core.snapshots import Snapshot
from .build import Images


@dataclass(frozen=True)
class SnapshotKind:
    """What is read at the addresses below ``/<path>/<value>/``.

    ``find`` gives the snapshot that a value names, or raises BadParametersError, in which it stands under ``label``;
    ``read_images`` gives the rows that differ from the live ones. One that is ``for_editors`` nobody else may read.
    """

    path: str
    label: str
    find: Callable[[str], Snapshot]
    read_images: Callable[[Snapshot], Images]
    for_editors: bool = False


_kinds: dict[str, SnapshotKind] = {}


def register_kind(kind: SnapshotKind) -> None:
    """Makes a kind known by its path. Raises ValueError if another has it."""
    if _kinds.setdefault(kind.path, kind) is not kind:
        raise ValueError(f"There is a kind of snapshot at /{kind.path}/ already.")


def all_kinds() -> list[SnapshotKind]:
    """Every kind, in the order of their registering."""
    return list(_kinds.values())


def kind_of(snapshot: Snapshot) -> SnapshotKind:
    """The kind of a snapshot, by its prefix."""
    return _kinds[snapshot.prefix.partition("/")[0]]
