"""Training content is in no list, count, search, answer or finding unless it is asked for."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from strategy.core.models import CodedModel, Notional
from strategy.fixtures_io import load
from tests.support.html import links_of, main_of, parse, squeeze
from tests.support.models import MODELS, api_url, each_model, list_url, shipped_file

pytestmark = pytest.mark.django_db
EVERYWHERE = ("/", "/findings/", "/api/v1/findings/")


def said(client: Client, url: str) -> str:
    """What an address answers; of a page its own part, as the frame says when any content last changed."""
    response = client.get(url)
    return main_of(response).html if response["Content-Type"].startswith("text/html") else response.content.decode()


@pytest.fixture(scope="module")
def before(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, str]]:
    """What pages said before the training strategy was loaded beside the shipped content."""
    client = Client()
    with django_db_blocker.unblock(), transaction.atomic():
        pages = {url: said(client, url) for url in (*EVERYWHERE, *map(list_url, MODELS), *map(api_url, MODELS))}
        load(notional=True)
        yield pages
        transaction.set_rollback(True)


@each_model
def test_lists_are_as_they_were(client: Client, before: dict[str, str], model: type[CodedModel]) -> None:
    assert said(client, list_url(model)) == before[list_url(model)]
    assert said(client, api_url(model)) == before[api_url(model)]


@pytest.mark.parametrize("url", EVERYWHERE)
def test_pages_over_everything_are_as_they_were(client: Client, before: dict[str, str], url: str) -> None:
    now = said(client, url)
    if url == "/":
        # The home page names the other strategies there are, training ones as such, and is else as it was.
        others = parse(now).section("Other strategies")
        assert "Notional" in others.text
        now = now.replace(others.html, "")
    assert squeeze(now) == squeeze(before[url])


@each_model
def test_search_finds_it_only_when_asked(client: Client, before: dict[str, str], model: type[CodedModel]) -> None:
    row = model._default_manager.visible(Notional.ONLY).first()
    if row is None:
        assert not shipped_file(model, notional=True).exists(), "the file has rows, and none was loaded"
        return
    address = row.get_absolute_url()
    assert address not in links_of(client.get("/search/", {"q": row.code, "all": "1"}))
    assert address in links_of(client.get("/search/", {"q": row.code, "notional": "only", "all": "1"}))
