"""A PostgreSQL that goes away while the real server runs, and comes back."""

import json
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg2
import pytest

from tests.support.commands import free_port
from tests.support.postgres import running
from tests.support.servers import ask, request, served, wait_for

PAGE, RECORDS = "/offices/", "/api/v1/offices/"


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
