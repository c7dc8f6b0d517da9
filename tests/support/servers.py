"""The server as a visitor meets it who does not keep to HTTP: `start` on the tests' database, and bytes on a socket."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from django.conf import settings

SECONDS = 120


@dataclass(frozen=True)
class Answer:
    """A status, or None if the server hung up without one; the head as text; the body."""

    status: int | None
    head: str
    body: str


def database_url() -> str:
    """The DATABASE_URL of the database the tests are using."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        return f"sqlite:///{database['NAME']}"
    host = quote(database["HOST"], safe="")
    return f"postgres://{quote(database['USER'])}:{quote(database['PASSWORD'])}@{host}/{database['NAME']}"


@contextmanager
def served(root: Path, data: Path, port: int, url: str, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
    """The site, ready; ``settings`` are of its environment."""
    environment = os.environ | {
        "DATABASE_URL": url,
        "DATA_DIR": str(data),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        **settings,
    }
    with (data / "log").open("wb") as log:
        words = [sys.executable, "manage.py", "start", "--port", str(port)]
        site = subprocess.Popen(words, cwd=root, env=environment, stdout=log, stderr=log)
    try:
        wait_for(port, "/readyz", 200, site)
        yield site
    finally:
        site.terminate()
        site.wait(SECONDS)


def wait_for(port: int, path: str, status: int, site: subprocess.Popen[bytes]) -> None:
    """Until the address is answered so."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline and site.poll() is None:
        try:
            if ask(port, request(path)).status == status:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError(f"{path} was never answered with {status}")


def request(target: str | bytes, *headers: str | bytes, method: str = "GET", host: str | None = "localhost") -> bytes:
    """The bytes of a request whose target and headers are sent as they stand."""
    sent = target.encode() if isinstance(target, str) else target
    given = [header.encode() if isinstance(header, str) else header for header in headers]
    given += [f"Host: {host}".encode()] if host is not None else []
    return b"\r\n".join([method.encode() + b" " + sent + b" HTTP/1.1", *given, b"Connection: close", b"", b""])


def ask(port: int, data: bytes, seconds: float = SECONDS) -> Answer:
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as connection:
        connection.sendall(data)
        received = b""
        while piece := _receive(connection):
            received += piece
    head, _, body = received.partition(b"\r\n\r\n")
    status = re.match(rb"HTTP/1\.[01] ([0-9]{3})", head)
    return Answer(int(status[1]) if status else None, head.decode("latin-1"), body.decode("utf-8", "replace"))


def _receive(connection: socket.socket) -> bytes:
    try:
        return connection.recv(65536)
    except ConnectionResetError:
        return b""
