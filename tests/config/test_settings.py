"""What the environment may say, and that a mistake in it costs one line."""

import logging
import os
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from config.log_formatter import OneLineFormatter
from config.server.secret_key import load_or_create_key
from tests.support.commands import PRINT, SECRET, assert_one_line, run_manage, run_python


@pytest.mark.parametrize(
    "environment",
    [
        {"DATABASE_URL": f"postgres://u:{SECRET}/x@localhost/name"},
        {"DATABASE_URL": f"postgres://u:x#{SECRET}@localhost:5432/name"},
        {"DATABASE_URL": f"postgres://u:{SECRET}@localhost:port/name"},
        {"DATABASE_URL": f"mysql://u:{SECRET}@localhost/name"},
        {"DATABASE_URL": SECRET},
        {"DATABASE_URL": f"postgres://u:{SECRET}%00@127.0.0.1:1/name"},
        {"DATABASE_URL": f"postgres://u:{SECRET}@127.0.0.1:1"},
        {"DATABASE_URL": f"postgres://u:{SECRET}@127.0.0.1:1/name?nonsense=1"},
        {"DATABASE_URL": "postgres://"},
        {"DATABASE_URL": "sqlite://:memory:"},
        {"DATABASE_URL": "sqlite:///"},
        {"DATABASE_URL": "sqlite:////no/such/folder/db.sqlite3"},
        {"DEBUG": SECRET},
        {"HTTPS": SECRET},
        {"SIGN_IN": SECRET},
        {"TOKEN_DAYS": "366"},
        {"RATE_ANONYMOUS": "-1"},
        {"LOG_LEVEL": SECRET},
        {"DATA_DIR": "manage.py/var"},
        {"DATABASE_URL": f"postgres://u:{SECRET}@127.0.0.1:1/name"},
    ],
)
def test_a_mistake_is_one_line(root: Path, tmp_path: Path, environment: dict[str, str]) -> None:
    done = run_manage(root, "migrate", **{"DATA_DIR": str(tmp_path), **environment})
    assert_one_line(done)


COMMANDS = (
    ["load_content"],
    ["check_content"],
    ["dump_content", "--to", "elsewhere"],
    ["make_notional"],
    ["createsuperuser", "--noinput", "--username=a", "--email=a@example.org"],
)


@pytest.fixture
def empty_database(tmp_path: Path, db: None) -> Iterator[str]:
    """The DATABASE_URL of a database without tables, of the kind that the tests run on."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.sqlite3"
        return
    name = f"empty_{os.getpid()}"
    url = urlsplit(os.environ["DATABASE_URL"])
    with closing(psycopg2.connect(url.geturl())) as server:
        server.autocommit = True
        server.cursor().execute(f"CREATE DATABASE {name}")
        yield url._replace(path=f"/{name}").geturl()
        server.cursor().execute(f"DROP DATABASE {name}")


def test_commands_say_that_a_database_is_empty(root: Path, tmp_path: Path, empty_database: str) -> None:
    for words in COMMANDS:
        done = run_manage(root, *words, DATA_DIR=str(tmp_path), DATABASE_URL=empty_database)
        assert_one_line(done)
        assert "It is empty or outdated: python3 run.py migrate" in done.stderr


@pytest.mark.parametrize("words", [["migrate"], *COMMANDS], ids=lambda words: words[0])
def test_commands_say_that_no_database_answers(root: Path, tmp_path: Path, words: list[str]) -> None:
    url = f"postgres://someone:{SECRET}@127.0.0.1:1/name"
    done = run_manage(root, *words, DATA_DIR=str(tmp_path), DATABASE_URL=url)
    assert_one_line(done)
    assert "127.0.0.1" in done.stderr


def test_key_is_made_once_and_private(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "var"
    with ThreadPoolExecutor(4) as threads:
        jobs = [
            threads.submit(run_python, root, PRINT.format("settings.SECRET_KEY"), DATA_DIR=str(folder))
            for _ in range(4)
        ]
    keys = {job.result().stdout.strip() for job in jobs}
    assert len(keys) == 1
    assert len(keys.pop()) >= 50
    assert [path.name for path in folder.iterdir()] == ["secret_key"]
    assert stat.S_IMODE((folder / "secret_key").stat().st_mode) == 0o600


def test_of_two_that_make_a_key_the_first_wins(tmp_path: Path) -> None:
    path = tmp_path / "secret_key"
    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(load_or_create_key, [path] * 64))) == 1


def test_damaged_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret_key"
    path.write_text("cut short")
    with pytest.raises(ImproperlyConfigured, match="no usable key"):
        load_or_create_key(path)


def test_empty_values(root: Path, tmp_path: Path) -> None:
    code = PRINT.format("[settings.MARKING, settings.DATABASES['default']['NAME'].name, len(settings.SECRET_KEY) > 50]")
    done = run_python(root, code, DATA_DIR=str(tmp_path), MARKING="", DATABASE_URL="", SECRET_KEY="")
    assert done.stdout.strip() == "['', 'db.sqlite3', True]", done.stderr


def test_a_record_is_one_line() -> None:
    record = logging.LogRecord("x", logging.INFO, "", 1, "a%s", ("\r\n2026 INFO forged\x1b[2J\u2028z",), None)
    assert OneLineFormatter().format(record) == r"a\r\n2026 INFO forged\x1b[2J\u2028z"
