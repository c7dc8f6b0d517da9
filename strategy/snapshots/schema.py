"""The tables of a snapshot, as Django makes them for SQLite, and the digest that tells one layout from another."""

from functools import cache
from hashlib import blake2s
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType

from ..core.snapshots import create_connection
from ..core.text import search_engine
from ..history.triggers import content_tables
from ..models import ContentVersion, SearchEntry

Statements = list[str]


@cache
def snapshot_tables() -> dict[str, Any]:
    """The models of all tables of a snapshot by name: content, its types, its version and the search index."""
    others: list[Any] = [ContentType, ContentVersion, SearchEntry]
    return content_tables() | {model._meta.db_table: model for model in others}


@cache
def schema() -> tuple[Statements, Statements]:
    """SQL of the tables, and of their indexes, which are faster made after the rows are there."""
    connection = create_connection(":memory:")
    with connection.schema_editor(collect_sql=True, atomic=False) as editor:
        for model in snapshot_tables().values():
            # Automatic tables of many to many come with the model they belong to.
            if not model._meta.auto_created:
                editor.create_model(model)
    connection.close()
    statements = [sql for sql in editor.collected_sql if not sql.startswith("--")]
    indexes = [sql for sql in statements if sql.startswith(("CREATE INDEX", "CREATE UNIQUE INDEX"))]
    return [sql for sql in statements if sql not in indexes], indexes


def full_text_index() -> Statements:
    """SQL of SQLite's full-text index of the search entries, filled from them."""
    table = SearchEntry._meta.db_table
    return [*search_engine.SqliteSearch.create(table), f"INSERT INTO {table}_fts({table}_fts) VALUES ('rebuild')"]


@cache
def schema_digest() -> str:
    """Moves with the tables and with the release, which may index otherwise."""
    return blake2s(repr((settings.VERSION, schema(), full_text_index())).encode(), digest_size=8).hexdigest()
