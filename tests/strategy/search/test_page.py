"""What stands around the hits of a search: links that keep the question, pages, and what is near where nothing is."""

import pytest
from django.test import Client

from tests.support import factories as make
from tests.support.html import links_of, main_of, text_of
from tests.support.search import search_page

pytestmark = pytest.mark.django_db


def test_links_keep_the_question_the_kind_and_the_content(client: Client):
    for number in range(60):
        make.term(code=f"Z-{number}", term=f"zyzzogeton {number}", notional=True)
    make.goal(title="Zyzzogeton", notional=True)
    page = main_of(search_page(client, "zyzzogeton", notional="only", type="strategy.term"))
    assert "?q=zyzzogeton&type=strategy.term&notional=only&all=1&page=2" in page.links
    assert "?q=zyzzogeton&type=strategy.goal&notional=only&all=1" in page.links
    assert set(page.values("[name=notional]", "value")) == {"only"}


def test_other_names_searched_for_are_written_as_their_record_writes_them(client: Client):
    make.topic(name="Zyzzogeton data", words="Odd warnings\nZZQ\nZZQ sharing")
    page = text_of(search_page(client, "ZZQ", notional="include"))
    assert "Also searched for: Odd warnings, Zyzzogeton data, ZZQ sharing (for “ZZQ”)." in page


def test_a_page_beyond_the_last_is_not_found(client: Client):
    for q, page, last in (("zyzzogeton", "2", "There is 1 page and no more."), ("space", "900", "pages and no more")):
        response = client.get("/search/", {"q": q, "page": page})
        assert response.status_code == 404
        assert last in text_of(response)


def test_the_name_that_matched_is_marked(client: Client):
    make.goal(code="Z-1", title="The <zyzzogeton> & zyzzogetons, unzyzzogeton", statement="Other words.")
    names = [mark.parent for mark in main_of(search_page(client, "zyzzogeton")).all("mark:first-child")]
    (name,) = [name for name in names if name.raw_text.strip() == "The <zyzzogeton> & zyzzogetons, unzyzzogeton"]
    assert name.texts("mark") == ["zyzzogeton", "zyzzogetons"]


@pytest.mark.parametrize(
    ("q", "code"),
    [("interoprability", "T10"), ("STARCOMM", "STARCOM"), ("readines traning", "STARCOM"), ("IPS-A99", "IPS-A09")],
)
def test_what_is_misspelt_suggests_the_nearest(client: Client, q: str, code: str):
    response = search_page(client, q)
    shown = response.context_data
    assert code in [hit.code for hit in [*shown["near"], *shown["results"]]]
    if not shown["results"]:
        assert links_of(response) >= {"/glossary/", "/read/"}


def test_a_suggestion_is_never_training_content_unless_asked_for(client: Client):
    make.goal(code="Z-MADE", title="Zyzzogeton", notional=True)
    assert "Z-MADE" not in [hit.code for hit in search_page(client, "zyzogeton").context_data["near"]]
    assert "Z-MADE" in [hit.code for hit in search_page(client, "zyzogeton", notional="only").context_data["near"]]


def test_nothing_near_is_suggested_for_gibberish(client: Client):
    assert search_page(client, "qqqqxxxxjjjj").context_data["near"] == []
