"""Every write to the content moves the content version, by whatever way it comes; nothing else does."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import F

from strategy.fixtures_io import load
from strategy.models import Goal, Office, SearchEntry, content_version
from tests.support import factories as make

pytestmark = pytest.mark.django_db


def moves(write: Callable[[], Any]) -> bool:
    before = content_version()
    write()
    after = content_version()
    assert after >= before
    return after > before


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "write",
    [
        lambda: make.goal(),
        lambda: Goal.objects.first().save(),
        lambda: Goal.objects.update(note="changed"),
        lambda: Goal.objects.filter(code="IPS-G1").update(note="changed"),
        lambda: Office.objects.bulk_create([Office(code="NEW-1", name="New", echelon="joint", link="named")]),
        lambda: Office.objects.bulk_create(
            [Office(code="NEW-1", name="New", echelon="joint", link="named")], ignore_conflicts=True
        ),
        lambda: make.mention().offices.add(make.office()),
        lambda: make.term().delete(),
        lambda: sql("UPDATE strategy_goal SET note = 'by hand'"),
        lambda: sql("DELETE FROM strategy_timelineevent"),
        lambda: load(notional=True),
    ],
)
def test_a_write_moves_it(write: Callable[[], Any]) -> None:
    assert moves(write)


def test_it_never_stands_still_between_two_writes() -> None:
    numbers = []
    for _ in range(20):
        Goal.objects.update(note=f"changed {len(numbers)}")
        numbers.append(content_version())
    assert numbers == sorted(set(numbers))


@pytest.mark.parametrize(
    "read",
    [
        lambda: list(Goal.objects.all()),
        lambda: SearchEntry.objects.update(body="again"),
        lambda: Goal.objects.update(code=F("code")),
        lambda: call_command("check_content", "--format", "json"),
        lambda: call_command("load_content", verbosity=0),
    ],
)
def test_what_writes_no_content_leaves_it(read: Callable[[], Any], capsys: pytest.CaptureFixture[str]) -> None:
    def quietly() -> None:
        try:
            read()
        except SystemExit:
            capsys.readouterr()

    assert not moves(quietly)


def test_what_is_taken_back_leaves_it() -> None:
    def taken_back() -> None:
        with transaction.atomic():
            make.goal()
            transaction.set_rollback(True)

    assert not moves(taken_back)
