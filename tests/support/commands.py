"""Run the program as its users do: in a process of its own, with the environment it is given."""

import os
import socket
import subprocess
import sys
from pathlib import Path

SECRET = "hunter2"
# What a test run sets for itself.
FROM_TESTS = ("DATABASE_URL", "SECRET_KEY", "DJANGO_ALLOW_ASYNC_UNSAFE")
PRINT = "from django.conf import settings; print({})"


def run_python(root: Path, code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name not in FROM_TESTS}
    clean |= {"DJANGO_SETTINGS_MODULE": "config.settings", **environment}
    return subprocess.run([sys.executable, "-c", code], cwd=root, env=clean, capture_output=True, text=True, timeout=60)


def run_manage(root: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    code = f"import sys, manage; sys.argv = ['manage.py', *{words!r}]; manage.main()"
    return run_python(root, code, **environment)


def assert_one_line(done: subprocess.CompletedProcess[str]) -> None:
    """The process failed with one line on standard error, which tells no secret."""
    assert done.returncode == 1, done
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert SECRET not in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def children(pid: int) -> list[int]:
    """The processes that a process has started and that are still there."""
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
