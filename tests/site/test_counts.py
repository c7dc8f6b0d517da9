"""One count, one meaning: a number in a link is the number of rows of the list behind the link, on every page."""

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import resolve

from tests.support.html import Element, main_of
from tests.support.page_kinds import ALIKE, PAGES, STATUS

pytestmark = pytest.mark.django_db
NUMBER = re.compile(r"(?<![\w.,-])\d+(?![\w.,-])")
HAS_ROWS = {name: address for name, address in PAGES.items() if name not in STATUS}


@pytest.fixture(scope="module")
def known() -> dict[str, int]:
    """The number of rows of each list that was opened."""
    return {}


def counted_links(page: Element, address: str) -> list[tuple[str, str]]:
    """Each link with one number in its words that leads to a list or finding: the words, and the address."""
    result = []
    sizes = set(page.values(".page-sizes a", "href"))
    for link in page.all("a[href]"):
        target = link["href"] if not link["href"].startswith("?") else urlsplit(address).path + link["href"]
        # A value that is chosen is taken away by its link; search counts the hits of a kind it shows.
        if not target.startswith("/") or "page=" in target or link.get("aria-current") or "download" in link:
            continue
        if link["href"] in sizes:
            continue
        name = resolve(urlsplit(target).path).view_name
        is_list = not name.startswith("api:") and (name.endswith("-list") or name == "finding-detail")
        if is_list and len(NUMBER.findall(link.text)) == 1:
            result.append((link.text, target))
    return result


def rows_of(client: Client, address: str) -> int:
    """How many records a list says it has."""
    page = main_of(client.get(address))
    found = re.search(r"(\d+) records?\b", page.text)
    assert found or page.has(".empty"), f"{address} does not say how many it has"
    return int(found.group(1)) if found else 0


@pytest.mark.parametrize("address", [*HAS_ROWS.values(), *ALIKE])
def test_a_number_is_that_of_the_list_behind_it(client: Client, known: dict[str, int], address: str) -> None:
    wrong = {}
    for words, target in counted_links(main_of(client.get(address)), address):
        if target not in known:
            known[target] = rows_of(client, target)
        if int(NUMBER.findall(words)[0]) != known[target]:
            wrong[f"{words}: {target}"] = known[target]
    assert wrong == {}


def test_numbers_are_found() -> None:
    """The test above reads links; without any it would say nothing."""
    client = Client()
    assert len(counted_links(main_of(client.get("/")), "/")) >= 10
    assert len(counted_links(main_of(client.get("/partners/US-STARCOM/")), "/partners/US-STARCOM/")) >= 2


def test_a_table_counts_what_its_title_says(client: Client) -> None:
    page = main_of(client.get("/lines-of-effort/IPS-L1/"))
    assert page.section("Goals served").one("h2").text == "Goals served (3)"


def test_a_trace_says_how_many_activities_the_goal_itself_has(client: Client) -> None:
    own = main_of(client.get("/goals/IPS-G2/")).section("Activities and leads").one("h2").text
    number = NUMBER.findall(own)[0]
    assert f"activities ({number} linked to the goal itself" in main_of(client.get("/trace/?focus=IPS-G2")).text
