"""The PostgreSQL of the tests starts wherever it can, or says in one line why not; what runs on it exists."""

import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

import run
from tests.support import databases, postgres


@pytest.fixture
def private(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The usual folder for temporary files is its owner's alone, as root's often is."""
    # Not below `tmp_path`: the path of a socket must be short.
    with tempfile.TemporaryDirectory(prefix="private-") as folder:
        monkeypatch.setattr(tempfile, "tempdir", folder)
        monkeypatch.setattr(postgres.os, "geteuid", lambda: 0)
        yield Path(folder)


def test_a_folder_that_fits_is_found(private: Path) -> None:
    assert "may not enter" in postgres.unfit(private, for_programs=False)
    assert postgres.place() in map(Path, postgres.PLACES)


def test_why_none_fits_is_one_line(private: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "PLACES", ())
    with pytest.raises(postgres.NoServerError, match=f"^{private} is not for nobody"), postgres.running():
        pass


def test_a_server_starts_although_the_usual_folder_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "private").mkdir(mode=0o700)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "private"))
    with postgres.running() as url, closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize("place", databases.ON_BOTH)
def test_what_runs_on_both_databases_exists(root: Path, place: str) -> None:
    path, _, function = place.partition("::")
    assert (root / path).exists()
    assert not function or f"def {function}(" in (root / path).read_text()


def test_a_test_runs_on_both_by_its_place() -> None:
    assert databases.is_on_both("tests/strategy/search/test_search.py::test_x[y]")
    assert databases.is_on_both("tests/strategy/test_check_content.py::TestX::test_y")
    assert databases.is_on_both("tests/contracts/test_admin.py::test_a_code_finds_its_record[goal]")
    assert not databases.is_on_both("tests/contracts/test_admin.py::test_who_may_see_it[goal]")
    assert not databases.is_on_both("tests/strategy/search_elsewhere/test_x.py::test_y")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], ["-m", "databases"]),
        (["-x"], ["-x", "-m", "databases"]),
        (["--everything"], []),
        (["tests/site"], ["tests/site"]),
        (["-m", "proof"], ["-m", "proof"]),
    ],
)
def test_what_postgresql_runs(monkeypatch: pytest.MonkeyPatch, words: list[str], expected: list[str]) -> None:
    started: list[list[str]] = []

    class Process:
        def __init__(self, command: list[str], **_: object) -> None:
            started.append(command)

        def wait(self) -> int:
            return 0

    monkeypatch.setattr(run.subprocess, "Popen", Process)
    monkeypatch.setattr(run.signal, "signal", lambda *_: None)
    assert run.test(words) == 0
    browser, sqlite, postgresql = started
    assert "tests.support.browser" in browser
    assert sqlite[3:] == [word for word in words if word != "--everything"]
    assert "tests.support.postgres" in postgresql
    assert postgresql[postgresql.index("pytest") + 1 :] == expected
