"""A worker that is told to stop while it answers: the answer is finished first."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from argparse import ArgumentTypeError
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from config.management.commands.start import worker_number
from tests.support.commands import free_port
from tests.support.servers import SECONDS

APPLICATION = """
import pathlib, time

def application(environ, start_response):
    pathlib.Path("asked").touch()
    time.sleep(1)
    start_response("200 OK", [])
    return [b"done"]
"""
SERVER = """
import sys
from config import workers

workers.server("slow:application", "127.0.0.1", int(sys.argv[1]), 2).serve()
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_open_requests_are_answered(root: Path, tmp_path: Path, number: signal.Signals) -> None:
    (tmp_path / "slow.py").write_text(APPLICATION)
    port = free_port()
    words = [sys.executable, "-c", SERVER, str(port)]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    with (
        subprocess.Popen(
            words, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True
        ) as server,
        ThreadPoolExecutor() as threads,
    ):
        try:
            answer = threads.submit(ask, f"http://127.0.0.1:{port}/")
            while not (tmp_path / "asked").exists():
                assert server.poll() is None
                time.sleep(0.02)
            os.killpg(server.pid, number)
            assert answer.result() == b"done"
            assert server.wait(10) == 0
            assert server.stderr is not None
            assert server.stderr.read() == ""
        finally:
            with suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGKILL)


def ask(address: str) -> bytes:
    deadline = time.monotonic() + SECONDS
    while True:
        try:
            with urllib.request.urlopen(address, timeout=SECONDS) as answer:
                body: bytes = answer.read()
                return body
        except ConnectionError:
            raise
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


@pytest.mark.parametrize("text", ["0", "65", "-1", "00640", "two", "", "٢"])
def test_a_number_of_workers_that_cannot_be_is_refused(text: str) -> None:
    assert worker_number("64") == 64
    with pytest.raises(ArgumentTypeError, match="is not a number from 1 to 64"):
        worker_number(text)
