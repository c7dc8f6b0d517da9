"""A trace stays a picture at any size: bounded, said to be, and with the same number of queries."""

from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lines_of_effort.models import Activity, ProcessStage
from lines_of_effort.trace.reader import MAX_OTHER_ROWS, MAX_ROWS
from strategy.core.models import CodedModel
from strategy.models import Goal, Means, Office, Risk
from tests.support import factories as make
from tests.support.html import links_of, text_of
from tests.support.models import MODELS

pytestmark = pytest.mark.django_db
CEILING = 12


def trace_page(client: Client, **parameters: str) -> tuple[Any, int]:
    """The page, and how many queries a second request for it takes, when what is kept is there."""
    for model in MODELS:
        ContentType.objects.get_for_model(model)
    client.get("/trace/", parameters)
    with CaptureQueriesContext(connection) as captured:
        page = client.get("/trace/", parameters)
    assert page.status_code == 200
    return page, len(captured)


@pytest.fixture
def generated(db: None) -> None:
    call_command("make_notional", activities=400, offices=120, assignments=2000, verbosity=0)


def first(model: type[CodedModel]) -> str:
    return model._default_manager.visible("only")[0].code


def test_too_much_is_not_drawn_and_a_starting_point_asked_for(client: Client, generated: None) -> None:
    page, queries = trace_page(client, notional="only")
    assert queries <= CEILING
    assert "400 activities are too many for one picture. Choose where to start" in text_of(page)
    assert page.context_data["trace"].nodes_of("activity") == []
    assert "/activities/?line_of_effort=GEN-L1&notional=only" in links_of(page)
    assert "No activity here stands under it" not in text_of(page)


@pytest.mark.parametrize("model", [Goal, ProcessStage, Activity, Office, Means, Risk])
def test_from_one_record_the_picture_is_bounded(client: Client, generated: None, model: type[CodedModel]) -> None:
    code = first(model)
    page, queries = trace_page(client, notional="only", focus=code)
    trace = page.context_data["trace"]
    assert queries <= CEILING
    assert trace.focus.code == code
    assert len(trace.nodes_of("activity")) <= MAX_ROWS[Activity]
    assert len(trace.nodes_of("office")) <= MAX_OTHER_ROWS
    assert set(trace.nodes) == set(trace.reached), "at this size nothing is drawn that is not reached"
    if "activity" in trace.truncated_kinds:
        assert "Only the first 48 activities are here" in text_of(page)


def test_the_number_of_queries_does_not_grow(client: Client) -> None:
    def plant() -> None:
        make.assignment(activity=make.activity(notional=True), notional=True)
        make.mitigation(risks=[make.risk(notional=True)], owner=make.office(notional=True), notional=True)

    plant()
    _, few = trace_page(client, notional="only")
    for _ in range(5):
        plant()
    page, many = trace_page(client, notional="only")
    assert len(page.context_data["trace"].nodes) > 20
    assert many == few <= CEILING
