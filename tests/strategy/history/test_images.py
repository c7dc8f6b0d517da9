"""Images in the log follow the tables: what migrations add, rename and remove is so in what was before."""

import importlib
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, migrations
from django.db.migrations.state import ProjectState

from strategy.history.images import follow_columns
from strategy.history.operations import RenameField
from strategy.models import Change, Risk
from tests.support import factories as make

# Migrations of before the log, which has nothing of them.
BEFORE_THE_LOG = {
    "strategy": "0016_change_log",
    "lines_of_effort": "0006_reasons_of_links",
    "partners": "0008_names_in_common_use",
}


@pytest.fixture
def change(db: None) -> Change:
    """The last of two changes of a risk, and what it was before."""
    risk = make.risk(title="First")
    Risk.objects.filter(pk=risk.pk).update(title="Second")
    Risk.objects.filter(pk=risk.pk).update(title="Third")
    return Change.objects.filter(table="strategy_risk", row=risk.pk).last()


def test_columns_that_came_and_went(change: Change) -> None:
    columns = {field.column for field in Risk._meta.local_concrete_fields}
    for row in Change.objects.filter(table="strategy_risk", before__isnull=False):
        row.before = {name: value for name, value in row.before.items() if name not in ("note", "impact")} | {"old": 1}
        row.save()
    follow_columns("default")
    images = Change.objects.filter(table="strategy_risk", before__isnull=False).values_list("before", flat=True)
    assert len(images) >= 2
    assert {frozenset(image) for image in images} == {frozenset(columns)}
    change.refresh_from_db()
    assert (change.before["title"], change.before["note"], change.before["impact"]) == ("Second", "", None)


class NoColumns:
    """A schema editor that leaves the tables alone: SQLite alters none in a transaction."""

    connection = connection

    def alter_field(self, *_: Any, **__: Any) -> None:
        pass


def test_a_renamed_column(change: Change) -> None:
    operation = RenameField("risk", "title", "name")
    before = ProjectState.from_apps(apps)
    after = before.clone()
    operation.state_forwards("strategy", after)
    image = change.before
    operation.database_forwards("strategy", NoColumns(), before, after)
    change.refresh_from_db()
    assert change.before == {k: v for k, v in image.items() if k != "title"} | {"name": "Second"}
    operation.database_backwards("strategy", NoColumns(), after, before)
    change.refresh_from_db()
    assert change.before == image


def operations(label: str) -> list[tuple[str, Any]]:
    """Operations of an app's migrations since the log began, each with the name of its migration."""
    folder = Path(apps.get_app_config(label).path) / "migrations"
    names = [file.stem for file in sorted(folder.glob("0*.py")) if file.stem > BEFORE_THE_LOG[label]]
    modules = [(name, importlib.import_module(f"{label}.migrations.{name}")) for name in names]
    return [(f"{label}/migrations/{name}.py", item) for name, module in modules for item in module.Migration.operations]


def loses_history(item: Any) -> str:
    """What an operation should have been."""
    if type(item) is migrations.RenameField:
        return "use `RenameField` of strategy.history.operations"
    if isinstance(item, migrations.RenameModel | migrations.AlterModelTable):
        return "the log knows a table by its name: rename it in `Change.table` too, by a `RunSQL` of its own"
    if isinstance(item, migrations.AddField) and not (item.preserve_default or item.field.null):
        return "give the field a default that stays: rows of before have had nothing else"
    return ""


def test_migrations_of_content_lose_no_history() -> None:
    found = [(file, loses_history(item)) for label in BEFORE_THE_LOG for file, item in operations(label)]
    assert [f"{file}: {advice}" for file, advice in found if advice] == []
