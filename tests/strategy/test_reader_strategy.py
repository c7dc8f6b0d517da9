"""The strategy a reader is in: lists and the search are narrowed to it, say so, and keep it."""

import pytest
from django.test import Client

from strategy.models import Strategy
from tests.support import factories as make
from tests.support.html import main_of, parse, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def second() -> Strategy:
    """A second sourced strategy with a goal and a risk, both called Zephyr, as an office is that belongs to none."""
    strategy = make.strategy(code="SEC", title="Second strategy")
    make.goal(strategy=strategy, title="Zephyr")
    make.risk(strategy=strategy, title="Zephyr")
    make.office(name="Zephyr")
    return strategy


def test_lists_and_search_have_records_of_the_strategy_and_of_none(client: Client, second: Strategy) -> None:
    assert len(parse(client.get("/goals/?strategy=SEC")).all("tbody tr")) == 1
    assert len(parse(client.get("/offices/?strategy=SEC&search=Zephyr")).all("tbody tr")) == 1
    assert "3 records for" in main_of(client.get("/search/?q=Zephyr&strategy=SEC")).text
    api = client.get("/api/v1/search/?q=Zephyr&strategy=IPS").json()
    assert [row["record_type"] for row in api["results"]] == ["office"]


def test_a_narrowed_page_says_so_and_leads_out(client: Client, second: Strategy) -> None:
    for address, out in (("/goals/?strategy=SEC", "/goals/"), ("/search/?q=a&strategy=SEC", "/search/?q=a")):
        bar = parse(client.get(address)).one(".in-strategy")
        assert "In: SEC Second strategy" in bar.text
        assert {link["href"] for link in bar.all("a") if link.text == "All strategies"} == {out}
    # What belongs to no strategy is not narrowed, so that there is nothing to leave.
    assert "All strategies" not in parse(client.get("/offices/?strategy=SEC")).one(".in-strategy").text


def test_every_way_on_from_a_list_keeps_the_strategy(client: Client, second: Strategy) -> None:
    for address in ("/offices/?strategy=SEC&page_size=25", "/risks/?strategy=SEC"):
        page = parse(client.get(address))
        ways = [link["href"] for link in page.one("main").all("a") if link["href"].startswith("?")]
        assert ways
        assert [way for way in ways if "strategy=SEC" not in way] == []
        for form in page.all("form[method=get]"):
            assert form.one("[name=strategy]")
        assert {"/offices/?strategy=SEC", "/contacts/?strategy=SEC"} <= page.one("nav.nav").links


def test_a_training_strategy_leads_to_training_content(client: Client) -> None:
    make.goal(strategy=make.strategy(code="TRN9", notional=True), notional=True, title="Invented goal")
    assert client.get("/goals/?strategy=TRN9")["Location"] == "/goals/?strategy=TRN9&notional=only"
    assert "Invented goal" in main_of(client.get("/goals/?strategy=TRN9", follow=True)).text


@pytest.mark.parametrize("path", ["/goals/", "/offices/", "/search/", "/matrix/", "/findings/"])
def test_an_unknown_strategy_is_refused_with_the_nearest(client: Client, path: str) -> None:
    response = client.get(f"{path}?strategy=IPSS")
    assert response.status_code == 400
    assert "There is no strategy 'IPSS'. Did you mean 'IPS'?" in text_of(response)


def test_a_refused_page_stays_in_the_strategy(client: Client, second: Strategy) -> None:
    for address in ("/trace/?focus=NOPE&strategy=SEC", "/matrix/?rows=goal&columns=goal&strategy=SEC"):
        page = parse(client.get(address))
        assert "In: SEC" in page.one(".in-strategy").text
        ways = [way for way in page.one("main").links if way.startswith(("/trace/", "/matrix/"))]
        assert [way for way in ways if "strategy=SEC" not in way] == []
