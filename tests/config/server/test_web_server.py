"""The web server as its users meet it: what happens to open requests and lost workers, and how requests are read."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

import run
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
    if environ["PATH_INFO"] == "/echo":
        start_response("200 OK", [("Content-Length", str(len(body)))])
        return [body]
    start_response("200 OK", [])
    return [str(os.getpid()).encode()]
"""
REQUEST_SECONDS, CONNECTIONS = 3, 200
SERVER = f"""
import sys
import django
from config.server import web_server, worker


django.setup()
worker.REQUEST_SECONDS = {REQUEST_SECONDS}
web_server.CONNECTIONS = {CONNECTIONS}
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
    words = [sys.executable, "-c", SERVER, str(port)]
    own = {"PYTHONPATH": str(root), "DJANGO_SETTINGS_MODULE": "config.settings", "DATA_DIR": str(folder)}
    with subprocess.Popen(
        words, cwd=folder, env=os.environ | own, stderr=subprocess.PIPE, text=True, start_new_session=True
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


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for tests that only ask it something, which has nothing to say of it in the end."""
    with running(run.ROOT, tmp_path_factory.mktemp("shared")) as server:
        yield server
        assert server.stop() == ""


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


# ---- Clients that are slow -----------------------------------------------------------------------------------------

POST = b"POST /echo HTTP/1.1\r\nHost: x\r\n"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n"
CLOSE = b"Connection: close\r\n"


def connect(server: Server) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=SECONDS)


def answer_on(connection: socket.socket) -> bytes:
    """Everything the server sends until it hangs up."""
    received = b""
    with suppress(ConnectionResetError):
        while piece := connection.recv(65536):
            received += piece
    return received


def exchange(server: Server, *pieces: bytes) -> bytes:
    with connect(server) as connection:
        for piece in pieces:
            connection.sendall(piece)
            time.sleep(0.01)
        return answer_on(connection)


@pytest.mark.parametrize(
    "beginning",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: ",
        POST + b"Content-Length: 9\r\n\r\nshort",
        CHUNKED + b"\r\n5\r\nsh",
        CHUNKED + b"\r\n0\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    ],
    ids=["nothing", "half a head", "half a body", "half a chunk", "no end", "an answer that is never taken"],
)
def test_clients_that_stall_do_not_stop_others(server: Server, beginning: bytes) -> None:
    with ExitStack() as stack:
        # More than there are threads in all.
        for _ in range(200):
            stack.enter_context(connect(server)).sendall(beginning)
        began = time.monotonic()
        assert get(server.address("/"))
        assert time.monotonic() - began < REQUEST_SECONDS


def test_at_the_limit_of_connections_the_oldest_unfinished_request_makes_room(server: Server) -> None:
    with ExitStack() as stack:
        stalled = [stack.enter_context(connect(server)) for _ in range(2 * CONNECTIONS + 20)]
        for connection in stalled:
            connection.sendall(b"GET / HTTP/1.1\r\n")
        assert get(server.address("/"))
    assert server.stop() == ""


@pytest.mark.parametrize(
    "beginning",
    [b"GET / HTTP/1.1\r\nX-A: ", POST + b"Content-Length: 9999\r\n\r\n", CHUNKED + b"X-A: y\r\n\r\n2710\r\n"],
    ids=["head", "body", "chunk"],
)
def test_a_client_that_trickles_is_given_up(server: Server, beginning: bytes) -> None:
    with connect(server) as slow:
        slow.sendall(beginning)
        slow.settimeout(REQUEST_SECONDS / 10)
        answer = b""
        for _ in range(30):
            with suppress(TimeoutError):
                answer = slow.recv(100)
                break
            slow.sendall(b"x")
        assert answer.startswith(b"HTTP/1.1 408 Request Timeout")
    assert server.stop() == ""


# ---- Requests however they come ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pieces", "body"),
    [
        ([POST + CLOSE + b"Content-Length: 5\r\n\r\nhello"], b"hello"),
        ([CHUNKED + CLOSE + b"\r\n5\r\nhello\r\n0\r\n\r\n"], b"hello"),
        ([CHUNKED + CLOSE + b"\r\n5;a=b\r\nhello\r\n1\r\n \r\n0\r\nX-A: b\r\n\r\n"], b"hello "),
        ([CHUNKED + CLOSE + b"\r\n", b"4\r\n\r\n\r\n", b"\r\n0", b"\r\n\r", b"\n"], b"\r\n\r\n"),
        ([bytes([byte]) for byte in POST + CLOSE + b"Content-Length: 2\r\n\r\nhi"], b"hi"),
        ([POST + CLOSE + b"Content-Length: 200000\r\n\r\n", b"x" * 100_000, b"y" * 100_000], b"y" * 100_000),
        ([CHUNKED + CLOSE + b"\r\n10000\r\n" + b"x" * 65_536, b"\r\n0\r\n\r\n"], b"x" * 65_536),
    ],
    ids=["length", "chunked", "extension and trailer", "ends in a chunk", "by bytes", "large", "largest chunk"],
)
def test_a_body_is_read_to_its_end(shared: Server, pieces: list[bytes], body: bytes) -> None:
    head, _, received = exchange(shared, *pieces).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200")
    assert received.endswith(body)


def test_requests_that_come_together_are_answered_in_turn(shared: Server) -> None:
    first = POST + b"Content-Length: 3\r\n\r\none"
    second = CHUNKED + b"\r\n3\r\ntwo\r\n0\r\n\r\n"
    answers = exchange(shared, first + second + POST, CLOSE + b"Content-Length: 5\r\n\r\n", b"three")
    assert [part.rpartition(b"\r\n\r\n")[2] for part in answers.split(b"HTTP/1.1 200")] == [
        b"",
        b"one",
        b"two",
        b"three",
    ]


def test_a_client_that_waits_to_be_told_to_go_on_is_told(shared: Server) -> None:
    with connect(shared) as connection:
        connection.sendall(POST + CLOSE + b"Content-Length: 5\r\nExpect: 100-continue\r\n\r\n")
        assert connection.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(b"hello")
        assert answer_on(connection).endswith(b"\r\n\r\nhello")


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"GET /" + b"a" * 9000, 414),
        (b"GET / HTTP/1.1\r\n" + b"X-A: b\r\n" * 9000, 431),
        (b"GET / HTTP/1.1\nHost: x\n\n", 400),
        (b"GET / HTTP/1.1\r\nX-A: b\n", 400),
        (CHUNKED + b"\r\nfffffffff\r\n", 413),
        (CHUNKED + b"\r\n" + b"1\r\nx\r\n" * 30_000, 413),
        (CHUNKED + b"\r\n-5\r\nhello", 400),
        (CHUNKED + b"\r\n5\r\nhelloXX0\r\n\r\n", 400),
        (CHUNKED + b"Content-Length: 5\r\n\r\n0\r\n\r\n", 400),
        (POST + b"Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello", 400),
        (b"\r\n\r\n", 400),
    ],
    ids=[
        *("long line", "long head", "bare LF", "bare LF in a head that goes on", "large chunk", "many chunks"),
        *("negative chunk", "long chunk", "chunks and a length", "two lengths", "empty lines"),
    ],
)
def test_what_is_not_a_request_is_refused_at_once(shared: Server, data: bytes, status: int) -> None:
    began = time.monotonic()
    assert exchange(shared, data).startswith(b"HTTP/1.1 %d " % status)
    assert time.monotonic() - began < REQUEST_SECONDS


def test_an_error_is_one_line_without_control_characters(server: Server) -> None:
    with pytest.raises(urllib.error.HTTPError, match="500"):
        get(server.address("/broken"))
    errors = server.stop()
    assert "gunicorn.error Error handling request GET /broken" in errors
    assert len(errors.splitlines()) == 1
