"""What stands around the hits of a search: links that keep the question, pages, and what is near where nothing is."""

from html import unescape

import pytest
from django.test import Client

from tests.support import factories as make

from .test_search import ask

pytestmark = pytest.mark.django_db


def test_links_keep_the_question_the_kind_and_the_content(client: Client):
    for number in range(60):
        make.term(code=f"Z-{number}", term=f"zyzzogeton {number}", notional=True)
    make.goal(title="Zyzzogeton", notional=True)
    body = unescape(ask(client, "zyzzogeton", notional="only", type="strategy.term").content.decode())
    assert 'href="?q=zyzzogeton&type=strategy.term&notional=only&all=1&page=2"' in body
    assert 'href="?q=zyzzogeton&type=strategy.goal&notional=only&all=1"' in body
    assert 'name="notional" value="only"' in body


def test_a_page_beyond_the_last_is_not_found(client: Client):
    for q, page, last in (("zyzzogeton", "2", "There is 1 page and no more."), ("space", "900", "pages and no more")):
        response = client.get("/search/", {"q": q, "page": page})
        assert response.status_code == 404
        assert last in unescape(response.content.decode())


def test_the_name_that_matched_is_marked(client: Client):
    make.goal(code="Z-1", title="The <zyzzogeton> & zyzzogetons, unzyzzogeton", statement="Other words.")
    body = ask(client, "zyzzogeton").content.decode()
    assert "The &lt;<mark>zyzzogeton</mark>&gt; &amp; <mark>zyzzogetons</mark>, unzyzzogeton" in body


@pytest.mark.parametrize(
    ("q", "code"),
    [("interoprability", "T10"), ("STARCOMM", "STARCOM"), ("readines traning", "STARCOM"), ("IPS-A99", "IPS-A09")],
)
def test_what_is_misspelt_suggests_the_nearest(client: Client, q: str, code: str):
    response = ask(client, q)
    assert response.context_data["results"] == []
    assert code in [hit.code for hit in response.context_data["near"]]
    for link in ("/glossary/", "/read/"):
        assert f'href="{link}"' in response.content.decode()


def test_a_suggestion_is_never_training_content_unless_asked_for(client: Client):
    make.goal(code="Z-MADE", title="Zyzzogeton", notional=True)
    assert "Z-MADE" not in [hit.code for hit in ask(client, "zyzogeton").context_data["near"]]
    assert "Z-MADE" in [hit.code for hit in ask(client, "zyzogeton", notional="only").context_data["near"]]


def test_nothing_near_is_suggested_for_gibberish(client: Client):
    assert ask(client, "qqqqxxxxjjjj").context_data["near"] == []
