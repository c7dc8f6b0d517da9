"""Count the queries of a page, and prove that their number does not grow with what is shown."""

from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.support.models import MODELS

MAX_QUERIES = 12
# How many rows are planted before the queries are counted, and how many there are when they are counted again.
FEW, MANY = 1, 5


def queries_of(client: Client, url: str) -> tuple[int, str, Any]:
    """How many queries a second request makes, their SQL, and its response: the first request fills the caches."""
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200, url
    return len(captured), "\n".join(query["sql"][:300] for query in captured), response


def reader_queries_of(client: Client, url: str) -> tuple[int, str, Any]:
    """The same for a reader with an office of their own, as production would count."""
    for model in MODELS:
        ContentType.objects.get_for_model(model)
    client.cookies["my_office"] = "STARCOM"
    number, text, response = queries_of(client, url)
    # In production every answer asks for the content version, once, whether or not its page does (config/middleware).
    versions = text.count("SELECT version FROM")
    assert versions <= 1
    return number - versions + 1, text, response


def assert_queries_do_not_grow(client: Client, url: str, shown: Callable[[Any], int], more: Callable[[], None]) -> None:
    """``more`` must make the page show more by the measure ``shown``, and cost no query more."""
    few, _, before = reader_queries_of(client, url)
    more()
    many, text, after = reader_queries_of(client, url)
    assert shown(after) > shown(before), "the page shows no more than before: nothing was tested"
    assert many == few, text
    assert many <= MAX_QUERIES, text
