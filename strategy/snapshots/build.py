"""Builds the file of a snapshot: the live content as it is at one moment, with some of its rows replaced.

For a moment in the past the rows are those the change log has, see ``strategy.snapshots.past``.
"""

import datetime
import json
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models

from ..core.snapshots import Snapshot, SnapshotReader, reading
from ..fixtures_io.snapshot import snapshot as one_moment
from ..history.images import Image
from ..models import ContentVersion, SearchEntry
from .schema import full_text_index, schema, snapshot_tables
from .search import Touched, index_again, owners

ROWS = 5000
# Rows of content to replace, by table and id: None for one that is not there.
Images = dict[str, dict[int, Image | None]]


def build(path: Path, snapshot: Snapshot, read_images: Callable[[], Images]) -> None:
    """Writes the file of a snapshot at ``path``, which must be empty.

    ``read_images`` gives the rows that differ from the live ones; it reads the live database at the same moment.
    """
    tables, indexes = schema()
    with reading(None), closing(sqlite3.connect(path, isolation_level=None)) as file:
        # Nobody reads the file yet, and one that is not finished is thrown away.
        file.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF; BEGIN")
        _run(file, tables)
        with one_moment():
            lift_time_limits()
            copy_rows(file)
            images = read_images()
        touched = replace_rows(file, images)
        file.execute(f'UPDATE "{ContentVersion._meta.db_table}" SET version = ?, acting = 0', [snapshot.version])
        _run(file, indexes)
        file.execute("COMMIT")
        with closing(SnapshotReader(snapshot, path)) as reader, reader.active():
            index_again(touched)
        file.execute("BEGIN")
        _run(file, full_text_index())
        file.execute("COMMIT")


def _run(file: sqlite3.Connection, statements: Iterable[str]) -> None:
    for statement in statements:
        file.execute(statement)


def lift_time_limits() -> None:
    """For the transaction that reads the live content: what bounds a reader's request is too short for all of it."""
    connection = live_connection()
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0")


def live_connection() -> Any:
    """The connection of this thread to the live database."""
    return connections[DEFAULT_DB_ALIAS]


def copy_rows(file: sqlite3.Connection) -> None:
    """Copies every row of the live content; a chunk at a time is held in memory."""
    connection = live_connection()
    # On SQLite the sign hides the type of the column: Python's driver would make dates of the texts.
    plain = "+" if connection.vendor == "sqlite" else ""
    for table, model in snapshot_tables().items():
        fields = model._meta.local_concrete_fields
        columns = ", ".join(f'{plain}"{field.column}"' for field in fields)
        moments = [place for place, field in enumerate(fields) if isinstance(field, models.DateField)]
        with connection.chunked_cursor() as cursor:
            cursor.execute(f'SELECT {columns} FROM "{table}"')
            while rows := cursor.fetchmany(ROWS):
                if moments and not plain:
                    rows = [with_texts(row, moments) for row in rows]
                _insert(file, table, fields, rows)


def _insert(file: sqlite3.Connection, table: str, fields: list[Any], rows: Iterable[Any]) -> None:
    names, marks = ", ".join(f'"{field.column}"' for field in fields), ", ".join("?" * len(fields))
    file.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)


def with_texts(row: Any, places: list[int]) -> list[Any]:
    """A row of PostgreSQL with its dates and moments as Django writes them in SQLite."""
    values = list(row)
    for place in places:
        values[place] = _as_text(values[place])
    return values


def _as_text(value: Any) -> str | None:
    if isinstance(value, datetime.datetime):
        return str(value.astimezone(datetime.UTC).replace(tzinfo=None))
    return None if value is None else value.isoformat()


def replace_rows(file: sqlite3.Connection, images: Images) -> Touched:
    """Puts each image in the place of its row; the records whose search entry may differ after it."""
    touched = owners(file, images)
    for table, rows in images.items():
        fields = snapshot_tables()[table]._meta.local_concrete_fields
        file.executemany(f'DELETE FROM "{table}" WHERE id = ?', [(key,) for key in rows])
        present = (image for image in rows.values() if image is not None)
        _insert(file, table, fields, ([column_value(field, image) for field in fields] for image in present))
    for model, keys in owners(file, images).items():
        touched[model] |= keys
    return touched


def column_value(field: Any, image: Image) -> Any:
    """A value of the change log as SQLite holds it: the log of PostgreSQL has moments and objects in JSON's way."""
    value = image[field.column]
    if isinstance(field, models.DateTimeField) and value:
        return _as_text(_aware(datetime.datetime.fromisoformat(value)))
    return json.dumps(value) if isinstance(value, dict | list) else value


def _aware(moment: datetime.datetime) -> datetime.datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)


def is_whole(path: Path, version: int) -> bool:
    """Whether there is such a file, as long as it was written, and with the content of the version."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as file:
            ((pages, size),) = file.execute("SELECT page_count, page_size FROM pragma_page_count, pragma_page_size")
            ((own_version,),) = file.execute(f'SELECT version FROM "{ContentVersion._meta.db_table}"')
            file.execute(f'SELECT rowid FROM "{SearchEntry._meta.db_table}_fts" LIMIT 1').fetchall()
            return own_version == version and pages * size == path.stat().st_size
    except (sqlite3.Error, OSError, ValueError):
        return False
