"""The browser that tests drive: one that is installed on the machine, never a download.

python -m tests.support.browser      find a browser, or install Debian's; says in one line if there is none
"""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

# Playwright keeps an event loop running in the tests' own thread, where Django would refuse every query.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# The first has no windows to draw: it opens a page in less than half the time.
NAMES = [
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "msedge",
    "microsoft-edge",
]
# Debian's; an older one has the second only.
PACKAGES = ("chromium-headless-shell", "chromium")
ANSWER_SECONDS = 10
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # What a page would fetch from elsewhere fails here as it does for a reader without a network.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


def executable() -> str | None:
    """The path of the browser, if there is one."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def install() -> bool:
    """Whether Debian's browser could be installed, which only root can."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt = ["apt-get", "-qq"]
    subprocess.run([*apt, "update"], env=environment, stdout=sys.stderr)
    commands = ([*apt, "install", "--yes", "--no-install-recommends", package] for package in PACKAGES)
    return any(subprocess.run(command, env=environment, stdout=sys.stderr).returncode == 0 for command in commands)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = executable()
    if path is None:
        pytest.fail("No browser for the tests: install chromium (python3 run.py test does it as root)")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": path, "args": [*FLAGS, *sandbox]}


@pytest.fixture(scope="session")
def site(django_db_setup: None) -> Iterator[str]:
    """Address of a server that shows the shipped content. For reading: what a test writes here stays.

    A test that writes uses `live_server`, after which the content is loaded anew.
    """
    server = LiveServer("127.0.0.1")
    yield server.url
    server.stop()


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any], site: str) -> dict[str, Any]:
    return {**browser_context_args, "base_url": site}


@pytest.fixture
def context(context: Any, django_db_blocker: DjangoDbBlocker) -> Iterator[Any]:
    """Playwright's own, with the database open to the server that the browser talks to, until it has answered all."""
    with django_db_blocker.unblock():
        yield context
        context.close()
        wait_for_answers()


def wait_for_answers() -> None:
    """Waits for the threads in which test servers answer: they end when the browser has closed its connections."""
    for thread in threading.enumerate():
        if ThreadedWSGIServer.process_request_thread.__name__ in thread.name:
            thread.join(ANSWER_SECONDS)


if __name__ == "__main__":
    if not (executable() or (install() and executable())):
        sys.exit("No browser for the tests: install chromium, google-chrome or msedge (root gets it by itself).")
