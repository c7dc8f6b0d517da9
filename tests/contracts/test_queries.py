"""The number of queries does not grow with what is shown, and stays under a ceiling."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from strategy.core.models import CodedModel
from tests.support import factories as make

from ..support.subjects import IDS, MODELS, api_url, enrich, list_url, rich, row_links

pytestmark = pytest.mark.django_db
each_model = pytest.mark.parametrize("model", MODELS, ids=IDS)
CEILING = 12
FEW, MANY = 1, 5


def queries(client: Client, url: str) -> tuple[int, str, Any]:
    """How many queries the second request of a reader with an office makes: the first one warms what is kept."""
    for model in MODELS:
        ContentType.objects.get_for_model(model)
    client.cookies["my_office"] = "STARCOM"
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200, url
    # In production every answer asks for the content version, once, whether or not its page does (config/kept.py).
    asked = [query["sql"] for query in captured if not query["sql"].startswith("SELECT version FROM")]
    assert len(captured) - len(asked) <= 1
    return 1 + len(asked), "\n".join(sql[:200] for sql in asked), response


def grows_not(client: Client, url: str, shown: Callable[[Any], int], more: Callable[[], None]) -> None:
    few, _, before = queries(client, url)
    more()
    many, text, after = queries(client, url)
    assert shown(after) > shown(before), "the page shows no more than before: nothing was tested"
    assert many == few, text
    assert many <= CEILING, text


def plant(model: type[CodedModel], count: int) -> None:
    """Notional rows: the shipped content has none, so that the list holds these alone."""
    for _ in range(count):
        rich(model, notional=True, each=2)


@each_model
def test_list_page(client: Client, model: type[CodedModel]) -> None:
    first_kinds(model)
    plant(model, FEW)
    url = f"{list_url(model)}?notional=only&page_size=200"
    grows_not(client, url, lambda page: len(row_links(page)), lambda: plant(model, MANY - FEW))


@each_model
def test_api_list(client: Client, model: type[CodedModel]) -> None:
    first_kinds(model)
    plant(model, FEW)
    url = f"{api_url(model)}?notional=only&page_size=200"
    grows_not(client, url, lambda response: response.json()["count"], lambda: plant(model, MANY - FEW))


def first_kinds(model: type[CodedModel]) -> None:
    """There are no more kinds of partner than relations, and the shipped content explains them all."""
    if model.__name__ == "PartnerKind":
        model.objects.all().delete()


@each_model
def test_detail_page(client: Client, model: type[CodedModel]) -> None:
    first_kinds(model)
    record = rich(model, each=FEW)

    def more() -> None:
        enrich(record, FEW, MANY)
        if model.__name__ == "Citation":
            record.note = "Longer than it was."
            record.save()
        make_subjects(MANY)

    def make_subjects(count: int) -> None:
        for _ in range(count if model.__name__ in ("Conflict", "Silence", "Observation") else 0):
            values = {"conflict": None, "silence": None, "observation": None} | {model._meta.model_name: record}
            make.subject(record=make.goal(), **values)

    make_subjects(FEW)
    grows_not(client, record.get_absolute_url(), lambda page: len(page.content), more)


@each_model
def test_api_detail(client: Client, model: type[CodedModel]) -> None:
    first_kinds(model)
    record = rich(model, each=2)
    number, text, _ = queries(client, f"{api_url(model)}{record.code}/")
    assert number <= CEILING, text


@pytest.mark.parametrize(
    "url",
    [
        *("/", "/search/?q=space", "/search/?q=zyzzogeton", "/findings/", "/api/v1/findings/"),
        *("/read/", "/read/IPS-CH2/", "/read/IPS-CH8/", "/glossary/", "/trace/", "/matrix/"),
    ],
)
def test_pages_over_everything(client: Client, url: str) -> None:
    few, _, _ = queries(client, url)
    for model in MODELS:
        first_kinds(model)
        for _ in range(2):
            rich(model)
    many, text, _ = queries(client, url)
    assert many == few, text
    assert many <= CEILING, text


def test_a_page_costs_two_queries_and_a_record_one(client: Client) -> None:
    """Which rows and how many of them are asked at once, then their fields; a record is found by its code."""
    assert queries(client, "/api/v1/terms/?fields=code&page=2&page_size=5")[0] == 1 + 2
    assert queries(client, "/api/v1/terms/T09/?fields=code")[0] == 1 + 1


@pytest.mark.parametrize("page", ["99", "9" * 9])
def test_a_page_beyond_the_last_is_not_found(client: Client, page: str) -> None:
    answer = client.get("/api/v1/terms/", {"page": page})
    assert answer.status_code == 404
    assert "There is 1 page and no more." in answer.json()["errors"][0]["detail"]
