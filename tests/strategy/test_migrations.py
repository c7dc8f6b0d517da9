"""Databases of earlier states are brought up to date."""

import sqlite3
from pathlib import Path

import pytest
from django.conf import settings

from tests.support.commands import run_manage

RENAMED = """
    CREATE TABLE strategy_contentversion (id integer NOT NULL PRIMARY KEY AUTOINCREMENT, version bigint NOT NULL);
    INSERT INTO strategy_contentversion (id, version) VALUES (1, 77);
    INSERT INTO django_migrations (app, name, applied) VALUES ('strategy', '0003_content_version', '2026-11-24');
"""


SUBJECTS = """
    INSERT INTO strategy_conflict (id, code, code_order, notional, updated, topic, reading, reason, confidence, status)
    VALUES (1, 'C', 'c', 0, '2026-11-24', 'Topic', 'Reading', '', '', 'open');
    INSERT INTO strategy_subject (conflict_id, content_type_id, object_id, field, part)
    SELECT 1, id, 1, field, ''
    FROM django_content_type, (SELECT '' AS field UNION ALL SELECT '' UNION ALL SELECT 'reason')
    WHERE app_label = 'strategy' AND model = 'conflict' ORDER BY field;
"""


@pytest.fixture
def old_database(tmp_path: Path) -> Path:
    return tmp_path / "old.sqlite3"


def migrate(database: Path, *words: str) -> None:
    address = {"DATABASE_URL": f"sqlite:///{database}", "DATA_DIR": str(database.parent)}
    done = run_manage(settings.BASE_DIR, "migrate", *words, "--verbosity=0", **address)
    assert done.returncode == 0, done.stderr


def test_the_content_version_that_was_made_by_a_migration_of_another_name(old_database: Path) -> None:
    """The first databases have its table from a migration that was called 0003 then."""
    migrate(old_database, "strategy", "0002")
    with sqlite3.connect(old_database) as database:
        database.executescript(RENAMED)
    migrate(old_database)
    migrate(old_database, "--check")
    with sqlite3.connect(old_database) as database:
        assert database.execute("SELECT version FROM strategy_contentversion").fetchone()[0] >= 77


def test_subjects_that_stood_twice_become_one(old_database: Path) -> None:
    migrate(old_database, "strategy", "0004")
    with sqlite3.connect(old_database) as database:
        database.executescript(SUBJECTS)
    migrate(old_database)
    with sqlite3.connect(old_database) as database:
        assert database.execute("SELECT field FROM strategy_subject ORDER BY id").fetchall() == [("",), ("reason",)]
