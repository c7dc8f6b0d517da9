import importlib

from django.db import migrations, models

from strategy.core.text.search_engine import joined_names, joined_text, joined_words, search_backend
from strategy.core.text.word_forms import words

TABLE = "strategy_searchentry"
EVIDENCE = ("strategy.source", "strategy.citation", "strategy.conflict", "strategy.silence", "strategy.observation")
before = importlib.import_module("strategy.migrations.0002_search_index")


def write_words(apps, schema_editor):
    """Fills the new columns of the entries there are. Dates come with the next save or load of a record."""
    entries = apps.get_model("strategy", "SearchEntry").objects.using(schema_editor.connection.alias)
    for entry in entries.iterator(chunk_size=1000):
        code, _, names = entry.aliases.partition("\n")
        names = names.partition("\n")[0]
        texts = [entry.title, code, names, *entry.body.split("\n")]
        entries.filter(pk=entry.pk).update(
            aliases=f"{code}\n{names}".strip(),
            precedence=2 if entry.kind in EVIDENCE else int(entry.is_link),
            code_words=" ".join(words(code)),
            name_words=" ".join(words(entry.title)),
            alias_words=joined_names([names]),
            text_words=joined_text(texts),
            all_words=joined_words(texts),
        )


def create(apps, schema_editor):
    for statement in search_backend(schema_editor.connection.alias).create(TABLE):
        schema_editor.execute(statement)
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"INSERT INTO {TABLE}_fts({TABLE}_fts) VALUES ('rebuild')")


def drop(apps, schema_editor):
    for statement in search_backend(schema_editor.connection.alias).drop(TABLE):
        schema_editor.execute(statement)


def text_column(name):
    return migrations.AddField("searchentry", name, models.TextField(blank=True, default=""))


class Migration(migrations.Migration):
    """The index holds words that Python made, so that both databases find the same."""

    dependencies = [("strategy", "0007_stakeholders_and_indicators")]
    operations = [
        migrations.RunPython(before.drop, before.create),
        migrations.AddField("searchentry", "earliest", models.DateField(null=True)),
        migrations.AddField("searchentry", "latest", models.DateField(null=True)),
        migrations.AddField("searchentry", "precedence", models.PositiveSmallIntegerField(default=0)),
        *map(text_column, ("code_words", "name_words", "alias_words", "text_words", "all_words")),
        migrations.RunPython(write_words, migrations.RunPython.noop),
        migrations.RunPython(create, drop),
    ]
