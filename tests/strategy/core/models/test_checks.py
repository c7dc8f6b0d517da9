"""A model that lacks what every record or part needs is refused at start, with its file and line."""

from pathlib import Path

import pytest
from django.core import checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import models
from django.test.utils import isolate_apps

from strategy.core.models import CodedModel, Part
from strategy.models import Goal


def ids(model: type[models.Model]) -> list[str | None]:
    return [message.id for message in model.check() if (message.id or "").startswith("core.")]


def test_no_model_of_ours_is_refused() -> None:
    call_command("check")


@isolate_apps("strategy")
def test_a_record_names_its_own_fields_only() -> None:
    class Untitled(CodedModel):
        class Meta:
            app_label = "strategy"

    class Searched(CodedModel):
        label_field = "code"
        search_fields = ("code", "tittle")
        periods = (("code", "end"),)

        class Meta:
            app_label = "strategy"

    class Labeled(CodedModel):
        @property
        def label(self) -> str:
            return "made of something else"

        class Meta:
            app_label = "strategy"

    assert ids(Untitled) == ["core.E001"]
    assert ids(Searched) == ["core.E001", "core.E002", "core.E002"]
    assert ids(Labeled) == []


@isolate_apps("strategy")
def test_a_part_has_a_parent_and_a_key() -> None:
    class Loose(Part):
        class Meta:
            app_label = "strategy"

    class Keyless(Part):
        parent_field = "goal"
        goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="+")

        class Meta:
            app_label = "strategy"

    class Misspelt(Part):
        parent_field = "note"
        key_fields = ("basiss",)

        class Meta:
            app_label = "strategy"

    assert ids(Loose) == ["core.E003", "core.E004"]
    assert ids(Keyless) == ["core.E004"]
    assert ids(Misspelt) == ["core.E003", "core.E001"]


@isolate_apps("strategy")
def test_it_says_file_and_line() -> None:
    class Unnamed(CodedModel):
        class Meta:
            app_label = "strategy"

    line = Path(__file__).read_text().splitlines().index("    class Unnamed(CodedModel):") + 1
    (message,) = [message for message in Unnamed.check() if message.id == "core.E001"]
    assert str(message.hint) == f"See tests/strategy/core/models/test_checks.py:{line}."
    assert message.obj is Unnamed
    assert message.level == checks.ERROR


@pytest.mark.django_db  # Django's check of a JSON field asks what the database can.
def test_a_command_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Goal, "label_field", "nothing")
    with pytest.raises(SystemCheckError, match=r"'nothing'.*\n.*strategy/models/goals\.py:\d+"):
        call_command("migrate", plan=True, skip_checks=False)
