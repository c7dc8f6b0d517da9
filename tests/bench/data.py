"""The two databases that are asked: one of the real size, one of a hundred thousand activities or fewer."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2

from tests.support.postgres import url_of


@dataclass(frozen=True)
class Size:
    """A database by name, and how much notional content it has."""

    name: str
    activities: int
    offices: int
    assignments: int


ROOT = Path(__file__).resolve().parents[2]
# Notional content of the shipped content's size stands beside it, tasked as much as the large one, so that both
# databases can be asked the same.
REAL = Size("real", 18, 52, 90)
CODE = "GEN"


def large(activities: int) -> Size:
    """Five assignments an activity, and fifty activities an office, but never too few offices to ask about."""
    return Size(f"large-{activities}", activities, max(activities // 50, 400), activities * 5)


def manage(environment: dict[str, str], *words: str) -> None:
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env={**os.environ, **environment}, check=True)


def ready(home: Path, size: Size, environment: dict[str, str]) -> str:
    """The address of the database of this size, filled if it is not there yet and brought up to date if it is."""
    url = url_of(home, size.name)
    if not column(url_of(home), "SELECT 1 FROM pg_database WHERE datname = %s", size.name):
        run(url_of(home), f'CREATE DATABASE "{size.name}"')
    environment = {**environment, "DATABASE_URL": url}
    manage(environment, "migrate", "--verbosity=0")
    if not has_content(url):
        manage(environment, "load_content", "--verbosity=0")
        counts = (f"--activities={size.activities}", f"--offices={size.offices}", f"--assignments={size.assignments}")
        manage(environment, "make_notional", f"--code={CODE}", *counts)
        # What autovacuum would do some time later, in the middle of a measurement.
        run(url, "VACUUM (ANALYZE)")
    return url


def connected(url: str) -> "psycopg2.extensions.connection":
    connection = psycopg2.connect(url)
    connection.autocommit = True
    return connection


def run(url: str, statement: str) -> None:
    connection = connected(url)
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()


def has_content(url: str) -> bool:
    return bool(column(url, "SELECT count(*) FROM strategy_strategy WHERE code = %s", CODE)[0])


def rows(url: str, statement: str, *params: object) -> list[tuple[Any, ...]]:
    """The rows that a statement gives."""
    connection = connected(url)
    with connection.cursor() as cursor:
        cursor.execute(statement, params or None)
        fetched = cursor.fetchall()
    connection.close()
    return fetched


def column(url: str, statement: str, *params: object) -> list[Any]:
    """The first column of what a statement gives."""
    return [row[0] for row in rows(url, statement, *params)]
