"""Every model with records of its own: its addresses, its filters, and the shipped records of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import models
from django.urls import resolve, reverse

from strategy.core.filters import PartialDateFilter, RecordFilter
from strategy.core.models import CodedModel, Part
from strategy.fixtures_io.files import content_files, fixtures_folder
from strategy.models import Indicator
from strategy.search.indexing import indexed_models

MODELS = indexed_models()
MODEL_IDS = [model._meta.model_name for model in MODELS]
# A test of every model, each under its own name.
each_model = pytest.mark.parametrize("model", MODELS, ids=MODEL_IDS)
# Beyond the largest small model; of a larger one a sample is read.
SMALL = 30
# No source names any of these, and the product says so; the contract tests make one (tests/contracts/conftest.py).
NOT_SHIPPED = (Indicator,)
NONSENSE = "zz-no-such-thing-zz"


def list_url(model: type[CodedModel]) -> str:
    return reverse(f"{model._meta.model_name}-list")


def detail_url(model: type[CodedModel], code: str) -> str:
    return reverse(f"{model._meta.model_name}-detail", kwargs={"code": code})


def api_url(model: type[CodedModel]) -> str:
    return reverse(f"api:{model._meta.model_name}-list")


def filterset_of(model: type[CodedModel]) -> type[RecordFilter]:
    """The filters of the model's list page, which are also those of its API."""
    page = resolve(list_url(model)).func.view_class.filterset_class
    assert resolve(api_url(model)).func.cls.filterset_class is page
    return page


def shipped_file(model: type[CodedModel], *, notional: bool = False) -> Path:
    """The fixture of a kind of record; there need not be one."""
    file = next(file for file in content_files() if file.model is model)
    return file.path(fixtures_folder(notional=notional))


def visible(model: type[CodedModel]) -> models.QuerySet:
    """The shipped records of a kind, of which there is one at least."""
    rows = model._default_manager.visible()
    place = shipped_file(model).relative_to(settings.BASE_DIR)
    assert rows.exists(), f"The shipped content has no {model._meta.verbose_name}: add one to {place}."
    return rows


def sample(model: type[CodedModel]) -> list[CodedModel]:
    """Every record of a small model; the first, the last and five between of a large one."""
    rows = list(visible(model))
    if len(rows) <= SMALL:
        return rows
    step = len(rows) // 6
    return [rows[0], *rows[step::step][:5], rows[-1]]


def real_value(model: type[CodedModel], name: str, condition: Any) -> str | None:
    """A value the filter has rows for, or None if no shipped record has any."""
    if name == "search":
        return next((row.code for row in visible(model)), None)
    if name == "notional":
        return "exclude"
    if condition.method is not None or name.startswith("has_"):
        extra = getattr(condition, "target", None)
        if extra is not None:
            return visible(extra).values_list("code", flat=True).first()
        return str(next(value for value, _ in condition.extra["choices"]))
    target = getattr(condition, "target", None)
    path = f"{condition.field_name}__code" if target is not None else condition.field_name
    result = visible(model).exclude(**{f"{condition.field_name}__isnull": True})
    value = next((v for v in result.order_by().values_list(path, flat=True) if v not in ("", None)), None)
    if value is not None and isinstance(condition, PartialDateFilter):
        return condition.example(model)
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else str(value)


def reverse_relations() -> Iterator[tuple[type[CodedModel], Any]]:
    """Every relation in which records or parts point at a record, the evidence's own tables left out."""
    for model in MODELS:
        for relation in model._meta.related_objects:
            if issubclass(relation.related_model, CodedModel | Part):
                yield model, relation


def listed(model: type[CodedModel]) -> Any:
    """What a reader sees of a model without asking for training content, in the order of its list."""
    return resolve(list_url(model)).func.view_class().get_queryset().visible()
