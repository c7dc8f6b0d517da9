"""The database router: content is read from the snapshot where one is read, all else from the live database."""

from typing import Any

from django.db import DEFAULT_DB_ALIAS

from .reading import ALIAS, current_snapshot


class SnapshotIsReadOnlyError(RuntimeError):
    """Raised for a write to content while a snapshot is read."""


def is_in_snapshots(model: Any) -> bool:
    """Whether snapshots have the table of a model: models say so, links of many to many are as their owner."""
    return bool(getattr(model._meta.auto_created or model, "in_snapshots", False))


class SnapshotRouter:
    """Django's database router, see ``DATABASE_ROUTERS``."""

    def db_for_read(self, model: Any, instance: Any = None, **hints: Any) -> str | None:
        if not is_in_snapshots(model):
            return None
        if (snapshot := current_snapshot()) is not None:
            return DEFAULT_DB_ALIAS if snapshot.is_live else ALIAS
        # A record that was read in a snapshot and is cached: what it is asked for now is live.
        return DEFAULT_DB_ALIAS if instance is not None and instance._state.db == ALIAS else None

    def db_for_write(self, model: Any, instance: Any = None, **hints: Any) -> str | None:
        snapshot = current_snapshot()
        if snapshot is not None and is_in_snapshots(model) and not snapshot.is_writable:
            raise SnapshotIsReadOnlyError(f"{model.__name__} cannot be written here: this is content of the past.")
        return self.db_for_read(model, instance)

    def allow_relation(self, first: Any, second: Any, **hints: Any) -> bool | None:
        return True if ALIAS in (first._state.db, second._state.db) else None

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        return False if db == ALIAS else None
