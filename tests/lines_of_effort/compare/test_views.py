"""The page that sets two strategies side by side: its filters, files and refusals, and which two it takes."""

from typing import Any

import pytest
from django.test import Client

from lines_of_effort.compare import comparison
from strategy.models import Strategy
from tests.support import factories as make
from tests.support.downloads import as_text, download_rows
from tests.support.html import links_of, main_of, text_of
from tests.support.query_counts import assert_queries_do_not_grow

pytestmark = pytest.mark.django_db
ONE_ONLY = "Only one strategy is loaded"


@pytest.fixture
def old() -> Strategy:
    return make.strategy(code="ED", title="The document", edition="first")


@pytest.fixture
def new(old: Strategy) -> Strategy:
    return make.strategy(code="ED2", title="The document", edition="second", supersedes=old)


def changes(client: Client, **parameters: str) -> list[Any]:
    return [row["changes"] for row in download_rows(client, "/compare/", "json", a="ED", b="ED2", **parameters)]


# ---- Filters and files ---------------------------------------------------------------------------------------------


@pytest.fixture
def varied(old: Strategy, new: Strategy) -> None:
    make.goal(strategy=old, title="Same", statement="x")
    make.goal(strategy=new, title="Same", statement="x")
    make.goal(strategy=old, title="Reworded", statement="before")
    make.goal(strategy=new, title="Reworded", statement="after")
    make.risk(strategy=old, title="Removed")
    make.term(strategy=new, term="Added")


def test_counts_are_links_that_keep_what_they_count(client: Client, varied):
    body = main_of(client.get("/compare/", {"a": "ED", "b": "ED2"}))
    facets = [link for link in body.all("li > a") if link.has("span")]
    labels = {"Everything", "Only changes", "Added", "Removed", "Reworded", "Same", "Goals", "Risks"}
    assert labels <= {facet.own_text for facet in facets}
    for facet in facets:
        page = client.get(f"/compare/{facet['href']}")
        assert page.status_code == 200
        assert len(main_of(page).all("article.diff")) == int(facet.one("span").text), facet.text
    assert set(changes(client, change="any")) == {"added", "removed", "reworded"}
    assert changes(client, kind="risk") == ["removed"]


def test_files_have_the_rows_of_the_page(client: Client, varied):
    params = {"a": "ED", "b": "ED2", "change": "any"}
    plain = download_rows(client, "/compare/", "json", **params)
    assert len(plain) == 3
    for suffix in ("csv", "xlsx"):
        assert as_text(download_rows(client, "/compare/", suffix, **params)) == as_text(plain)
    assert "/compare.csv?a=ED&b=ED2&change=any" in links_of(client.get("/compare/", params))


def test_an_empty_filter_says_so(client: Client, varied):
    text = text_of(client.get("/compare/", {"a": "ED", "b": "ED2", "change": "moved"}))
    assert "No record is so." in text


def test_many_records_come_on_pages(client: Client, old, new):
    for number in range(101):
        make.term(strategy=new, term=f"term number {number}")
    first = client.get("/compare/", {"a": "ED", "b": "ED2"})
    assert len(main_of(first).all("article.diff")) == 100
    assert "?a=ED&b=ED2&page=2" in links_of(first)
    assert main_of(client.get("/compare/", {"a": "ED", "b": "ED2", "page": "2"})).one("article.diff")
    assert client.get("/compare/", {"a": "ED", "b": "ED2", "page": "3"}).status_code == 404


def test_too_much_is_refused_with_the_limit(client: Client, varied, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(comparison, "MAX_RECORDS", 3)
    response = client.get("/compare/", {"a": "ED", "b": "ED2"})
    assert response.status_code == 400
    assert "more than 3 goals" in text_of(response)


# ---- Which two -----------------------------------------------------------------------------------------------------


def test_one_strategy_is_honestly_not_enough(client: Client):
    response = client.get("/compare/")
    assert response.status_code == 200
    assert ONE_ONLY in text_of(response)
    assert not main_of(response).has("select")
    assert not [link for link in links_of(response) if link.startswith("/compare.")]


def test_the_newest_edition_and_the_one_before_are_compared_unasked(client: Client, old, new):
    assert "What became of each record of ED The document in ED2" in text_of(client.get("/compare/"))


def test_unrelated_strategies_wait_to_be_chosen(client: Client):
    make.strategy(code="OTHER")
    response = client.get("/compare/")
    assert "No two of them are editions of one document." in text_of(response)
    assert not main_of(response).has("article")


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("a=ED&b=ED", "b : The same as a: a strategy differs from itself in nothing. Others: ED2, IPS."),
        ("a=ED&b=ED22", "b : There is no strategy 'ED22'. Did you mean 'ED2'? Known: ED, ED2, IPS."),
        ("a=NOPE&b=ED", "a : There is no strategy 'NOPE'."),
        ("a=ED", "b : Name the second strategy. Known: ED, ED2, IPS."),
        ("b=ED", "a : Name the second strategy."),
        ("a=ED&b=ED2&kind=office", "'office' is not one of: goal, line_of_effort"),
        ("a=ED&b=ED2&change=renamed", "'renamed' is not one of: any, added"),
        ("a=ED&b=ED2&notional=yes", "'yes' is not one of"),
        ("a=ED&b=ED2&kinds=goal", "Did you mean 'kind'?"),
        ("a=ED&a=ED2&b=ED", "more than once"),
        ("a=ED&b=ED2&page=0", "whole number from 1"),
        ("a=MADE&b=ED", "add notional=include to compare it"),
        ("a=ED&b=ED4", "There is no strategy 'ED4'"),
        ("a=%00&b=ED", "NUL"),
    ],
)
def test_bad_parameters_are_refused(client: Client, old, new, query: str, message: str):
    make.strategy(code="MADE", notional=True)
    make.strategy(code="ED4", supersedes=new, status="draft")
    for address in (f"/compare/?{query}", f"/compare.csv?{query}"):
        response = client.get(address)
        assert response.status_code == 400
        if "page" not in query or "csv" not in address:
            assert message in text_of(response)


def test_training_content_is_compared_when_asked_for_and_loudly(client: Client, old):
    invented = make.strategy(code="MADE", notional=True)
    make.goal(strategy=invented, notional=True)
    response = client.get("/compare/", {"a": "ED", "b": "MADE", "notional": "include"})
    assert response.status_code == 200
    assert "Notional training content: invented, not the strategy" in response.content.decode()
    assert "MADE" not in client.get("/compare/").content.decode()


def test_markup_stays_text(client: Client, old, new):
    make.goal(strategy=old, title="<b>Bold</b>", statement="a <script>alert(1)</script> b")
    make.goal(strategy=new, title="<b>Bold</b>", statement="a <img src=x onerror=alert(2)> b")
    make.risk(strategy=new, title="<b>Bold</b>", description="<script>alert(3)</script>")
    body = client.get("/compare/").content.decode()
    for raw in ("<script>alert", "<img src=x", "<b>Bold"):
        assert raw not in body


def test_long_texts_are_compared_in_time(client: Client, old, new):
    make.goal(strategy=old, title="Long", statement=" ".join(f"w{n}" for n in range(20_000)))
    make.goal(strategy=new, title="Long", statement=" ".join(f"v{n}" for n in range(20_000)))
    assert any(text.endswith("w19999") for text in main_of(client.get("/compare/")).texts("del"))


def test_queries_do_not_grow(client: Client, old, new):
    def more(count: int) -> None:
        for _ in range(count):
            for strategy in (old, new):
                line = make.line_of_effort(strategy=strategy)
                activity = make.activity(strategy=strategy, line_of_effort=line, line_basis="summary")
                make.assignment(activity=activity)
                make.passage(strategy=strategy, chapter=make.chapter(strategy=strategy), chapter_basis="summary")
                make.means(strategy=strategy, part_of=make.means(strategy=strategy))
                make.mitigation(strategy=strategy, risks=[make.risk(strategy=strategy)])

    more(1)
    assert_queries_do_not_grow(client, "/compare/", lambda page: len(page.content), lambda: more(4))
