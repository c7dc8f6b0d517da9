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


CODES = """
    INSERT INTO strategy_source (id, code, code_order, label_order, notional, updated, {texts})
    VALUES (1, 'good_one', 'goodone', '', 0, '2026-11-27', {values});
    INSERT INTO strategy_searchentry (id, kind, object_id, code, title, aliases, body, is_link, notional, precedence,
                                      code_words, name_words, alias_words, text_words, all_words)
    VALUES (1, 'strategy.source', 1, 'good_one', '', '', '', 0, 0, 2, 'good one', '', '', '', '');
    INSERT INTO strategy_shippedrow (id, model, key, digests) VALUES (1, 'strategy.source', '["good_one"]', '{{}}');
    INSERT INTO strategy_shippedrow (id, model, key, digests)
    VALUES (2, 'partners.membership', '[["aehf"], ["starcom"], "partner"]', '{{}}');
"""


def migrate(database: Path, *words: str) -> None:
    address = {"DATABASE_URL": f"sqlite:///{database}", "DATA_DIR": str(database.parent)}
    done = run_manage(settings.BASE_DIR, "migrate", *words, "--verbosity=0", "--skip-checks", **address)
    assert done.returncode == 0, done.stderr


@pytest.mark.long
def test_a_database_of_any_earlier_state_is_brought_up_to_date(tmp_path: Path) -> None:
    """One database on its way through the states, given in each what only that one could hold."""
    old = tmp_path / "old.sqlite3"
    # The first databases have the table of the content version from a migration that was called 0003 then.
    migrate(old, "strategy", "0002")
    with sqlite3.connect(old) as database:
        database.executescript(RENAMED)
    # Subjects that stood twice.
    migrate(old, "strategy", "0004")
    with sqlite3.connect(old) as database:
        assert database.execute("SELECT version FROM strategy_contentversion").fetchone()[0] >= 77
        database.executescript(SUBJECTS)
    # Codes in small letters.
    migrate(old, "partners", "0005")
    migrate(old, "strategy", "0012")
    with sqlite3.connect(old) as database:
        assert database.execute("SELECT field FROM strategy_subject ORDER BY id").fetchall() == [("",), ("reason",)]
        columns = database.execute("SELECT name, type FROM pragma_table_info('strategy_source') WHERE \"notnull\"")
        texts = [name for name, kind in columns if kind.lower().startswith(("varchar", "text")) and "order" not in name]
        texts.remove("code")
        database.executescript(CODES.format(texts=", ".join(texts), values=", ".join(["''"] * len(texts))))
    migrate(old)
    migrate(old, "--check")
    with sqlite3.connect(old) as database:
        assert database.execute("SELECT version FROM strategy_contentversion").fetchone()[0] >= 77
        assert database.execute("SELECT code FROM strategy_source").fetchall() == [("GOOD-ONE",)]
        assert database.execute("SELECT code FROM strategy_searchentry").fetchall() == [("GOOD-ONE",)]
        keys = [key for (key,) in database.execute("SELECT key FROM strategy_shippedrow ORDER BY id")]
        assert keys == ['["GOOD-ONE"]', '[["AEHF"], ["US-STARCOM"], "partner"]']
