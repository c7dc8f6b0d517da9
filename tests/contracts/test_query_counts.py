"""The number of queries does not grow with what is shown, and stays under a ceiling."""

import pytest
from django.test import Client

from strategy.core.models import CodedModel
from tests.support import factories as make
from tests.support.html import row_links
from tests.support.models import MODELS, api_url, each_model, list_url
from tests.support.query_counts import FEW, MANY, MAX_QUERIES, assert_queries_do_not_grow, reader_queries_of
from tests.support.rich_records import clear_partner_kinds, enrich, rich_record

pytestmark = pytest.mark.django_db


def plant(model: type[CodedModel], count: int) -> None:
    """Notional rows: the shipped content has none, so that the list holds these alone."""
    for _ in range(count):
        rich_record(model, notional=True, each=2)


@each_model
def test_list_page(client: Client, model: type[CodedModel]) -> None:
    clear_partner_kinds(model)
    plant(model, FEW)
    url = f"{list_url(model)}?notional=only&page_size=200"
    assert_queries_do_not_grow(client, url, lambda page: len(row_links(page)), lambda: plant(model, MANY - FEW))


@each_model
def test_api_list(client: Client, model: type[CodedModel]) -> None:
    clear_partner_kinds(model)
    plant(model, FEW)
    url = f"{api_url(model)}?notional=only&page_size=200"
    assert_queries_do_not_grow(client, url, lambda response: response.json()["count"], lambda: plant(model, MANY - FEW))


@each_model
def test_detail_page(client: Client, model: type[CodedModel]) -> None:
    clear_partner_kinds(model)
    record = rich_record(model, each=FEW)

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
    assert_queries_do_not_grow(client, record.get_absolute_url(), lambda page: len(page.content), more)


@each_model
def test_api_detail(client: Client, model: type[CodedModel]) -> None:
    clear_partner_kinds(model)
    record = rich_record(model, each=2)
    number, text, _ = reader_queries_of(client, f"{api_url(model)}{record.code}/")
    assert number <= MAX_QUERIES, text


OVER_EVERYTHING = [
    *("/", "/search/?q=space", "/search/?q=zyzzogeton", "/findings/", "/api/v1/findings/"),
    *("/read/", "/read/IPS-CH2/", "/read/IPS-CH8/", "/glossary/", "/trace/", "/matrix/"),
]


def test_pages_over_everything(client: Client) -> None:
    few = {url: reader_queries_of(client, url)[0] for url in OVER_EVERYTHING}
    for model in MODELS:
        clear_partner_kinds(model)
        for _ in range(2):
            rich_record(model)
    for url in OVER_EVERYTHING:
        many, text, _ = reader_queries_of(client, url)
        assert many == few[url], (url, text)
        # The home page begins with a second page: the work of the reader's office.
        assert many <= (2 * MAX_QUERIES if url == "/" else MAX_QUERIES), (url, text)


def test_a_page_costs_two_queries_and_a_record_one(client: Client) -> None:
    """Which rows and how many of them are asked at once, then their fields; a record is found by its code."""
    assert reader_queries_of(client, "/api/v1/terms/?fields=code&page=2&page_size=5")[0] == 1 + 2
    assert reader_queries_of(client, "/api/v1/terms/T09/?fields=code")[0] == 1 + 1


@pytest.mark.parametrize("page", ["99", "9" * 9])
def test_a_page_beyond_the_last_is_not_found(client: Client, page: str) -> None:
    answer = client.get("/api/v1/terms/", {"page": page})
    assert answer.status_code == 404
    assert "There is 1 page and no more." in answer.json()["errors"][0]["detail"]
