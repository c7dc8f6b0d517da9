"""The web server as its users meet it: what happens to open requests, lost workers and clients that stall."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from argparse import ArgumentTypeError
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from config.management.commands.start import worker_number
from tests.support.commands import children, free_port
from tests.support.servers import SECONDS

APPLICATION = """
import os, pathlib, time

def application(environ, start_response):
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    if environ["PATH_INFO"] == "/slow":
        pathlib.Path("asked").touch()
        time.sleep(1)
    if environ["PATH_INFO"] == "/broken":
        raise RuntimeError("broken\\nin two lines")
    start_response("200 OK", [])
    return [str(os.getpid()).encode()]
"""
REQUEST_SECONDS = 3
SERVER = f"""
import sys
import django
from config.server import web_server, worker


django.setup()
worker.REQUEST_SECONDS = {REQUEST_SECONDS}
web_server.WebServer("example:application", "127.0.0.1", int(sys.argv[1]), workers=2).run()
"""


@dataclass
class Server:
    """A running server: its first process, its port, and the folder in which it runs."""

    process: subprocess.Popen[str]
    port: int
    folder: Path

    def address(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def stop(self) -> str:
        """Ends it as a supervisor does; gives what it wrote to stderr."""
        self.process.terminate()
        _, errors = self.process.communicate(timeout=SECONDS)
        assert self.process.returncode == 0
        return errors


@contextmanager
def running(root: Path, folder: Path) -> Iterator[Server]:
    (folder / "example.py").write_text(APPLICATION)
    port = free_port()
    environment = os.environ | {
        "PYTHONPATH": str(root),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATA_DIR": str(folder),
    }
    with subprocess.Popen(
        [sys.executable, "-c", SERVER, str(port)],
        cwd=folder,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            server = Server(process, port, folder)
            wait_until(lambda: len(children(process.pid)) == 2 and get(server.address("/")), server)
            yield server
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=SECONDS) as answer:
        return str(answer.read().decode())


@pytest.fixture
def server(root: Path, tmp_path: Path) -> Iterator[Server]:
    with running(root, tmp_path) as server:
        yield server


def wait_until(condition: Callable[[], object], server: Server) -> None:
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert server.process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_open_requests_are_answered(server: Server, number: signal.Signals) -> None:
    with ThreadPoolExecutor() as threads:
        answer = threads.submit(get, server.address("/slow"))
        wait_until((server.folder / "asked").exists, server)
        os.killpg(server.process.pid, number)
        assert answer.result()
        _, errors = server.process.communicate(timeout=10)
    assert (server.process.returncode, errors) == (0, "")


def test_a_lost_worker_is_replaced(server: Server) -> None:
    lost, *others = children(server.process.pid)
    os.kill(lost, signal.SIGKILL)
    wait_until(lambda: len(set(children(server.process.pid)) - {lost, *others}) == 1, server)
    assert get(server.address("/"))
    errors = server.stop()
    assert len(errors.splitlines()) == 1
    assert f"Worker (pid:{lost}) was sent SIGKILL" in errors


def test_a_reload_replaces_the_workers(server: Server) -> None:
    before = set(children(server.process.pid))
    server.process.send_signal(signal.SIGHUP)
    wait_until(lambda: len(after := children(server.process.pid)) == 2 and before.isdisjoint(after), server)
    assert get(server.address("/"))
    assert server.stop() == ""


@pytest.mark.parametrize(
    "beginning",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: ",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nshort",
    ],
    ids=["nothing", "half a head", "half a body"],
)
def test_clients_that_stall_do_not_stop_others(server: Server, beginning: bytes) -> None:
    with ExitStack() as stack:
        for _ in range(64):
            stalled = stack.enter_context(socket.create_connection(("127.0.0.1", server.port)))
            stalled.sendall(beginning)
        began = time.monotonic()
        assert get(server.address("/"))
        assert time.monotonic() - began < REQUEST_SECONDS


def test_a_client_that_stalls_is_given_up(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=SECONDS) as stalled:
        stalled.sendall(b"GET / HTTP/1.1\r\nHost: ")
        assert stalled.recv(100).startswith(b"HTTP/1.1 408 Request Timeout")
    assert server.stop() == ""


def test_an_error_is_one_line_without_control_characters(server: Server) -> None:
    with pytest.raises(urllib.error.HTTPError, match="500"):
        get(server.address("/broken"))
    errors = server.stop()
    assert "gunicorn.error Error handling request GET /broken" in errors
    assert len(errors.splitlines()) == 1


@pytest.mark.parametrize("text", ["0", "65", "-1", "00640", "two", "", "٢"])
def test_a_number_of_workers_that_cannot_be_is_refused(text: str) -> None:
    assert worker_number("64") == 64
    with pytest.raises(ArgumentTypeError, match="is not a number from 1 to 64"):
        worker_number(text)
