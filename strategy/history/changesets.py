"""The write lock, and change sets: the only way to write content."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connections, router, transaction

from ..models.content_version import ContentVersion
from .models import Change, ChangeSet

# How long one waits for another to finish: as long as on SQLite. Where no limit is set, none is.
WAIT = """
    SELECT set_config(name, '10s', true) FROM pg_settings
    WHERE name IN ('lock_timeout', 'statement_timeout') AND setting <> '0'
"""


class ChangeRefusedError(PermissionDenied):
    """Raised by a check of change sets; its text says to whoever made the change why it may not be."""


_checks: list[Callable[[ChangeSet], None]] = []
_current: ContextVar[ChangeSet | None] = ContextVar("changeset", default=None)


def register_check(check: Callable[[ChangeSet], None]) -> None:
    """Has ``check`` called at the end of each change set with changes; what it raises rolls all of them back."""
    _checks.append(check)


def current_changeset() -> ChangeSet | None:
    """The change set that this thread is writing, if any."""
    return _current.get()


def actor_name(actor: Any) -> str:
    """The name of an account as records of what it did keep it; empty for None, a command."""
    return (actor.get_full_name() or actor.get_username()) if actor else ""


@contextmanager
def changeset(actor: Any, reason: str, kind: str, undoes: ChangeSet | None = None) -> Iterator[ChangeSet]:
    """Context manager: a transaction in which content is written, by one at a time, under one content version.

    ``actor`` is an account, or None for a command; ``kind`` is a value of ``ChangeSet.Kind``; ``undoes`` is the set
    that this one takes back. What is checked inside still holds when it is written: others wait. Where nothing is
    changed the version stays, and nothing is recorded. Inside another change set it is a savepoint of that one.
    """
    using = router.db_for_write(ContentVersion)
    if (outer := _current.get()) is not None:
        with transaction.atomic(using=using):
            yield outer
        return
    with transaction.atomic(using=using):
        before = lock_writers(using)
        version = max(before + 1, time.time_ns() // 1000)
        current = ChangeSet(
            version=version, actor=actor, actor_name=actor_name(actor), reason=reason, kind=kind, undoes=undoes
        )
        current.base = before
        row = ContentVersion.objects.using(using).filter(pk=1)
        row.update(version=version, acting=True)
        token = _current.set(current)
        try:
            yield current
        finally:
            _current.reset(token)
        if Change.objects.using(using).filter(version=version).exists():
            for check in _checks:
                check(current)
            current.save(using=using, force_insert=True)
            row.update(acting=False)
        else:
            row.update(version=before, acting=False)


def lock_writers(using: str) -> int:
    """Waits until nobody else writes, holds the lock until the transaction ends; the content version as it is then.

    The lock is that of the row of the content version; SQLite has one writer anyway.
    """
    connection = connections[using]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(WAIT)
    return ContentVersion.objects.using(using).select_for_update().values_list("version", flat=True).get(pk=1)
