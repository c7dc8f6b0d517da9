"""Writes small fixture folders, and proves that a load that is refused leaves everything as it was."""

import json
from pathlib import Path
from typing import Any

import pytest

from strategy.fixtures_io import ContentError, Problem, content_files, load


def write(folder: Path, name: str, *rows: dict[str, Any]) -> None:
    """One fixture file of the strategy app with these rows."""
    model = next(file.model for file in content_files() if (file.app.label, file.name) == ("strategy", name))
    path = folder / "strategy" / f"{name}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps([{"model": model._meta.label_lower, "fields": fields} for fields in rows]))


def state() -> dict[str, list]:
    """Every row of the content, as the database has it."""
    return {
        file.model._meta.label: list(file.model._default_manager.order_by("pk").values()) for file in content_files()
    }


def refused(folder: Path) -> list[Problem]:
    """What a load complains of; it must leave everything as it was."""
    before = state()
    with pytest.raises(ContentError) as error:
        load(folder)
    assert state() == before
    return error.value.problems
