"""What becomes of an answer that is still being sent when the server is told to stop."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.support.commands import free_port
from tests.support.servers import SECONDS

APPLICATION = """
import pathlib, time

def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/csv")])
    parts = int(environ["PATH_INFO"].strip("/"))
    for part in range(parts):
        yield b"a row\\n"
        pathlib.Path(f"asked {parts}").touch()
        time.sleep(0.1)
    yield b"the last row\\n"
"""
SERVER = """
import sys
import django
from config.server import web_server


django.setup()
web_server.DRAIN_SECONDS = 3
web_server.WebServer("example:application", "127.0.0.1", int(sys.argv[1]), workers=1).run()
"""


def get(port: int, path: str) -> bytes:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)) as connection:
        connection.request("GET", path)
        with connection.getresponse() as answer:
            return answer.read()


def wait_until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def answers(port: int) -> bool:
    with suppress(OSError):
        return get(port, "/0") != b""
    return False


def test_it_is_sent_to_its_end_but_not_without_end(root: Path, tmp_path: Path) -> None:
    (tmp_path / "example.py").write_text(APPLICATION)
    environment = {"PYTHONPATH": str(root), "DJANGO_SETTINGS_MODULE": "config.settings", "DATA_DIR": str(tmp_path)}
    port = free_port()
    with (
        subprocess.Popen(
            [sys.executable, "-c", SERVER, str(port)],
            cwd=tmp_path,
            env=os.environ | environment,
            stderr=subprocess.DEVNULL,
        ) as server,
        ThreadPoolExecutor(2) as threads,
    ):
        wait_until(lambda: answers(port))
        short, endless = (threads.submit(get, port, f"/{parts}") for parts in (10, 10_000))
        wait_until(lambda: (tmp_path / "asked 10").exists() and (tmp_path / "asked 10000").exists())
        server.terminate()
        assert short.result().endswith(b"the last row\n")
        # The reader is told that it is not the whole.
        with pytest.raises(http.client.IncompleteRead):
            endless.result()
        assert server.wait(SECONDS) == 0
