"""A PostgreSQL that goes away while the real server runs, or stands still, and comes back."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg2
import pytest

import run
from tests.support.commands import children, free_port
from tests.support.postgres import home_of, running
from tests.support.servers import ask, request, served, wait_for

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("database away")]
PAGE, RECORDS = "/offices/", "/api/v1/offices/"
# Seconds after which a visitor has given up; libpq alone would wait without end.
PATIENCE = 20


@dataclass
class Site:
    """A site that is served on an empty PostgreSQL; ``logs`` are those of it and of another that started at once."""

    url: str
    port: int
    process: subprocess.Popen[bytes]
    data: Path
    logs: list[str]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folders = [tmp_path_factory.mktemp(name) for name in ("one", "other")]
    ports = [free_port(), free_port()]
    with running() as url, ExitStack() as stack, ThreadPoolExecutor(2) as threads:
        starts = [served(run.ROOT, folder, port, url) for folder, port in zip(folders, ports, strict=True)]
        processes = list(threads.map(stack.enter_context, starts))
        yield Site(url, ports[0], processes[0], folders[0], [(folder / "log").read_text() for folder in folders])


def close_connections(inside: "psycopg2.extensions.connection") -> None:
    """Those of the site, all of which have a name."""
    with inside.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name <> ''")


def test_two_first_starts_share_a_database(site: Site) -> None:
    assert sorted("Database brought up to date" in log for log in site.logs) == [False, True]
    assert not any("Traceback" in log for log in site.logs)


def test_away_and_back(site: Site) -> None:
    door = Path(unquote(urlsplit(site.url).netloc.partition("@")[2]), ".s.PGSQL.5432")
    for path in (PAGE, RECORDS):
        assert ask(site.port, request(path)).status == 200
    with closing(psycopg2.connect(host=str(door.parent), user="postgres", dbname="postgres")) as inside:
        inside.autocommit = True
        # A connection that is found dead is made anew, and the reader does not notice.
        for path in (PAGE, RECORDS):
            close_connections(inside)
            assert ask(site.port, request(f"{path}?notional=include")).status == 200
        door.rename(door.with_name("closed"))
        close_connections(inside)
    assert ask(site.port, request("/healthz")).status == 200
    assert ask(site.port, request("/readyz")).status == 503
    for path in (PAGE, RECORDS):
        answer = ask(site.port, request(path))
        assert answer.status == 503
        assert "retry-after: 5" in answer.head.lower()
        assert "The database does not answer" in answer.body
        assert "Traceback" not in answer.body
    assert json.loads(answer.body)["type"] == "server_error"
    door.with_name("closed").rename(door)
    wait_for(site.port, "/readyz", 200, site.process)
    for path in (PAGE, RECORDS):
        assert ask(site.port, request(path)).status == 200


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


def test_frozen_and_back(site: Site) -> None:
    stylesheet = next((site.data / "static" / "strategy").glob("site.*.css")).name
    for path in (PAGE, RECORDS):
        assert ask(site.port, request(path)).status == 200
    # One that has to be connected anew, and one that is connected, wait as little.
    with frozen(site.url):
        for path in (PAGE, RECORDS, PAGE, "/readyz"):
            assert ask(site.port, request(path), PATIENCE).status == 503
        for path in ("/healthz", f"/static/strategy/{stylesheet}"):
            assert ask(site.port, request(path), PATIENCE).status == 200
    wait_for(site.port, "/readyz", 200, site.process)
    for path in (PAGE, RECORDS):
        assert ask(site.port, request(path)).status == 200
