"""Who is measured: the limit, stock DRF and ours, each a server with one worker, and what that worker uses."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from tests.bench.data import ROOT

LIMIT, STOCK, OURS = "limit", "stock", "ours"
COMMANDS = {
    LIMIT: ("-m", "tests.bench.serve", "tests.bench.limit:application", "{port}"),
    STOCK: ("-m", "tests.bench.serve", "django.core.wsgi:get_wsgi_application()", "{port}"),
    OURS: ("manage.py", "start", "--port={port}", "--workers=1"),
}
SETTINGS = {STOCK: "tests.bench.stock_settings"}
PATIENCE = 120


@dataclass
class Contender:
    """A running server."""

    name: str
    port: int
    server: int

    @property
    def worker(self) -> Path:
        """The process that answers."""
        children = Path(f"/proc/{self.server}/task/{self.server}/children").read_text().split()
        return Path("/proc", children[0])

    def cpu(self) -> float:
        """Seconds of computing so far."""
        threads = (file.read_text() for file in self.worker.glob("task/*/schedstat"))
        return sum(int(one.split()[0]) for one in threads) / 1e9

    def pss(self) -> float:
        """Megabytes, where memory that processes share counts in parts."""
        return _kilobytes(self.worker / "smaps_rollup", "Pss:") / 1024

    def forget_peak(self) -> float:
        """Megabytes in memory now; from now on the peak is that of what follows."""
        (self.worker / "clear_refs").write_text("5")
        return _kilobytes(self.worker / "status", "VmRSS:") / 1024

    def peak(self) -> float:
        return _kilobytes(self.worker / "status", "VmHWM:") / 1024


def _kilobytes(file: Path, name: str) -> int:
    return next(int(line.split()[1]) for line in file.read_text().splitlines() if line.startswith(name))


@contextmanager
def started(name: str, port: int, environment: dict[str, str]) -> Iterator[Contender]:
    words = [word.format(port=port) for word in COMMANDS[name]]
    settings = {"DJANGO_SETTINGS_MODULE": SETTINGS[name]} if name in SETTINGS else {}
    with subprocess.Popen(
        [sys.executable, *words], cwd=ROOT, env={**os.environ, **environment, **settings}, stdout=subprocess.DEVNULL
    ) as server:
        try:
            _wait(server, port)
            yield Contender(name, port, server.pid)
        finally:
            server.send_signal(signal.SIGINT)


def _wait(server: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        except ConnectionError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"Nothing answers on port {port}.")


@contextmanager
def all_started(names: tuple[str, ...], port: int, environment: dict[str, str]) -> Iterator[dict[str, Contender]]:
    """Every contender at once: they are measured in turn, so that one of them works at a time."""
    with ExitStack() as stack:
        yield {name: stack.enter_context(started(name, port + place, environment)) for place, name in enumerate(names)}
