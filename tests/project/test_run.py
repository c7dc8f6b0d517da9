"""`run.py` and `start` as their users meet them: real processes, real signals."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

import run
from tests.support.commands import SECRET, assert_one_line, children, free_port, run_manage
from tests.support.servers import SECONDS

# Far below the time after which workers that do not stop are killed.
PROMPTLY = 10


@contextmanager
def started(root: Path, data: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "config.settings"}
    words = [sys.executable, "manage.py", "start", "--port", str(port)]
    with subprocess.Popen(
        words,
        cwd=root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # As in a terminal, where Ctrl-C reaches the workers too.
        start_new_session=True,
    ) as site:
        try:
            yield site
        finally:
            with suppress(ProcessLookupError):
                os.killpg(site.pid, signal.SIGKILL)


def wait_for(address: str, site: subprocess.Popen[str]) -> int:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline and site.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                status: int = answer.status
                return status
        except OSError:
            time.sleep(0.05)
    raise AssertionError(site.communicate(timeout=5))


@pytest.fixture(scope="module")
def first_starts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[str, str]]]:
    """A new folder in which two starts met, and the output and errors of each."""
    data, ports = tmp_path_factory.mktemp("data"), (free_port(), free_port())
    with started(run.ROOT, data, ports[0]) as first, started(run.ROOT, data, ports[1]) as second:
        for site, port in zip((first, second), ports, strict=True):
            assert wait_for(f"http://127.0.0.1:{port}/readyz", site) == 200
        for site in (first, second):
            site.terminate()
        return data, [site.communicate(timeout=SECONDS) for site in (first, second)]


@pytest.fixture(scope="module")
def data(first_starts: tuple[Path, list[tuple[str, str]]]) -> Path:
    """A folder for what starts keep, which is prepared once."""
    return first_starts[0]


@pytest.mark.xdist_group("start")
class TestStart:
    @pytest.mark.long
    def test_of_two_first_starts_the_second_waits_and_goes_on(
        self, first_starts: tuple[Path, list[tuple[str, str]]]
    ) -> None:
        _, said = first_starts
        assert [errors for _, errors in said] == ["", ""]
        assert sorted("Database brought up to date" in output for output, _ in said) == [False, True]

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_serves_and_stops_cleanly(self, root: Path, data: Path, number: signal.Signals) -> None:
        port = free_port()
        with started(root, data, port) as site:
            assert wait_for(f"http://127.0.0.1:{port}/readyz", site) == 200
            workers = children(site.pid)
            site.send_signal(number)
            output, errors = site.communicate(timeout=SECONDS)
        assert site.returncode == 0
        assert errors == ""
        assert not [worker for worker in workers if Path(f"/proc/{worker}").exists()]
        for text in (f"http://127.0.0.1:{port}/", "/api/docs/", "/admin/", "python3 run.py createsuperuser"):
            assert text in output

    @pytest.mark.parametrize("seconds", [0, 0.1, 0.3])
    def test_ctrl_c_while_the_workers_are_starting(self, root: Path, data: Path, seconds: float) -> None:
        with started(root, data, free_port()) as site:
            assert site.stdout is not None
            while "Ctrl-C" not in site.stdout.readline():
                assert site.poll() is None
            time.sleep(seconds)
            began = time.monotonic()
            os.killpg(site.pid, signal.SIGINT)
            _, errors = site.communicate(timeout=SECONDS)
        assert (site.returncode, errors) == (0, "")
        assert time.monotonic() - began < PROMPTLY

    @pytest.mark.parametrize("seconds", [0.1, 0.2, 0.3, 0.4, 0.5])
    def test_ctrl_c_before_anything_is_served(self, root: Path, data: Path, seconds: float) -> None:
        with started(root, data, free_port()) as site:
            time.sleep(seconds)
            os.killpg(site.pid, signal.SIGINT)
            _, errors = site.communicate(timeout=PROMPTLY)
        # As a shell says it of a program that Ctrl-C ended, or as the signal itself.
        assert site.returncode in (0, 128 + signal.SIGINT, -signal.SIGINT)
        assert errors == ""

    def test_workers_end_with_the_first_process(self, root: Path, data: Path) -> None:
        port = free_port()
        with started(root, data, port) as site:
            assert wait_for(f"http://127.0.0.1:{port}/healthz", site) == 200
            workers = children(site.pid)
            assert workers
            site.kill()
            deadline = time.monotonic() + PROMPTLY
            while any(Path(f"/proc/{worker}").exists() for worker in workers):
                assert time.monotonic() < deadline
                time.sleep(0.05)

    def test_workers_that_are_killed_again_and_again_are_replaced(self, root: Path, data: Path) -> None:
        port = free_port()
        with started(root, data, port) as site:
            assert wait_for(f"http://127.0.0.1:{port}/healthz", site) == 200
            before = set(children(site.pid))
            for _ in range(5):
                workers = children(site.pid)
                for worker in workers:
                    os.kill(worker, signal.SIGKILL)
                deadline = time.monotonic() + SECONDS
                while set(workers) & set(children(site.pid)) or len(children(site.pid)) < len(before):
                    assert time.monotonic() < deadline
                    time.sleep(0.05)
            assert wait_for(f"http://127.0.0.1:{port}/healthz", site) == 200
            assert before.isdisjoint(children(site.pid))

    def test_a_second_start_on_the_port_is_refused(self, root: Path, data: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as other:
            done = run_manage(root, "start", "--port", str(other.getsockname()[1]), DATA_DIR=str(data))
        assert_one_line(done)
        assert "in use" in done.stderr


@pytest.mark.parametrize("port", ["0", "65536", "-1", "1e3", "x", "٨٠٠٠"])
def test_bad_port(root: Path, tmp_path: Path, port: str) -> None:
    done = run_manage(root, "start", f"--port={port}", DATA_DIR=str(tmp_path))
    assert done.returncode == 2
    assert done.stderr.strip().splitlines()[-1].endswith(f"{port} is not a port: give a number from 1 to 65535")


def test_bad_host(root: Path, tmp_path: Path) -> None:
    assert_one_line(run_manage(root, "start", "--host", "192.0.2.1", DATA_DIR=str(tmp_path)))


def test_unreachable_database(root: Path, tmp_path: Path) -> None:
    url = f"postgres://someone:{SECRET}@127.0.0.1:1/name"
    done = run_manage(root, "start", "--port", str(free_port()), DATA_DIR=str(tmp_path), DATABASE_URL=url)
    assert_one_line(done)
    assert "127.0.0.1" in done.stderr


def test_packages_come_from_the_folder_alone() -> None:
    words = run.pip_arguments(run.RUNTIME, "wheels")
    assert words[words.index("--no-index") :][:3] == ["--no-index", "--find-links", "wheels"]
    assert "--require-hashes" in words
    assert words[-1] == str(run.RUNTIME)


def test_packages_come_from_the_registry_by_default() -> None:
    words = run.pip_arguments(run.RUNTIME, None)
    assert "--no-index" not in words
    assert "--require-hashes" in words


def run_script(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, root / "run.py", *words], capture_output=True, text=True, timeout=SECONDS)


@pytest.mark.parametrize(
    "words",
    [
        *(["--port", port] for port in ("x", "0", "65536", "-1", "1e3", "8_000", "٨٠٠٠", "1" * 5000)),
        ["--find-links", "no-such-folder"],
        ["--nonsense"],
        ["--port", "8001", "migrate"],
    ],
)
def test_wrong_words_are_refused_before_anything_is_made(root: Path, words: list[str]) -> None:
    done = run_script(root, *words)
    assert done.returncode == 2
    assert "making" not in done.stderr
    assert "Traceback" not in done.stderr


class TestPrepare:
    """The environment's making, without the minutes that real packages cost."""

    @pytest.fixture(autouse=True)
    def _elsewhere(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.done: list[str] = []
        self.runtime = tmp_path / "requirements.txt"
        self.runtime.write_text("")
        self.development = tmp_path / "requirements-dev.txt"
        self.development.write_text("")
        venv = tmp_path / ".venv"
        for name, value in {
            "VENV": venv,
            "PYTHON": venv / "bin" / "python",
            "RUNTIME": self.runtime,
            "DEVELOPMENT": self.development,
        }.items():
            monkeypatch.setattr(run, name, value)
        make = run.make_environment

        def counted() -> None:
            self.done.append("made")
            make()

        monkeypatch.setattr(run, "make_environment", counted)

    def prepare(self, *, development: bool = False) -> list[str]:
        self.done.clear()
        run.prepare(None, development=development)
        return self.done

    @pytest.mark.long
    def test_made_once_and_again_when_the_lock_changes_or_it_is_half_made(self) -> None:
        assert self.prepare() == ["made"]
        assert self.prepare(development=True) == []
        assert self.prepare() == []
        self.runtime.write_text("# changed")
        assert self.prepare() == ["made"]
        run.PYTHON.unlink()
        assert self.prepare() == ["made"]
        run.stamp(run.RUNTIME).unlink()
        assert self.prepare() == ["made"]

    def test_what_cannot_be_installed_is_tried_again(self) -> None:
        self.runtime.write_text("--no-index\nno-such-package==1 --hash=sha256:" + "0" * 64)
        with pytest.raises(SystemExit, match=r"requirements\.txt could not be installed"):
            self.prepare()
        assert not run.is_installed(self.runtime)


def test_a_platform_without_locks_of_files_is_told_in_one_line(root: Path) -> None:
    words = "import sys; sys.modules['fcntl'] = None; import run"
    answer = subprocess.run([sys.executable, "-c", words], cwd=root, capture_output=True, text=True)
    assert answer.returncode == 1
    assert answer.stderr.startswith("run.py: the site runs on Linux and other Unix systems, not on ")
    assert len(answer.stderr.splitlines()) == 1
