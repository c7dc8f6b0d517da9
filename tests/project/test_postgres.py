"""The PostgreSQL of the tests starts wherever it can, and says in one line why it cannot."""

import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from tests.support import postgres


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
