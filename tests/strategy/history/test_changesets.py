"""Change sets: one version, one transaction, one at a time; what is written without is nobody's."""

import threading
from contextlib import nullcontext
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, connections, transaction
from django.db.models import F
from django.test import Client

from strategy.fixtures_io import load
from strategy.history import changeset
from strategy.models import Change, ChangeSet, Goal, Risk, content_version
from tests.support import factories as make
from tests.support.admin_forms import change_url, confirmed, form_for, refused, saved, url
from tests.support.commands import run_python
from tests.support.write_guard import WriteOutsideChangeSetError

EDIT = ChangeSet.Kind.EDIT


def in_log() -> set[tuple[int, str]]:
    return set(Change.objects.values_list("version", "table"))


@pytest.mark.django_db
def test_everything_inside_has_one_version_and_one_author() -> None:
    lee = User.objects.create_user("lee", first_name="Lee", last_name="Roe")
    with changeset(lee, "On order", EDIT) as current:
        goal = make.goal()
        with changeset(None, "Inside", ChangeSet.Kind.LOAD) as inner:
            goal.delete()
        assert content_version() == inner.version == current.version
    stored = ChangeSet.objects.first()
    assert (stored.version, stored.actor, stored.actor_name) == (content_version(), lee, "Lee Roe")
    assert (stored.reason, stored.kind) == ("On order", "edit")
    assert set(stored.changes.filter(table="strategy_goal").values_list("operation", flat=True)) == {"insert", "delete"}
    lee.delete()
    assert ChangeSet.objects.first().actor_name == "Lee Roe"


@pytest.mark.django_db
def test_a_change_set_without_changes_leaves_no_trace() -> None:
    version, sets = content_version(), ChangeSet.objects.count()
    with changeset(None, "", EDIT):
        Goal.objects.update(code=F("code"))

    def fail() -> None:
        with changeset(None, "", EDIT):
            make.goal()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert (content_version(), ChangeSet.objects.count()) == (version, sets)


@pytest.mark.django_db
def test_what_is_written_without_is_nobody_s_and_moves_the_version() -> None:
    version = content_version()
    Goal.objects.filter(code="IPS-G1").update(note="By hand.")
    [change] = Change.objects.filter(version__gt=version)
    assert (change.operation, change.before["code"], change.before["note"]) == ("update", "IPS-G1", "")
    assert not ChangeSet.objects.filter(version=change.version).exists()


@pytest.mark.django_db
def test_no_table_is_emptied_past_the_log() -> None:
    """SQLite knows no such statement; between tests PostgreSQL is allowed it (`tests.settings`)."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL strategy.truncate = ''")
        with pytest.raises(DatabaseError, match=r"would leave no trace|syntax error"):
            cursor.execute("TRUNCATE strategy_synonym")


@pytest.mark.django_db
def test_the_admin_and_the_loader_say_who(admin_client: Client, admin_user: User) -> None:
    risk = Risk.objects.first()
    form = form_for(admin_client, risk)
    before = in_log()
    saved(admin_client, change_url(risk), form)
    refused(admin_client, change_url(risk), form | {"title": ""})
    assert in_log() == before
    saved(admin_client, change_url(risk), form | {"title": "Renamed"})
    admin_client.post(url(Risk), confirmed(make.risk()))
    sets = ChangeSet.objects.filter(kind__in=(EDIT, ChangeSet.Kind.BULK))
    assert [(row.actor, row.changes.filter(table="strategy_risk").last().operation) for row in sets] == [
        (admin_user, "delete"),
        (admin_user, "update"),
    ]
    load(notional=True)
    assert ChangeSet.objects.filter(kind=ChangeSet.Kind.LOAD).first().changes.count() > 500


@pytest.mark.django_db
def test_a_write_of_the_site_outside_a_change_set_is_refused(
    admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the tests themselves rely on (`tests.support.write_guard`)."""
    risk = Risk.objects.first()
    form = form_for(admin_client, risk) | {"title": "Renamed"}
    monkeypatch.setattr("strategy.admin.editing.mixin.changeset", lambda *_, **__: nullcontext())
    with pytest.raises(WriteOutsideChangeSetError, match="UPDATE"):
        saved(admin_client, change_url(risk), form)


@pytest.mark.django_db
def test_the_changes_of_a_record_are_those_of_all_that_belongs_to_it(admin_client: Client) -> None:
    assignment = make.assignment()
    activity = assignment.activity
    risk = make.risk(means=[make.means()])
    part = make.office_name()
    version = content_version()
    other, moved = make.activity(), make.assignment()
    make.citation(record=activity)
    link = risk.means.through._meta.db_table
    with changeset(None, "", EDIT):
        make.activity_goal(activity=activity)
        assignment.delete()
        moved.activity = activity
        moved.save()
        risk.means.clear()
        part.delete()

    def tables(record: Any) -> set[str]:
        return set(Change.objects.of_record(record).filter(version__gt=version).values_list("table", flat=True))

    loe = "lines_of_effort_"
    assert tables(activity) >= {f"{loe}assignment", f"{loe}activitygoal", f"{loe}activity", "strategy_citation"}
    assert Change.objects.of_record(activity).filter(table=f"{loe}assignment", row=moved.pk).count() == 2
    assert tables(risk) == {"strategy_risk", link}
    assert tables(part.office) == {"strategy_office", "strategy_officename"}
    assert tables(other) == {f"{loe}activity"}


@pytest.mark.proof(rounds=10, all_rounds=300)
def test_change_sets_at_once_come_one_after_the_other(transactional_db: None, rounds: int) -> None:
    """Each reads what the one before has written: no lost write, no deadlock, no version twice."""
    threads, errors = 4, []
    goal, risk = make.goal(order=0), make.risk()
    barrier = threading.Barrier(threads)

    def write(number: int) -> None:
        try:
            for _ in range(rounds):
                barrier.wait()
                with changeset(None, "Race", EDIT):
                    order = Goal.objects.get(pk=goal.pk).order
                    ends = Goal.objects.filter(pk=goal.pk), Risk.objects.filter(pk=risk.pk)
                    # In opposite order, which would deadlock without the lock.
                    for rows in ends if number % 2 else reversed(ends):
                        rows.update(**{"order": order + 1} if rows.model is Goal else {"note": f"{number} {order}"})
        except Exception as error:
            errors.append(error)
            barrier.abort()
        finally:
            connections.close_all()

    workers = [threading.Thread(target=write, args=(number,)) for number in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert errors == []
    goal.refresh_from_db()
    sets = ChangeSet.objects.filter(reason="Race")
    assert goal.order == sets.count() == threads * rounds
    orders = [row.changes.get(table="strategy_goal").before["order"] for row in sets.order_by("version")]
    assert orders == list(range(threads * rounds))


KILLED = """
import os, django
django.setup()
from django.db import connection
from strategy.history import changeset
from strategy.models import Goal, Risk

def kill_before(statement):
    count = 0
    def wrapper(execute, *args):
        nonlocal count
        count += 1
        if count == statement:
            os.kill(os.getpid(), 9)
        return execute(*args)
    return wrapper

def write(statement):
    with connection.execute_wrapper(kill_before(statement)), changeset(None, "Killed", "edit"):
        code = "KILLED-" + str(statement)
        Goal.objects.create(code=code, strategy_id={strategy}, order=statement, title="T", statement="S")
        Risk.objects.filter(pk=Risk.objects.first().pk).update(note=str(statement))

for statement in range(1, 100):
    if not (child := os.fork()):
        write(statement)
        os._exit(0)
    if os.waitpid(child, 0)[1] == 0:
        break
print(statement)
"""


@pytest.mark.long
def test_a_change_set_that_is_killed_leaves_nothing(transactional_db: None, root: Any) -> None:
    """The process ends before its first statement, before its second, and so on, until one goes through."""
    strategy = make.strategy()
    make.risk()
    settings = connection.settings_dict
    name = connection.get_connection_params()
    server = f"postgres://{settings['USER']}@{settings['HOST'].replace('/', '%2F')}/{settings['NAME']}"
    database = server if connection.vendor == "postgresql" else f"sqlite:///{name['database']}"
    version = content_version()
    connection.close()
    done = run_python(root, KILLED.format(strategy=strategy.pk), DATABASE_URL=database)
    assert done.returncode == 0, done.stderr
    statements = int(done.stdout)
    assert statements > 8
    [change_set] = ChangeSet.objects.filter(version__gt=version)
    assert set(Change.objects.filter(version__gt=version).values_list("version", flat=True)) == {change_set.version}
    assert list(Goal.objects.filter(code__startswith="KILLED").values_list("code", flat=True)) == [
        f"KILLED-{statements}"
    ]
    assert transaction.get_autocommit()
    assert content_version() == change_set.version
