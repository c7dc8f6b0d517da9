"""The home page: the strategy in force on one page, and numbers that lead to exactly the rows they count."""

import re

import pytest
from django.test import Client

from lines_of_effort.models import Activity
from strategy.models import Goal, Means, Risk, Strategy
from tests.support import factories as make
from tests.support.html import Element, links_of, main_of, text_of

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
