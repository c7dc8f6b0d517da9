"""The home page: the strategy in force on one page, and numbers that lead to exactly the rows they count."""

import re
from typing import Any

import pytest
from django.test import Client

from lines_of_effort.models import Activity
from strategy.core.models import Basis
from strategy.models import Goal, Means, Risk, Strategy
from tests.support import factories as make
from tests.support.html import Element, links_of, main_of, parse, text_of

pytestmark = pytest.mark.django_db


def counted(client: Client, url: str) -> int:
    """How many records the list or finding behind a link says it has."""
    found = re.search(r"(\d+) records?\b", text_of(client.get(url)))
    return int(found.group(1)) if found else 0


def numbers(client: Client) -> list[tuple[str, int]]:
    """Each linked number of the page: its address and itself."""
    page = main_of(client.get("/"))
    stats = [(link["href"], int(link.one("b").text)) for link in page.all("li > a:has(> b)") if link.text[0].isdigit()]
    names, counts = page.all("dt:has(> a)"), page.all("dt:has(> a) + dd > b")
    gaps = [(name.one("a")["href"], int(count.text)) for name, count in zip(names, counts, strict=True)]
    assert len(stats) >= 8
    assert len(gaps) >= 8
    return stats + gaps


def test_every_number_leads_to_exactly_what_it_counts(client: Client) -> None:
    assert [(url, counted(client, url)) for url, _ in numbers(client)] == numbers(client)


def test_the_map_has_ends_ways_means_and_risks(client: Client) -> None:
    links = links_of(client.get("/"))
    for model in (Goal, Activity, Means, Risk):
        rows = list(model.objects.visible())
        assert rows
        assert {row.get_absolute_url() for row in rows} <= links


def activity_row(client: Client, code: str) -> Element:
    """The line of an activity on the map."""
    return main_of(client.get("/")).one(f'li.act > a.act__name[href="/activities/{code}/"]').parent


def test_a_coordinator_is_not_shown_as_a_lead(client: Client) -> None:
    row = activity_row(client, "IPS-A06")
    assert "coordinated by STARCOM" in row.text
    assert "No lead named" in row.text
    assert "Lead: STARCOM" not in text_of(client.get("/"))


def test_a_lead_that_does_not_stand_is_said_so(client: Client) -> None:
    leads = activity_row(client, "IPS-A01").all("a:has(+ .act__standing)")
    standing = activity_row(client, "IPS-A01").texts("a + .act__standing")
    assert [lead.text for lead in leads] == ["Lead: FTF", "Lead: SFC"]
    assert [words.split()[0] for words in standing] == ["interim", "planned"]


def test_an_inferred_placement_is_said_once_and_marked(client: Client) -> None:
    page = main_of(client.get("/"))
    assert "No source places 14 of these 15 activities under a line of effort" in page.text
    assert len(page.all(".act__basis")) == 14
    assert "all lines of effort together serve every goal Unofficial summary" in page.text


def test_each_tile_has_its_own_basis(client: Client) -> None:
    page = main_of(client.get("/"))
    for row in (
        *Goal.objects.visible(),
        *Activity.objects.visible(),
        *Means.objects.visible(),
        *Risk.objects.visible(),
    ):
        link = page.one(f'.map li a[href="{row.get_absolute_url()}"]')
        tile = next(around for around in link.ancestors() if around.tag == "li")
        assert tile.texts(".basis") == [Basis(row.basis).label], row


def test_what_other_sources_add_stands_apart_from_the_summary(client: Client) -> None:
    page = main_of(client.get("/"))
    lists = page.all(".tiles__title + ul")
    assert len(lists) == len(page.all(".tiles__title")) == 8
    for title, tiles in zip(page.texts(".tiles__title"), lists, strict=True):
        assert title in ("From the unofficial summary", "Added from other sources")
        own = [basis == "Unofficial summary" for basis in tiles.texts("li .basis")]
        assert set(own) == {title == "From the unofficial summary"}


def test_it_warns_once_that_the_summary_is_unofficial(client: Client) -> None:
    warnings = main_of(client.get("/")).all(".usa-alert--warning")
    assert [warning.has('a[href="/sources/SRC-SEED/"]') for warning in warnings] == [True]
    Strategy.objects.update(basis="official")
    assert not main_of(client.get("/")).has(".usa-alert--warning")


def test_that_all_lines_serve_every_goal_is_said_only_where_it_is_so(client: Client) -> None:
    make.goal(strategy=Strategy.objects.get(code="IPS"))
    text = text_of(client.get("/"))
    assert "all lines of effort together" not in text
    assert "lines of effort serve the goals" in text


def test_the_questions_of_a_reader_are_answered_from_here(client: Client) -> None:
    wanted = {"/offices/", "/matrix/", "/contacts/", "/trace/", "/risks/", "/partners/", "/read/", "/compare/"}
    assert wanted <= links_of(client.get("/"))


def test_of_training_content_it_has_no_more_than_the_way_there(client: Client) -> None:
    before = main_of(client.get("/")).links
    make.strategy(code="TRN9", notional=True, title="Invented")
    make.assignment(notional=True)
    response = client.get("/")
    assert main_of(response).links - before == {"/?notional=only"}
    assert "Invented" not in text_of(response)
    assert "Invented" in text_of(client.get("/?notional=only"))


def dated_strategy(code: str, title: str, released: str) -> Strategy:
    """A sourced strategy with the day of its release."""
    strategy = make.strategy(code=code, title=title)
    make.strategy_date(strategy=strategy, date=released)
    return strategy


def test_every_strategy_has_its_map(client: Client) -> None:
    second = dated_strategy("SEC", "Second strategy", "2024-01")
    make.goal(strategy=second, title="A goal of the second")
    make.strategy(code="TRN9", notional=True, title="Invented")
    home = client.get("/")
    assert "/?strategy=SEC" in links_of(home)
    assert "A goal of the second" not in text_of(home)
    assert "A goal of the second" in text_of(client.get("/?strategy=SEC"))
    assert "Invented" in text_of(client.get("/?strategy=TRN9"))


def test_the_newest_strategy_is_on_it_or_the_one_that_is_set(client: Client, settings: Any) -> None:
    dated_strategy("NEW", "Newer strategy", "2026-03")
    dated_strategy("OLD", "Older strategy", "2020-03")
    assert main_of(client.get("/")).one("h1").text == "Newer strategy"
    settings.HOME_STRATEGY = "OLD"
    assert main_of(client.get("/")).one("h1").text == "Older strategy"
    settings.HOME_STRATEGY = "GONE"
    assert main_of(client.get("/")).one("h1").text == "Newer strategy"


def test_the_frame_keeps_to_the_strategy_a_reader_is_in(client: Client) -> None:
    second = dated_strategy("SEC", "Second strategy", "2024-01")
    goal = make.goal(strategy=second)
    for address in ("/?strategy=SEC", goal.get_absolute_url(), "/risks/?strategy=SEC", "/read/?strategy=SEC"):
        page = parse(client.get(address))
        assert "SEC Second strategy" in page.one(".in-strategy").text
        assert {"/?strategy=SEC", "/matrix/?strategy=SEC", "/trace/?strategy=SEC"} <= page.one("nav.nav").links
    own = parse(client.get("/goals/IPS-G1/")).one("nav.nav").links
    assert {"/", "/matrix/?strategy=IPS", "/offices/?strategy=IPS"} <= own


def test_the_frame_keeps_training_content_apart(client: Client) -> None:
    training = make.strategy(code="TRN9", notional=True)
    goal = make.goal(strategy=training, notional=True)
    nav = parse(client.get(goal.get_absolute_url())).one("nav.nav").links
    assert {"/?strategy=TRN9&notional=only", "/offices/?strategy=TRN9&notional=only"} <= nav
    assert not parse(client.get("/goals/IPS-G1/")).has(".in-strategy")


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("strategy=IPP", "There is no strategy 'IPP'. Did you mean 'IPS'?"),
        ("strategy=IPS&notional=only", "IPS is sourced content: leave this out."),
        ("notional=yes", "'yes' is not one of"),
    ],
)
def test_a_strategy_that_is_not_there_is_refused(client: Client, query: str, problem: str) -> None:
    response = client.get(f"/?{query}")
    assert response.status_code == 400
    assert problem in text_of(response)


def test_a_second_edition_takes_the_page_once_it_is_published(client: Client) -> None:
    first = Strategy.objects.get(code="IPS")
    second = make.strategy(code="IPS2", title="Second edition", supersedes=first, status="draft")
    make.goal(strategy=second, title="A goal of the second edition")
    assert "International Partnership Strategy" in text_of(client.get("/"))
    assert "A goal of the second edition" not in text_of(client.get("/"))
    second.status = "published"
    second.save()
    text = text_of(client.get("/"))
    assert "A goal of the second edition" in text
    assert "Secure collective interests" not in text


def test_without_content_it_says_how_to_load_it(client: Client) -> None:
    Strategy.objects.update(status="draft")
    page = client.get("/")
    assert page.status_code == 200
    assert "No strategy is loaded" in text_of(page)
    assert "python3 run.py load_content" in text_of(page)


def test_it_takes_no_other_parameters(client: Client) -> None:
    page = client.get("/", {"office": "STARCOM"})
    assert page.status_code == 400
    assert "office" in text_of(page)


def test_the_page_begins_with_the_work_of_the_reader_s_office(client: Client) -> None:
    client.post("/my-office/", {"office": "SFC"})
    content = main_of(client.get("/"))
    panel = content.one("section.my-office")
    assert content.html.index("my-office") < content.html.index("The strategy on one page")
    assert panel.one("h3").text == "Leads"
    assert "No source names what it coordinates or supports." in panel.text
    assert {
        *("/offices/SFC/", "/offices/SFC/brief/", "/matrix/?office=SFC", "/activities/IPS-A01/", "/goals/IPS-G3/"),
        *("/offices/FTF/", "/findings/assignment-to-office-not-standing/"),
    } <= panel.links
    assert panel.one("form")["action"] == "/my-office/forget/"
    # Training content never stands beside sourced content.
    make.strategy(code="TRN9", notional=True)
    assert not main_of(client.get("/?strategy=TRN9")).has(".my-office")
    client.post("/my-office/forget/")
    assert not main_of(client.get("/")).has(".my-office")
