"""Random edits of content of every kind: saves, deletes with what goes with them, links, bulk updates and plain SQL."""

import random
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.db.models import ProtectedError

from lines_of_effort.models import Activity, Assignment
from partners.models import Engagement, Partner
from strategy.history import changeset
from strategy.models import Goal, Mitigation, Office, OfficeName, Risk, Silence, Term
from strategy.search import indexing
from tests.support import factories as make

Edit = Callable[[random.Random], object]


def any_of(model: Any, rng: random.Random) -> Any:
    return rng.choice(list(model._default_manager.order_by("pk")))


def retitle(rng: random.Random) -> None:
    record = any_of(rng.choice([Goal, Activity, Risk]), rng)
    record.title = f"{record.title[:60]} {rng.randrange(1000)}"
    record.save()


def rename_office(rng: random.Random) -> None:
    office = any_of(Office, rng)
    office.name = f"{office.name[:60]} {rng.randrange(1000)}"
    office.save()


def remove(rng: random.Random) -> None:
    """Deletes a record with all that goes with it, where it may go."""
    record = any_of(rng.choice([Assignment, Activity, Risk, Term, Partner, Silence, Engagement]), rng)
    try:
        with transaction.atomic():
            record.delete()
    except ProtectedError:
        Assignment.objects.filter(pk=any_of(Assignment, rng).pk).first().delete()


def add(rng: random.Random) -> None:
    factories: list[Any] = [make.goal, make.risk, make.term, make.assignment, make.citation]
    rng.choice(factories)()


def name_office(rng: random.Random) -> None:
    names = OfficeName.objects.all()
    make.office_name(office=any_of(Office, rng)) if rng.random() < 0.5 or not names else rng.choice(
        list(names)
    ).delete()


def link(rng: random.Random) -> None:
    mitigation = any_of(Mitigation, rng)
    mitigation.risks.set(rng.sample(list(Risk.objects.order_by("pk")), 2))


def update(rng: random.Random) -> None:
    Assignment.objects.filter(pk=any_of(Assignment, rng).pk).update(role=rng.choice(["lead", "supporting"]))


def plain_sql(rng: random.Random) -> None:
    risk = any_of(Risk, rng)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE strategy_risk SET description = %s WHERE id = %s", [f"Word{rng.randrange(99)}", risk.pk])
    # The index of the live content hears of saves alone; a snapshot's is that of its content.
    risk.refresh_from_db()
    indexing.index_saved(risk)


EDITS: tuple[Edit, ...] = (retitle, rename_office, remove, add, name_office, link, update, plain_sql)


def edit(rng: random.Random) -> str:
    """Makes one edit, in a change set or as nobody's; its name."""
    change = rng.choice(EDITS)
    if rng.random() < 0.3:
        change(rng)
    else:
        with changeset(None, change.__name__, "edit"):
            change(rng)
    return change.__name__
