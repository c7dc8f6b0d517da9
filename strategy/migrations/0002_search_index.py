from django.db import migrations

from strategy.core.text.search_engine import search_backend

TABLE = "strategy_searchentry"


def create(apps, schema_editor):
    for statement in search_backend(schema_editor.connection.alias).create(TABLE):
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in search_backend(schema_editor.connection.alias).drop(TABLE):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """The part of the search index that each database keeps in its own way."""

    dependencies = [("strategy", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
