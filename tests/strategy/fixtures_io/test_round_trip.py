"""What the models accept comes back from fixtures as it was: every model, with rows of many kinds of content."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import models

from strategy.core.models import CodedModel, Part
from strategy.fixtures_io import content_files, dump, load
from strategy.models import Mention, Mitigation
from strategy.search import indexing
from tests.support import factories as make
from tests.support.content import delete_all_content

pytestmark = pytest.mark.django_db
FILES = {file.model: file for file in content_files()}
TEXTS = [
    "Renamed {n}",
    "",
    "long {n} " * 20,
    "Ünïcode {n} \U0001f468\u200d\U0001f680 عربي \u0301",
    "one {n}\ntwo\t\n",
    " spaced {n} ",
    "a\u2028b {n}\u00a0",
    "\"'\\{n}<&>",
    "a{n}\x07",
    "a{n}\u202e",
]


def rows() -> Iterator[Any]:
    for model in FILES:
        yield from list(model._default_manager.order_by("pk"))


@pytest.fixture(autouse=True)
def without_index() -> Iterator[None]:
    """Thousands of rows are saved here, and nothing is searched."""
    with indexing.paused():
        yield


@pytest.fixture
def content() -> None:
    """Rows of every model; each part is cited, and has a remark about it, by its key."""
    delete_all_content()
    for model in FILES:
        row: Any = make.Factory.of[model]()
        for field in model._meta.many_to_many:
            getattr(row, field.name).set([make.Factory.of[field.related_model]() for _ in range(2)])
    for mention in Mention.objects.filter(offices=None):
        mention.offices.add(make.office())
    for mitigation in Mitigation.objects.filter(risks=None):
        mitigation.risks.add(make.risk())
    for model in FILES:
        if issubclass(model, Part):
            for part in list(model._default_manager.all()):
                name = model._meta.get_field(model.parent_field).remote_field.name
                make.citation(record=part.parent, field=name, part=part.key)
                make.subject(record=part.parent, field=name, part=part.key)


def assert_comes_back(folder: Path) -> None:
    dump(folder / "first")
    delete_all_content()
    load(folder / "first")
    dump(folder / "second")
    first, second = (
        {path.relative_to(folder / name): path.read_bytes() for path in (folder / name).rglob("*.json")}
        for name in ("first", "second")
    )
    assert first
    assert first == second


def change(row: Any, field: models.Field, value: Any) -> None:
    """Saves the row with the value, if the model accepts it."""
    old = getattr(row, field.attname)
    setattr(row, field.attname, value)
    try:
        row.full_clean()
    except ValidationError:
        setattr(row, field.attname, old)
    else:
        row.save()


@pytest.mark.parametrize("first", [0, 3, 7])
def test_texts(content: None, tmp_path: Path, first: int) -> None:
    for n, row in enumerate(rows()):
        for place, field in enumerate(type(row)._meta.concrete_fields, start=n + first):
            if isinstance(field, models.CharField | models.TextField) and field.editable and field.name != "code":
                current = type(row)._default_manager.get(pk=row.pk)
                change(current, field, TEXTS[place % len(TEXTS)].format(n=n))
    assert_comes_back(tmp_path)


def test_choices_and_references(content: None, tmp_path: Path) -> None:
    """Rows named by their choices, numbers, dates or records, too, take their citations along."""
    for n, row in enumerate(rows()):
        for field in type(row)._meta.concrete_fields:
            values: list[Any] = []
            if field.choices:
                values = [value for value, _ in field.flatchoices]
            elif isinstance(field, models.IntegerField) and field.editable and field.name != "object_id":
                values = [n + 1000]
            elif isinstance(field, models.ForeignKey) and issubclass(field.related_model, CodedModel):
                values = list(field.related_model._default_manager.values_list("pk", flat=True)[:3])
            for value in values:
                change(type(row)._default_manager.get(pk=row.pk), field, value)
    assert_comes_back(tmp_path)


def test_rows_once_more(content: None, tmp_path: Path) -> None:
    for row in rows():
        copy = type(row)._default_manager.get(pk=row.pk)
        many = {field.name: list(getattr(row, field.name).all()) for field in type(row)._meta.many_to_many}
        copy.pk, copy._state.adding = None, True
        if isinstance(copy, CodedModel):
            copy.code = f"{copy.code}-2"
        try:
            copy.full_clean()
        except ValidationError:
            continue
        copy.save()
        for name, others in many.items():
            getattr(copy, name).set(others)
    assert_comes_back(tmp_path)


@pytest.mark.parametrize("which", [lambda rows: rows[:1], lambda rows: rows[1::2]], ids=["first", "every second"])
def test_what_is_left_after_deleting(content: None, tmp_path: Path, which: Callable[[list], list]) -> None:
    for model in FILES:
        for row in which(list(model._default_manager.order_by("pk"))):
            try:
                row.delete()
            except (models.ProtectedError, models.RestrictedError):
                continue
    assert_comes_back(tmp_path)
