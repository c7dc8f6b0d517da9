"""The home page: the strategy in force on one page, and numbers that lead to exactly the rows they count."""

import re

import pytest
from django.test import Client

from lines_of_effort.models import Activity
from strategy.models import Goal, Means, Risk, Strategy
from tests.support import factories as make
from tests.support.subjects import links_of, main_of, text_of

pytestmark = pytest.mark.django_db


def counted(client: Client, url: str) -> int:
    """How many records the list or finding behind a link says it has."""
    found = re.search(r"(\d+) records?\b", text_of(client.get(url)))
    return int(found.group(1)) if found else 0


def numbers(client: Client) -> list[tuple[str, int]]:
    """Each linked number of the page: its address and itself."""
    page = main_of(client.get("/"))
    stats = re.findall(r'<li><a href="([^"]+)"><b>(\d+)</b>', page)
    gaps = re.findall(r'<dt><a href="([^"]+)">[^<]*</a></dt><dd><b>(\d+)</b>', page)
    assert len(stats) >= 8
    assert len(gaps) >= 8
    return [(url.replace("&amp;", "&"), int(number)) for url, number in stats + gaps]


def test_every_number_leads_to_exactly_what_it_counts(client: Client) -> None:
    assert [(url, counted(client, url)) for url, _ in numbers(client)] == numbers(client)


def test_the_map_has_ends_ways_means_and_risks(client: Client) -> None:
    links = links_of(client.get("/"))
    for model in (Goal, Activity, Means, Risk):
        rows = list(model.objects.visible())
        assert rows
        assert {row.get_absolute_url() for row in rows} <= links


def test_a_coordinator_is_not_shown_as_a_lead(client: Client) -> None:
    page = client.get("/")
    row = re.search(r'<li class="act"><a class="act__name" href="/activities/IPS-A06/">.*?</li>', main_of(page), re.S)
    assert row
    assert "coordinated by STARCOM" in row.group()
    assert "No lead named" in row.group()
    assert "Lead: </span>STARCOM" not in main_of(page)


def test_a_lead_that_does_not_stand_is_said_so(client: Client) -> None:
    row = re.search(r'href="/activities/IPS-A01/">.*?</li>', main_of(client.get("/")), re.S)
    assert row
    assert re.findall(r"Lead: </span>(\w+)</a><span class=\"act__standing\">(\w+)", row.group()) == [
        ("FTF", "interim"),
        ("SFC", "planned"),
    ]


def test_placements_of_our_own_are_marked(client: Client) -> None:
    text = text_of(client.get("/"))
    assert "4 of 5 placed here by our reading" in text
    assert "all lines of effort together serve every goal Stated in summary" in text


def test_that_all_lines_serve_every_goal_is_said_only_where_it_is_so(client: Client) -> None:
    make.goal(strategy=Strategy.objects.get(code="IPS"))
    text = text_of(client.get("/"))
    assert "all lines of effort together" not in text
    assert "lines of effort serve the goals" in text


def test_the_questions_of_a_reader_are_answered_from_here(client: Client) -> None:
    wanted = {"/offices/", "/matrix/", "/contacts/", "/trace/", "/risks/", "/partners/", "/read/", "/compare/"}
    assert wanted <= links_of(client.get("/"))


def test_training_content_is_not_on_it(client: Client) -> None:
    before = client.get("/").content
    make.strategy(notional=True, title="Invented")
    make.assignment(notional=True)
    assert client.get("/").content == before


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


def test_it_takes_no_parameters(client: Client) -> None:
    page = client.get("/", {"office": "STARCOM"})
    assert page.status_code == 400
    assert "office" in text_of(page)
