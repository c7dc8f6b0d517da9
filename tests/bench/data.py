"""The two databases that are asked: one of the real size, one of a hundred thousand activities."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg2

from tests.support.postgres import url_of

ROOT = Path(__file__).resolve().parents[2]
# Notional content of the shipped content's size stands beside it, tasked as much as the large one, so that both
# databases can be asked the same.
REAL, LARGE = "real", "large"
SIZES = {REAL: (18, 52, 90), LARGE: (100_000, 2_000, 500_000)}
CODE = "GEN"


def manage(environment: dict[str, str], *words: str) -> None:
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env={**os.environ, **environment}, check=True)


def ready(home: Path, size: str, environment: dict[str, str]) -> str:
    """The address of the database of this size, filled if it is not there yet and brought up to date if it is."""
    url, (activities, offices, assignments) = url_of(home, size), SIZES[size]
    if not column(url_of(home), "SELECT 1 FROM pg_database WHERE datname = %s", size):
        run(url_of(home), f'CREATE DATABASE "{size}"')
    environment = {**environment, "DATABASE_URL": url}
    manage(environment, "migrate", "--verbosity=0")
    if not has_content(url):
        manage(environment, "load_content", "--verbosity=0")
        size_words = (f"--activities={activities}", f"--offices={offices}", f"--assignments={assignments}")
        manage(environment, "make_notional", f"--code={CODE}", *size_words)
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


def column(url: str, statement: str, *params: object) -> list[str]:
    """The first column of what a statement gives."""
    connection = connected(url)
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        found = [row[0] for row in cursor.fetchall()]
    connection.close()
    return found
