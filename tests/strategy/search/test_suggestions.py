"""What the search box suggests while a reader types."""

from typing import Any

import pytest
from django.test import Client

from strategy.models import Office, Term
from tests.support import factories as make

pytestmark = pytest.mark.django_db


def suggested(client: Client, q: str, **params: str) -> list[dict[str, Any]]:
    response = client.get("/search/suggest/", {"q": q, **params})
    assert response.status_code == 200
    return response.json()["results"]


@pytest.mark.parametrize("q", ["star", "STARCOM", "Space Train", "training and rea"])
def test_a_name_that_begins_so_is_suggested(client: Client, q: str):
    assert {
        "code": "STARCOM",
        "label": "Space Training and Readiness Command",
        "kind": "Office",
        "url": "/offices/STARCOM/",
    } in suggested(client, q)


@pytest.mark.parametrize("q", ["an", "can"])
def test_a_code_comes_before_names(client: Client, q: str):
    make.term(code="AN", term="Zyzzogeton")
    assert suggested(client, q)[0]["code"] == q.upper()


def test_every_office_and_term_is_suggested_for_its_name(client: Client):
    for record in [*Office.objects.visible(), *Term.objects.visible()]:
        assert record.code in [row["code"] for row in suggested(client, record.label[:300])], record


def test_there_are_few_and_no_sources(client: Client):
    results = suggested(client, "s")
    assert len(results) == 8
    assert "Source" not in {row["kind"] for row in results}


@pytest.mark.parametrize("q", ["", " ", "?!", "zyzzogeton"])
def test_nothing_is_suggested_for_nothing(client: Client, q: str):
    assert suggested(client, q) == []


def test_training_content_is_suggested_only_if_asked_for(client: Client):
    make.goal(code="Z-MADE", title="Zyzzogeton", notional=True)
    assert suggested(client, "zyzz") == []
    assert [row["code"] for row in suggested(client, "zyzz", notional="only")] == ["Z-MADE"]


@pytest.mark.parametrize("query", [f"q={'a' * 301}", "q=%00", "q=a&x=b", "q=a&notional=maybe"])
def test_what_is_not_understood_is_refused_in_json(client: Client, query: str):
    response = client.get(f"/search/suggest/?{query}")
    assert response.status_code == 400
    assert response.json()["errors"]
