from django.db import migrations

# As it was: 0010 makes the index that the search engine uses now.
SQLITE = (
    "CREATE VIRTUAL TABLE strategy_searchentry_fts USING fts5(title, aliases, body, content='strategy_searchentry', "
    "content_rowid='id', tokenize='porter unicode61 remove_diacritics 2')",
    *(f"CREATE TRIGGER strategy_searchentry_{event} AFTER {word} ON strategy_searchentry BEGIN {body} END"
      for event, word, body in (
          ("added", "INSERT", "INSERT INTO strategy_searchentry_fts(rowid, title, aliases, body) "
           "VALUES (new.id, new.title, new.aliases, new.body);"),
          ("removed", "DELETE", "INSERT INTO strategy_searchentry_fts(strategy_searchentry_fts, rowid, title, aliases, "
           "body) VALUES ('delete', old.id, old.title, old.aliases, old.body);"),
          ("changed", "UPDATE", "INSERT INTO strategy_searchentry_fts(strategy_searchentry_fts, rowid, title, aliases, "
           "body) VALUES ('delete', old.id, old.title, old.aliases, old.body); "
           "INSERT INTO strategy_searchentry_fts(rowid, title, aliases, body) "
           "VALUES (new.id, new.title, new.aliases, new.body);"),
      )),
)
POSTGRESQL = (
    "ALTER TABLE strategy_searchentry ADD COLUMN vector tsvector GENERATED ALWAYS AS ("
    "to_tsvector('english', title || ' ' || aliases || ' ' || body)) STORED",
    "CREATE INDEX strategy_searchentry_vector ON strategy_searchentry USING gin (vector)",
)
DROP_SQLITE = (
    *(f"DROP TRIGGER strategy_searchentry_{event}" for event in ("added", "removed", "changed")),
    "DROP TABLE strategy_searchentry_fts",
)
DROP_POSTGRESQL = (
    "DROP INDEX strategy_searchentry_vector",
    "ALTER TABLE strategy_searchentry DROP COLUMN vector",
)


def create(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in DROP_POSTGRESQL if schema_editor.connection.vendor == "postgresql" else DROP_SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """The part of the search index that each database keeps in its own way."""

    dependencies = [("strategy", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
