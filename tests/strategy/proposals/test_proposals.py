"""Proposals of any operation: the preview is what is applied, and two who decide at once decide once."""

import secrets
import threading
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
from django.contrib.auth.models import User
from django.db import connections

from strategy.history import changeset
from strategy.models import ChangeSet, Goal, Proposal, content_version
from strategy.proposals.dry_run import Preview
from strategy.proposals.operations import Operation, OperationRefusedError, register_operation, save
from strategy.proposals.review import AlreadyDecidedError, accept, discard, propose


@register_operation
@dataclass(frozen=True)
class AddGoals(Operation):
    """Adds goals with codes that differ each time, and renames one."""

    name: ClassVar[str] = "test-add-goals"
    kind: ClassVar[str] = ChangeSet.Kind.BULK
    label: ClassVar[str] = "Goals"

    goal: str
    new_title: str
    count: int = 1

    def title(self) -> str:
        return "Add goals"

    def run(self) -> list[str]:
        goal = Goal.objects.get(code=self.goal)
        goal.title = self.new_title
        save(goal)
        for _ in range(self.count):
            code = f"NEW-{secrets.token_hex(4).upper()}"
            save(Goal(code=code, strategy=goal.strategy, title="Another goal", statement="To be added", order=99))
        return []


@pytest.fixture
def lee(db: None) -> User:
    return User.objects.create_superuser("lee")


def test_new_records_may_bear_other_codes_when_it_is_accepted(lee: User) -> None:
    proposal = propose(AddGoals("IPS-G1", "Renamed", count=2), lee)
    version = content_version()
    assert proposal.base_version == version
    assert not Goal.objects.filter(title="Another goal").exists()
    accept(proposal, lee)
    assert Goal.objects.filter(title="Another goal").count() == 2
    assert content_version() > version
    assert Proposal.objects.get().change_set.changes.filter(table="strategy_goal").count() == 3


def test_nothing_to_change_and_broken_rules_are_refused_in_words(lee: User) -> None:
    title = Goal.objects.get(code="IPS-G1").title
    with pytest.raises(OperationRefusedError, match="Nothing would change"):
        propose(AddGoals("IPS-G1", title, count=0), lee)
    with pytest.raises(OperationRefusedError, match="IPS-G1: title: This field cannot be blank"):
        propose(AddGoals("IPS-G1", ""), lee)
    assert not Proposal.objects.exists()


def test_a_kind_that_this_release_does_not_know_can_only_be_discarded(lee: User) -> None:
    proposal = propose(AddGoals("IPS-G1", "Renamed"), lee)
    Proposal.objects.update(operation="of-a-later-release")
    proposal.refresh_from_db()
    with pytest.raises(OperationRefusedError, match="discard it"):
        accept(proposal, lee)
    discard(proposal, lee)
    assert Proposal.objects.get().status == "discarded"


def test_rights_are_those_of_each_change(lee: User) -> None:
    proposal = propose(AddGoals("IPS-G1", "Renamed"), lee)
    assert Preview.from_json(proposal.preview).permissions() >= {"strategy.change_goal", "strategy.add_goal"}


def test_of_those_who_accept_at_once_one_does(transactional_db: None, lee: User) -> None:
    proposal = propose(AddGoals("IPS-G1", "Renamed"), lee)
    barrier, outcomes = threading.Barrier(3), []

    def decide(action: Any) -> None:
        barrier.wait()
        try:
            action(proposal, lee)
            outcomes.append(action)
        except AlreadyDecidedError:
            outcomes.append(None)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=decide, args=[action]) for action in (accept, accept, discard)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(bool, outcomes)) == [False, False, True]
    done = accept in outcomes
    assert Goal.objects.filter(title="Another goal").count() == int(done)
    assert Proposal.objects.get().status == ("accepted" if done else "discarded")


def test_inside_a_change_set_the_version_before_it_is_known(lee: User) -> None:
    before = content_version()
    with changeset(lee, "", ChangeSet.Kind.EDIT) as current:
        assert current.base == before
