"""The lock of those who write content: one at a time, as SQLite has it anyway."""

from django.db import connections, models, router

# Any number, the same everywhere.
LOCK = 7_203_511
# How long one waits for another to finish: as long as on SQLite. Where no limit is set, none is.
WAIT = """
    SELECT set_config(name, '10s', true) FROM pg_settings
    WHERE name IN ('lock_timeout', 'statement_timeout') AND setting <> '0'
"""


def lock_writers(model: type[models.Model]) -> None:
    """Waits until nobody else holds the lock, and holds it until the transaction ends.

    What a row is checked against, the rows of others, is then still so when the row is written. Outside of a
    transaction nothing could hold it.
    """
    connection = connections[router.db_for_write(model)]
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute(WAIT)
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
