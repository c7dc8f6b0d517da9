"""What a start, and the served site, make of a database file that was damaged, lost or taken from a newer release."""

import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

import run
from tests.support.commands import assert_one_line, free_port, run_manage
from tests.support.servers import ask, request, served


@pytest.fixture(scope="module")
def served_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installation that was served, and is no more."""
    folder = tmp_path_factory.mktemp("served")
    with served(run.ROOT, folder, free_port(), f"sqlite:///{folder}/db.sqlite3"):
        pass
    return folder


def damage(database: Path) -> None:
    """All but the first page."""
    content = database.read_bytes()
    database.write_bytes(content[:4096] + b"\xa5" * (len(content) - 4096))


def truncate(database: Path) -> None:
    database.write_bytes(database.read_bytes()[:8192])


def overwrite(database: Path) -> None:
    database.write_bytes(b"not a database" * 1000)


SPOILERS: list[Callable[[Path], None]] = [damage, truncate, overwrite, Path.unlink]


@pytest.mark.xdist_group("spoiled")
class TestDatabase:
    """What became of the database file between two starts, or while the site is served."""

    @pytest.fixture(autouse=True)
    def _copy(self, root: Path, tmp_path: Path, served_once: Path) -> None:
        self.root, self.folder = root, tmp_path / "copy"
        shutil.copytree(served_once, self.folder)
        self.database = self.folder / "db.sqlite3"

    def manage(self, *words: str) -> subprocess.CompletedProcess[str]:
        url = f"sqlite:///{self.database}"
        return run_manage(self.root, *words, DATA_DIR=str(self.folder), DATABASE_URL=url)

    def start(self) -> subprocess.CompletedProcess[str]:
        return self.manage("start", "--port", str(free_port()))

    @pytest.mark.parametrize("spoil", [damage, truncate, overwrite])
    def test_one_that_is_damaged_is_refused_and_left_alone(self, spoil: Callable[[Path], None]) -> None:
        spoil(self.database)
        before = self.database.read_bytes()
        assert_one_line(self.start())
        assert self.database.read_bytes() == before

    def test_a_command_refuses_one_that_is_damaged(self) -> None:
        damage(self.database)
        assert_one_line(self.manage("check_content"))

    def test_one_that_is_newer_is_refused(self) -> None:
        with closing(sqlite3.connect(self.database)) as database, database:
            database.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('strategy', '9999_next', 0)")
        done = self.start()
        assert_one_line(done)
        assert "newer than this release, which does not know its strategy.9999_next" in done.stderr

    def test_one_that_vanished_is_not_replaced_unasked(self) -> None:
        self.database.unlink()
        for _ in range(2):
            done = self.start()
            assert_one_line(done)
            assert "python3 run.py migrate and python3 run.py load_content" in done.stderr
        for word in ("migrate", "load_content"):
            assert self.manage(word, "--skip-checks").returncode == 0
        with served(self.root, self.folder, free_port(), f"sqlite:///{self.database}"):
            pass

    def test_one_that_is_spoiled_while_it_is_served_is_503_until_it_is_back(self) -> None:
        port = free_port()
        backup = self.database.read_bytes()
        with served(self.root, self.folder, port, f"sqlite:///{self.database}"):
            for spoil in SPOILERS:
                spoil(self.database)
                for path in ("/readyz", "/offices/", "/api/v1/offices/"):
                    assert ask(port, request(path)).status == 503, (spoil, path)
                assert self.database.exists() == (spoil is not Path.unlink)
                self.database.write_bytes(backup)
                for path in ("/readyz", "/offices/", "/api/v1/offices/"):
                    assert ask(port, request(path)).status == 200, (spoil, path)
