"""A PostgreSQL that goes away while the real server runs, or stands still, and comes back."""

import json
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg2
import pytest

from tests.support.commands import children, free_port
from tests.support.postgres import home_of, running
from tests.support.servers import ask, request, served, wait_for

PAGE, RECORDS = "/offices/", "/api/v1/offices/"
# Seconds after which a visitor has given up; libpq alone would wait without end.
PATIENCE = 20


def close_connections(inside: "psycopg2.extensions.connection") -> None:
    """Those of the site, all of which have a name."""
    with inside.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name <> ''")


@pytest.mark.long
def test_away_and_back(root: Path, tmp_path: Path) -> None:
    port = free_port()
    with running() as url, served(root, tmp_path, port, url) as site:
        door = Path(unquote(urlsplit(url).netloc.partition("@")[2]), ".s.PGSQL.5432")
        for path in (PAGE, RECORDS):
            assert ask(port, request(path)).status == 200
        with closing(psycopg2.connect(host=str(door.parent), user="postgres", dbname="postgres")) as inside:
            inside.autocommit = True
            # A connection that is found dead is made anew, and the reader does not notice.
            for path in (PAGE, RECORDS):
                close_connections(inside)
                assert ask(port, request(f"{path}?notional=include")).status == 200
            door.rename(door.with_name("closed"))
            close_connections(inside)
        assert ask(port, request("/healthz")).status == 200
        assert ask(port, request("/readyz")).status == 503
        for path in (PAGE, RECORDS):
            answer = ask(port, request(path))
            assert answer.status == 503
            assert "retry-after: 5" in answer.head.lower()
            assert "The database does not answer" in answer.body
            assert "Traceback" not in answer.body
        assert json.loads(answer.body)["type"] == "server_error"
        door.with_name("closed").rename(door)
        wait_for(port, "/readyz", 200, site)
        for path in (PAGE, RECORDS):
            assert ask(port, request(path)).status == 200


@contextmanager
def frozen(url: str) -> Iterator[None]:
    """The server's processes stand still: the machine goes on taking connections in their name."""
    first = int((home_of(url) / "data" / "postmaster.pid").read_text().split()[0])
    stopped = [first, *children(first)]
    for process in stopped:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in stopped:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGCONT)


@pytest.mark.long
def test_frozen_and_back(root: Path, tmp_path: Path) -> None:
    port = free_port()
    with running() as url, served(root, tmp_path, port, url) as site:
        stylesheet = next((tmp_path / "static" / "strategy").glob("site.*.css")).name
        for path in (PAGE, RECORDS):
            assert ask(port, request(path)).status == 200
        # One that has to be connected anew, and one that is connected, wait as little.
        with frozen(url):
            for path in (PAGE, RECORDS, PAGE, "/readyz"):
                assert ask(port, request(path), PATIENCE).status == 503
            for path in ("/healthz", f"/static/strategy/{stylesheet}"):
                assert ask(port, request(path), PATIENCE).status == 200
        wait_for(port, "/readyz", 200, site)
        for path in (PAGE, RECORDS):
            assert ask(port, request(path)).status == 200


@pytest.mark.long
def test_two_first_starts_share_a_database(root: Path, tmp_path: Path) -> None:
    def serve_once(name: str) -> str:
        folder = tmp_path / name
        folder.mkdir()
        with served(root, folder, free_port(), url):
            return (folder / "log").read_text()

    with running() as url, ThreadPoolExecutor(2) as threads:
        logs = list(threads.map(serve_once, ("one", "other")))
    assert sorted("Database brought up to date" in log for log in logs) == [False, True]
    assert not any("Traceback" in log for log in logs)
