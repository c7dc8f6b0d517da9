"""Serializers and viewsets follow from the model; a kind of record without a name in the API is refused at start."""

import re
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from rest_framework.routers import DefaultRouter

from lines_of_effort.models import Activity
from strategy.core.api import expansion, record_serializer, record_viewset, register_resources
from strategy.core.api.serializers import part_relations
from strategy.filters import GoalFilter
from strategy.models import Goal, Office
from tests.support.models import MODEL_IDS, MODELS


def test_a_kind_of_record_without_a_name_is_refused_with_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expansion, "has_resource", lambda model: model is not Goal)
    with pytest.raises(ImproperlyConfigured) as refusal:
        register_resources(DefaultRouter())
    assert re.search(r"/strategy/models/goals\.py:[0-9]+: strategy\.Goal has no name in the API", str(refusal.value))
    assert str(refusal.value).endswith("add it to RESOURCES in strategy/api.py.")


def test_a_viewset_follows_from_the_filters() -> None:
    viewset = record_viewset(GoalFilter)
    assert viewset.__name__ == "GoalViewSet"
    assert viewset.__doc__ is None
    assert viewset.serializer_class is record_serializer(Goal)
    assert record_serializer(Goal).__name__ == "GoalSerializer"


@pytest.mark.parametrize("model", MODELS, ids=MODEL_IDS)
def test_every_relation_to_parts_is_a_list_of_all_their_fields(model: Any) -> None:
    fields = record_serializer(model)().fields
    for name, relation in part_relations(model).items():
        part = relation.related_model
        own = {field.name for field in (*part._meta.concrete_fields, *part._meta.many_to_many)}
        assert set(fields[name].child.fields) == own - {"id", part.parent_field}


def test_lists_are_named_after_what_they_lead_to() -> None:
    assert list(part_relations(Activity)) == ["goals", "stages", "means", "risks", "recommendations", "topics"]
    assert list(part_relations(Office)) == ["names", "heads", "events", "relations", "topics"]
