"""The admin answers what no browser sends, and breaks on none of it."""

import logging

import pytest
from django.db import transaction
from django.test import Client

from tests.support.admin_fuzzing import AdminFuzzer

SEED = 20_250_611


@pytest.mark.proof(rounds=120, all_rounds=2000)
@pytest.mark.django_db
def test_odd_requests_are_answered(admin_client: Client, monkeypatch: pytest.MonkeyPatch, rounds: int) -> None:
    # Each refusal is logged, some thousand times.
    monkeypatch.setattr(logging.root.manager, "disable", logging.CRITICAL)
    admin_client.raise_request_exception = False
    broken, statuses = [], {}
    for request in AdminFuzzer(admin_client, SEED).requests(rounds):
        with transaction.atomic():
            answer = request.send(admin_client)
            transaction.set_rollback(True)
        statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1
        if answer.status_code >= 500:
            broken.append((request, answer.exc_info[1]))
    assert not broken, "\n".join(f"{str(request)[:500]}: {error!r}" for request, error in broken)
    assert sum(statuses.values()) == rounds
    assert {200, 400} <= set(statuses)
