"""Two editors at the same moment, whatever each does: one is saved, the other is told of it."""

from collections.abc import Callable
from itertools import combinations_with_replacement
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from strategy.models import ChangeSet, Risk
from tests.support import factories as make
from tests.support.admin_forms import CITATIONS, change_url, confirmed, form_for, url
from tests.support.races import at_once

Post = tuple[str, dict[str, Any]]


def form(client: Client, risk: Risk) -> Post:
    return change_url(risk), form_for(client, risk) | {"title": "Renamed"}


def inline(client: Client, risk: Risk) -> Post:
    return change_url(risk), form_for(client, risk) | {f"{CITATIONS}-0-locator": "p. 9"}


def many_to_many(client: Client, risk: Risk) -> Post:
    return change_url(risk), form_for(client, risk) | {"means": [str(make.means().pk)]}


def action(client: Client, risk: Risk) -> Post:
    return url(Risk), confirmed(risk)


def delete(client: Client, risk: Risk) -> Post:
    return url(Risk, "delete", risk.pk), confirmed()


def effects(risk: Risk) -> int:
    """How many of the edits can be seen."""
    row = Risk.objects.filter(pk=risk.pk).first()
    if row is None:
        return 1
    return (row.title == "Renamed") + row.means.count() + row.citations.filter(locator="p. 9").count()


KINDS = [form, inline, many_to_many, action, delete]


@pytest.mark.proof(rounds=1, all_rounds=40)
def test_no_pair_of_edits_loses_one(transactional_db: None, rounds: int) -> None:
    clients = [Client(raise_request_exception=False) for _ in range(2)]
    for number, client in enumerate(clients):
        client.force_login(get_user_model().objects.create_superuser(f"editor-{number}"))
    for _ in range(rounds):
        for pair in combinations_with_replacement(KINDS, 2):
            risk = make.risk(means=[])
            make.citation(record=risk)
            # The means that are added stand before either form is shown.
            posts = [kind(client, risk) for kind, client in zip(pair, clients, strict=True)]
            before = ChangeSet.objects.count()
            jobs: list[Callable[[], Any]] = [
                lambda c=client, p=post: c.post(*p) for client, post in zip(clients, posts, strict=True)
            ]
            statuses = sorted(answer.status_code for answer in at_once(*jobs))
            names = [kind.__name__ for kind in pair]
            assert ChangeSet.objects.count() - before == effects(risk) == 1, (names, statuses)
            assert statuses in ([302, 409], [200, 302], [302, 302]), names
            if Risk.objects.filter(pk=risk.pk).exists():
                assert statuses == [302, 409], names
