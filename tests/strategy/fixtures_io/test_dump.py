"""A dump is of one moment, whatever is written meanwhile, and takes its place whole or not at all."""

import threading
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, connections, transaction

from strategy.fixtures_io import dump, load
from strategy.models import Citation, Goal, Office
from tests.support import factories as make
from tests.support.content import delete_all_content


def in_another_connection(job: Any) -> threading.Thread:
    """A thread, started, that runs a function with a connection of its own."""

    def run() -> None:
        try:
            job()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def files_of(folder: Path) -> dict[Path, bytes]:
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.django_db(transaction=True)
def test_a_write_between_two_reads_is_not_seen_in_part(tmp_path: Path) -> None:
    make.citation(record=make.goal())
    dump(tmp_path / "before")
    written: list[threading.Thread] = []

    def write() -> None:
        make.citation(record=make.office(code="MEANWHILE"), source=make.source(code="MEANWHILE-S"))
        Citation.objects.filter(content_type__model="goal").delete()
        Goal.objects.all().delete()

    def between(execute: Any, sql: str, *rest: Any) -> Any:
        # The offices are read after the sources and goals, and before the citations.
        if not written and Office._meta.db_table in sql:
            written.append(threading.current_thread())
            written[:] = [in_another_connection(write)]
            # Without a log of writes, SQLite lets it wait until the dump is done.
            written[0].join(timeout=2)
        return execute(sql, *rest)

    with connection.execute_wrapper(between):
        dump(tmp_path / "meanwhile")
    written[0].join()
    assert Office.objects.filter(code="MEANWHILE").exists()
    assert files_of(tmp_path / "meanwhile") == files_of(tmp_path / "before")
    dump(tmp_path / "after")
    load(tmp_path / "after")
    assert files_of(tmp_path / "after") != files_of(tmp_path / "before")


@pytest.mark.proof(rounds=2, all_rounds=100)
@pytest.mark.django_db(transaction=True)
def test_every_dump_made_while_others_write_can_be_loaded(tmp_path: Path, rounds: int) -> None:
    done = threading.Event()

    def write() -> None:
        while not done.is_set():
            with transaction.atomic():
                name = make.office_name(value="Meanwhile")
                make.citation(record=name.office, field="names", part=name.value, source=make.source())
            name.office.delete()

    writer = in_another_connection(write)
    for number in range(rounds):
        dump(tmp_path / str(number))
    done.set()
    writer.join()
    for number in range(rounds):
        with transaction.atomic():
            delete_all_content()
        assert load(tmp_path / str(number)).created > 0


@pytest.mark.django_db
def test_a_dump_that_is_stopped_leaves_the_files_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make.citation(record=make.goal())
    dump(tmp_path)
    before = files_of(tmp_path)
    Office.objects.all().update(note="Other.")
    names: list[str] = []
    whole = Path.write_text

    def cut(path: Path, text: str, *rest: Any) -> int:
        names.append(path.name)
        if len(names) == 15:
            whole(path, text[: len(text) // 2], *rest)
            raise KeyboardInterrupt
        return whole(path, text, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", cut)
        with pytest.raises(KeyboardInterrupt):
            dump(tmp_path)
    assert files_of(tmp_path) == before


@pytest.mark.django_db
def test_what_a_killed_dump_leaves_is_no_fixture(tmp_path: Path) -> None:
    """Nothing can tidy up after a process that was killed at once."""
    dump(tmp_path)
    rest = tmp_path / ".dump-0" / "strategy" / "01_sources.json"
    rest.parent.mkdir(parents=True)
    rest.write_text('[{"model"')
    assert load(tmp_path).changed == 0


@pytest.mark.django_db
def test_nothing_is_written_where_there_is_no_content(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nothing was written"):
        call_command("dump_content", notional=True, folder=tmp_path)
    assert not list(tmp_path.iterdir())
