"""Rules no record may break, whatever its kind: no circles, no period that ends before it begins."""

from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from strategy.core.models import CodedModel, Part, PartialDateField
from tests.support import factories as make

pytestmark = pytest.mark.django_db

CONTENT = [model for model in apps.get_models() if issubclass(model, CodedModel | Part)]
OWN = [(m, f.name) for m in CONTENT for f in m._meta.concrete_fields if f.is_relation and f.related_model is m]
PERIODS = [(m, *pair) for m in CONTENT for pair in m.periods]


def refused(row: models.Model, field: str) -> list[str]:
    with pytest.raises(ValidationError) as error:
        row.full_clean()
    assert list(error.value.message_dict) == [field]
    return error.value.message_dict[field]


@pytest.mark.parametrize(("model", "field"), OWN)
def test_nothing_leads_back_to_itself(model: type[CodedModel], field: str) -> None:
    factory = make.Factory.of[model]
    first: Any = factory()
    second = factory(**{field: first})
    third = factory(**{field: second})
    setattr(first, field, third)
    assert refused(first, field) == [f"Leads back to {first.code} itself."]
    setattr(first, field, first)
    assert refused(first, field) == [f"Leads back to {first.code} itself."]


@pytest.mark.parametrize(("model", "first", "last"), PERIODS)
def test_no_period_ends_before_it_begins(model: type[models.Model], first: str, last: str) -> None:
    make.Factory.of[model](**{first: "2025-03", last: "2025"})  # may be right
    row = make.Factory.of[model]()
    setattr(row, first, "2025-03")
    setattr(row, last, "2025-02-28")
    assert refused(row, last) == ["Ends before it begins."]
    setattr(row, first, "soon")
    assert refused(row, first)


@pytest.mark.parametrize("model", CONTENT)
def test_every_pair_of_dates_is_a_period(model: type[CodedModel | Part]) -> None:
    names = {f.name for f in model._meta.concrete_fields if isinstance(f, PartialDateField)}
    pairs = {("start", "end"), ("since", "until"), ("valid_from", "valid_until")}
    assert set(model.periods) == {pair for pair in pairs if set(pair) <= names}
