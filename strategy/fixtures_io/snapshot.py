"""A reading of the database as it is at one moment, whatever is written meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections, router, transaction

from ..models import Strategy


@contextmanager
def snapshot() -> Iterator[None]:
    """Context manager: all queries inside see the database as the first of them finds it, and nobody waits for them.

    Inside a transaction, it is that transaction which says what they see.
    """
    database: Any = connections[router.db_for_read(Strategy)]
    if database.in_atomic_block:
        yield
    elif database.vendor == "postgresql":
        with transaction.atomic(using=database.alias), database.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        # Not ``atomic``, which would begin as a writer and keep all others waiting.
        with database.cursor() as cursor:
            cursor.execute("BEGIN")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
