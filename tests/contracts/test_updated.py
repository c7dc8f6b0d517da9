"""``updated`` moves with everything a record's answer shows, for every kind of record."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import models
from django.utils import timezone
from rest_framework import serializers
from rest_framework.test import APIClient

from lines_of_effort.models import ActivityGoal
from strategy.core.api import expansion
from strategy.core.models import CodedModel, Part
from strategy.models import Goal, Risk, Subject
from tests.support import factories as make
from tests.support.api import codes
from tests.support.models import api_url, each_model
from tests.support.rich_records import build_row, clear_partner_kinds, related_row, rich_record

pytestmark = pytest.mark.django_db
BEFORE = timezone.now() - timedelta(days=400)
SINCE = (BEFORE + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")


class Watch:
    """A record whose answer is compared before and after something is done elsewhere."""

    def __init__(self, api: APIClient, record: CodedModel):
        self.api, self.record, self.model = api, record, type(record)

    def answer(self) -> dict[str, Any]:
        answer: dict[str, Any] = self.api.get(f"{api_url(self.model)}{self.record.code}/").json()
        return {name: value for name, value in answer.items() if name != "updated"}

    def changes_with(self, what: str, change: Callable[[], Any]) -> None:
        """The answer changes, and the record is listed as changed since."""
        self.model._default_manager.filter(pk=self.record.pk).update(updated=BEFORE)
        before = self.answer()
        change()
        assert self.answer() != before, f"{what} is not shown: what is the test about?"
        query = {"updated__gte": SINCE, "notional": "include", "code": self.record.code}
        assert codes(self.api.get(api_url(self.model), query)) == [self.record.code], what


def lists_of(model: type[CodedModel]) -> dict[str, Any]:
    """The lists in the answer of a kind of record: the relation of each, by name."""
    fields = expansion._resources[model][1]().fields.items()
    return {
        name: model._meta.get_field(field.source)
        for name, field in fields
        if isinstance(field, serializers.ListSerializer | serializers.ManyRelatedField)
    }


@each_model
def test_it_moves_with_the_record_and_every_row_its_answer_shows(api: APIClient, model: type[CodedModel]) -> None:
    clear_partner_kinds(model)
    record = rich_record(model, notional=True)
    watch = Watch(api, record)
    own = next(f for f in record._meta.concrete_fields if isinstance(f, models.TextField) and f.editable)
    setattr(record, own.name, "Changed.")
    watch.changes_with(own.name, record.save)
    for name, relation in lists_of(model).items():
        if relation.many_to_many:
            change_links(watch, name, relation)
        else:
            change_rows(watch, name, relation)


def change_rows(watch: Watch, name: str, relation: Any) -> None:
    """Adds, changes and deletes a row of the list."""
    made: list[Any] = []

    def add() -> None:
        if relation.related_model is Subject:
            remark = dict.fromkeys(("conflict", "silence", "observation")) | {relation.field.name: watch.record}
            made.append(make.subject(**remark))
        else:
            made.append(related_row(relation, watch.record, 5))

    watch.changes_with(f"{name}: one more", add)
    row = made[0]
    if isinstance(row, Part):
        row.note = "Changed."
        watch.changes_with(f"{name}: changed", row.save)
    watch.changes_with(f"{name}: deleted", row.delete)


def change_links(watch: Watch, name: str, relation: Any) -> None:
    """Adds and removes a link of many to many, from either end, and deletes what it leads to."""
    accessor = name if hasattr(watch.record, name) else relation.get_accessor_name()
    manager = getattr(watch.record, accessor)
    other = relation.field.name if not relation.concrete else relation.remote_field.get_accessor_name()

    def new() -> Any:
        required = (
            {} if relation.concrete or relation.field.blank else {relation.field.name: [make.risk(notional=True)]}
        )
        return build_row(relation.related_model, notional=True, **required)

    first, second = new(), new()
    watch.changes_with(f"{name}: added", lambda: manager.add(first))
    watch.changes_with(f"{name}: added from there", lambda: getattr(second, other).add(watch.record))
    watch.changes_with(f"{name}: removed", lambda: manager.remove(first))
    watch.changes_with(f"{name}: removed from there", lambda: getattr(second, other).remove(watch.record))
    watch.changes_with(f"{name}: set", lambda: manager.add(first, second))
    watch.changes_with(f"{name}: cleared from there", lambda: getattr(first, other).clear())
    watch.changes_with(f"{name}: deleted there", second.delete)
    manager.add(first)
    watch.changes_with(f"{name}: cleared", manager.clear)


def test_a_goal_more_for_an_activity_is_a_change_of_it(api: APIClient) -> None:
    since = timezone.now().isoformat()
    link = ActivityGoal(activity_id=make.activity().pk, goal=Goal.objects.get(code="IPS-G1"), basis="summary")
    link.save()
    code = link.activity.code
    assert code in codes(api.get("/api/v1/activities/", {"updated__gte": since.replace("+00:00", "Z")}))
    type(link.activity)._default_manager.update(updated=BEFORE)
    other = make.activity()
    type(other)._default_manager.update(updated=BEFORE)
    link.activity = other
    link.save()
    changed = codes(api.get("/api/v1/activities/", {"updated__gte": SINCE}))
    assert set(changed) == {code, other.code}, "the one it was of, and the one it is of"


def test_what_no_answer_shows_moves_nothing(api: APIClient) -> None:
    risk = Risk.objects.first()
    assert risk is not None
    Risk.objects.update(updated=BEFORE)
    make.citation(record=risk, basis="summary")
    assert codes(api.get("/api/v1/risks/", {"updated__gte": SINCE})) == []


def test_what_pointed_at_a_deleted_record_has_changed(api: APIClient) -> None:
    whole = make.means(notional=True)
    part = make.means(notional=True, part_of=whole)
    Watch(api, part).changes_with("part_of", whole.delete)
