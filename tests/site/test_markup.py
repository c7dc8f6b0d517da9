"""Markup in any text stays text, wherever the text is shown."""

from typing import Any

import pytest
from django.db import models
from django.test import Client

from strategy.core.models import CodedModel
from tests.support import factories as make
from tests.support.models import MODEL_IDS, MODELS, detail_url, list_url

pytestmark = pytest.mark.django_db
TAG = "<script>alert(1)</script>"
EVIL = f"\"'>{TAG}<img src=x onerror=alert(1)>{{{{ 7|add:7 }}}}"
# What of it would be markup if a page did not escape it.
RAW = ("<script>alert", "<img src=x", "onerror=alert(1)>")
# A text that a rule gives its form: a code, an address, a date.
FORMED = ("code", "url", "abbreviation")


def texts(model: type[models.Model]) -> dict[str, str]:
    """The mischief for every free text of the model."""
    result = {}
    for field in model._meta.concrete_fields:
        free = isinstance(field, models.CharField | models.TextField) and type(field) in (
            models.CharField,
            models.TextField,
        )
        if free and field.editable and not field.choices and field.name not in FORMED:
            result[field.name] = EVIL[: field.max_length] if field.max_length else EVIL
    return result


def planted(model: type[models.Model]) -> Any:
    """A row with the mischief in every free text that its rules let stand."""
    row = make.Factory.of[model]()
    for name, value in texts(model).items():
        setattr(row, name, value)
        row.save()
    return row


def harmless(client: Client, address: str, **parameters: str) -> str:
    page = client.get(address, parameters)
    assert page.status_code == 200, address
    body = page.content.decode()
    for raw in RAW:
        assert raw not in body, f"{raw} in {address}"
    return body


@pytest.mark.parametrize("model", MODELS, ids=MODEL_IDS)
def test_a_record_s_texts_are_text(client: Client, model: type[CodedModel]) -> None:
    row = planted(model)
    detail = harmless(client, detail_url(model, row.code))
    if texts(model):
        assert "&lt;script&gt;" in detail
    harmless(client, list_url(model))
    harmless(client, f"{list_url(model)}", search=row.code)
    harmless(client, "/search/", q="alert", all="1")


def test_the_pages_over_many_records_show_text(client: Client) -> None:
    strategy = planted(make.strategy.model)
    goal, office = planted(make.goal.model), planted(make.office.model)
    line = planted(make.line_of_effort.model)
    activity = planted(make.activity.model)
    activity.line_of_effort, activity.line_basis = line, "summary"
    activity.save()
    make.activity_goal(activity=activity, goal=goal)
    make.assignment(activity=activity, office=office, verb=EVIL[:60])
    risk, partner, term = planted(make.risk.model), planted(make.partner.model), planted(make.term.model)
    chapter = planted(make.chapter.model)
    assert strategy.title == risk.title == partner.name == term.term
    shown = [
        harmless(client, "/matrix/", offices="all"),
        harmless(client, "/matrix/", view="list"),
        harmless(client, "/matrix/", rows="goal", columns="office"),
        harmless(client, "/trace/"),
        harmless(client, "/trace/", focus=activity.code),
        harmless(client, "/contacts/", partner=partner.code, topic=activity.code),
        harmless(client, "/glossary/"),
        harmless(client, f"/offices/{office.code}/"),
    ]
    for body in shown:
        assert "&lt;script&gt;" in body
    for address in ("/", "/read/", f"/read/{chapter.code}/", "/compare/", "/partners/", "/findings/", "/about/"):
        harmless(client, address)


@pytest.mark.parametrize("address", ["/search/", "/activities/", "/matrix/", "/trace/", "/contacts/", "/compare/"])
@pytest.mark.parametrize("name", ["q", "focus", "office", "partner", EVIL])
def test_what_a_reader_asks_is_text(client: Client, address: str, name: str) -> None:
    body = client.get(address, {name: EVIL}).content.decode()
    for raw in RAW:
        assert raw not in body
