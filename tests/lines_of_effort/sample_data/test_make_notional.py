"""The generator: exact, repeatable, valid, searchable, and gone without a trace."""

import hashlib
import itertools
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import QuerySet

from lines_of_effort.models import Activity, ActivityGoal, ActivityStage, Assignment, LineOfEffort, ProcessStage
from lines_of_effort.sample_data import generator
from strategy.core.models import CodedModel, Notional
from strategy.models import Change, ChangeSet, Goal, Means, Office, OfficeRelation, Risk, SearchEntry, Strategy
from strategy.search import indexing
from tests.support import factories

pytestmark = pytest.mark.django_db
ACTIVITIES, OFFICES, ASSIGNMENTS = 200, 40, 1000


def generate(*, seed: int = 1, code: str = "GEN", **size: int) -> None:
    size = {"activities": ACTIVITIES, "offices": OFFICES, "assignments": ASSIGNMENTS} | size
    call_command("make_notional", seed=seed, code=code, verbosity=0, **size)


def remove(code: str = "GEN") -> None:
    call_command("make_notional", code=code, delete=True, verbosity=0)


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a small strategy takes several."""
    monkeypatch.setattr(generator, "BATCH", 64)
    monkeypatch.setattr(generator, "COMMIT", 48)


def rows_of_all_tables() -> dict[str, int]:
    """The log, which keeps what was, is not among them."""
    models = set(apps.get_models()) - {Change, ChangeSet}
    return {model._meta.label: model._base_manager.count() for model in models if model._meta.managed}


def digest() -> str:
    """Stands for the codes, the texts and the links of what was generated."""
    questions: tuple[tuple[Any, tuple[str, ...]], ...] = (
        (Activity.objects, ("code", "title", "description", "kind", "start", "end", "line_of_effort__code")),
        (ActivityGoal.objects, ("activity__code", "goal__code")),
        (ActivityStage.objects, ("activity__code", "stage__code")),
        (Assignment.objects, ("code", "activity__code", "office__code", "role", "relation")),
        (Office.objects, ("code", "name", "echelon", "status")),
        (OfficeRelation.objects, ("office__code", "other__code")),
        (Risk.objects, ("code", "title", "likelihood", "impact", "means__code")),
    )
    result = [
        sorted(map(str, rows.filter(**{f"{names[0]}__startswith": "GEN"}).values_list(*names)))
        for rows, names in questions
    ]
    return hashlib.sha256(repr(result).encode()).hexdigest()


def test_counts_are_exact() -> None:
    generate()
    for model, count in ((Activity, ACTIVITIES), (Office, OFFICES), (Assignment, ASSIGNMENTS), (Strategy, 1)):
        assert model._default_manager.visible(Notional.ONLY).count() == count
    assert OfficeRelation.objects.visible(Notional.ONLY).count() == OFFICES - 1


def test_every_step_has_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("make_notional", activities=100, offices=10, assignments=200)
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "10 offices"
    assert lines[2].startswith("64 of 100 activities, ")
    assert lines[3] == "100 of 100 activities, 200 assignments"
    assert lines[-1] == "GEN: made"
    generate(code="QUIET")
    assert capsys.readouterr().out == ""


def test_a_seed_gives_the_same_strategy_again() -> None:
    digests = []
    for seed in (1, 1, 2):
        generate(seed=seed)
        digests.append(digest())
        remove()
    assert digests[0] == digests[1] != digests[2]


def test_tasking_is_never_quite_clean() -> None:
    generate()
    generated = Activity.objects.visible(Notional.ONLY)
    assert 0 < generated.without_lead().count() < ACTIVITIES / 10
    assert 0 < generated.with_several_leads().count() < ACTIVITIES / 10
    joint = Assignment.objects.filter(activity__in=generated.with_several_leads(), role="lead")
    assert set(joint.values_list("relation", flat=True)) == {"joint"}
    assert {row.goal_links.count() for row in generated} == {1, 2, 3}


@pytest.mark.parametrize(
    "model",
    [
        Strategy,
        Goal,
        LineOfEffort,
        ProcessStage,
        Means,
        Risk,
        Office,
        OfficeRelation,
        Activity,
        ActivityGoal,
        Assignment,
    ],
)
def test_rows_are_valid(model: Any) -> None:
    generate()
    rows = model.objects.visible(Notional.ONLY)
    assert rows
    for row in rows[:25]:
        row.full_clean()


@pytest.mark.parametrize("name", ["start", "end"])
def test_dates_have_their_bounds(name: str) -> None:
    generate()
    assert not Activity.objects.visible(Notional.ONLY).filter(**{f"{name}_earliest": None}).exists()


def test_search_finds_what_was_generated() -> None:
    generate()
    activity = Activity.objects.get(code="GEN-A77")
    assert SearchEntry.objects.hits("gen-a77", limit=1)[0].title == activity.title
    assert activity.code in {hit.code for hit in SearchEntry.objects.hits(activity.title, limit=ACTIVITIES)}
    assert SearchEntry.objects.hits("GEN-AS77", limit=1)[0].notional


def test_the_index_is_what_a_rebuild_would_make_it() -> None:
    generate()
    columns = ("kind", "code", "title", "aliases", "body", "notional")
    before = set(SearchEntry.objects.values_list(*columns))
    indexing.rebuild()
    assert set(SearchEntry.objects.values_list(*columns)) == before


def test_reads_do_not_grow_with_the_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each batch that is committed reads the names of its offices and the log; the rows in it read nothing."""
    monkeypatch.setattr(generator, "COMMIT", 200)

    def selects(factor: int, code: str) -> int:
        result = []

        def count(execute: Callable, sql: str, *rest: Any) -> Any:
            result.extend([sql] if sql.startswith("SELECT") else [])
            return execute(sql, *rest)

        with connection.execute_wrapper(count):
            generate(code=code, activities=12 * factor, offices=12 * factor, assignments=36 * factor)
        return len(result)

    assert selects(1, "ONE") == selects(5, "FIVE")


def test_a_removed_strategy_leaves_nothing() -> None:
    source, conflict = factories.source(notional=True), factories.conflict(notional=True)
    before = rows_of_all_tables()
    generate()
    activity, goal = Activity.objects.get(code="GEN-A1"), Goal.objects.get(code="GEN-G1")
    for record in (activity, goal):
        factories.citation(record=record, source=source, notional=True)
        factories.subject(record=record, conflict=conflict)
    factories.means(strategy=activity.strategy, notional=True)
    remove()
    assert rows_of_all_tables() == before


def test_a_strategy_others_point_at_stays() -> None:
    generate()
    elsewhere = factories.activity(strategy=factories.strategy(notional=True), notional=True)
    other = factories.assignment(activity=elsewhere, office=Office.objects.get(code="GEN-O1"))
    before = rows_of_all_tables()
    with pytest.raises(CommandError, match=f"other records point at it: {other.code}"):
        remove()
    assert rows_of_all_tables() == before


class Killed(BaseException):
    """Stands for the end of the process."""


def kill_at(monkeypatch: pytest.MonkeyPatch, place: Any, name: str, call: int) -> None:
    """The run ends at the given call of a function."""
    whole, calls = getattr(place, name), itertools.count(1)

    def cut(*args: Any, **kwargs: Any) -> Any:
        if next(calls) == call:
            raise Killed
        return whole(*args, **kwargs)

    monkeypatch.setattr(place, name, cut)


@pytest.mark.parametrize("call", [1, 4, 9, 12, 14])
def test_a_run_that_was_killed_can_be_repeated(monkeypatch: pytest.MonkeyPatch, call: int) -> None:
    generate()
    whole, counts = digest(), rows_of_all_tables()
    remove()
    with monkeypatch.context() as cut:
        kill_at(cut, indexing, "add", call)
        with pytest.raises(Killed):
            generate()
    assert Strategy.objects.filter(code="GEN").exists() == (call > 4)
    generate()
    assert (digest(), rows_of_all_tables()) == (whole, counts)


@pytest.mark.parametrize("call", [1, 5, 10])
def test_a_removal_that_was_killed_can_be_repeated(monkeypatch: pytest.MonkeyPatch, call: int) -> None:
    before = rows_of_all_tables()
    generate()
    with monkeypatch.context() as cut:
        kill_at(cut, QuerySet, "_raw_delete", call)
        with pytest.raises(Killed):
            remove()
    remove()
    assert rows_of_all_tables() == before


def test_others_can_write_between_the_batches() -> None:
    """A commit after every batch: no transaction writes more than one batch of a model and its index entries."""
    rows: list[int] = []

    def watch(execute: Callable, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("SAVEPOINT", "BEGIN")):
            rows.append(0)
        elif sql.startswith("INSERT INTO") and "assignment" in sql:
            rows[-1] += sql.count("(%s")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        generate()
    assert 0 < max(rows) <= generator.COMMIT


@pytest.mark.parametrize("make_one", [factories.strategy, factories.office])
def test_a_code_in_use_is_refused(make_one: Callable[..., CodedModel]) -> None:
    make_one(code="GEN")
    before = rows_of_all_tables()
    with pytest.raises(CommandError, match="with the code GEN already"):
        generate()
    assert rows_of_all_tables() == before


def test_only_what_was_generated_is_removed() -> None:
    factories.strategy(code="GEN", notional=True)
    for code in ("GEN", "IPS", "NONE"):
        with pytest.raises(CommandError, match=f"no generated strategy with the code {code}"):
            remove(code)


def test_too_few_offices_are_refused() -> None:
    with pytest.raises(CommandError, match="3 offices are too few"):
        generate(offices=3)


@pytest.mark.parametrize(
    "words", [["--activities=0"], ["--offices=-1"], ["--assignments=1e3"], ["--code=gen"], ["--code=A-B"], ["--seed=x"]]
)
def test_bad_options_are_refused(words: list[str]) -> None:
    with pytest.raises(CommandError, match="argument --"):
        call_command("make_notional", *words)
