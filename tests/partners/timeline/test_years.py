"""Engagements by nation and year: each number is that of the list behind it."""

import csv
import datetime
from io import StringIO

import pytest
from django.test import Client

from tests.support import factories as make
from tests.support.html import main_of, text_of

pytestmark = pytest.mark.django_db
YEARS = "/engagement-years/"


def file_rows(client: Client, **query: str) -> dict[str, dict[str, str]]:
    response = client.get("/engagement-years.csv", query)
    assert response.status_code == 200
    return {row["nation"]: row for row in csv.DictReader(StringIO(response.getvalue().decode("utf-8-sig")))}


def test_each_number_is_that_of_the_list_it_leads_to(client: Client) -> None:
    links = main_of(client.get(YEARS)).all("td a")
    assert len(links) > 100
    for link in links[::7]:
        address = link["href"].replace("/engagements/", "/api/v1/engagements/")
        assert client.get(address).json()["count"] == int(link.own_text), link["href"]


def test_page_and_file_say_the_same(client: Client) -> None:
    rows = file_rows(client)
    for row in main_of(client.get(YEARS)).all("tbody tr"):
        name = row.one("th").text
        numbers = [cell.own_text or next(iter(cell.texts("a, .none"))).split()[0] for cell in row.all("td")]
        values = next(values for nation, values in rows.items() if name.endswith(nation))
        assert [values[key] for key in values if key not in ("code", "nation")] == numbers


def test_an_uncertain_year_counts_in_each_that_it_may_be(client: Client) -> None:
    nation = make.partner(code="XXA", name="Xanadu", kind="nation", relation="ally")
    engagement = make.engagement(code="XA", start="2024/2025")
    make.participation(engagement=engagement, partner=nation)
    undated = make.engagement(code="XB", start="")
    make.participation(engagement=undated, partner=nation)
    row = file_rows(client)["Xanadu"]
    assert (row["2023"], row["2024"], row["2025"], row["all_years"]) == ("0", "1", "1", "2")


def test_two_roles_in_one_engagement_are_one(client: Client) -> None:
    nation = make.partner(code="XXB", name="Xanadu", kind="nation", relation="ally")
    engagement = make.engagement(code="XC", start="2024")
    for role in ("host", "participant"):
        make.participation(engagement=engagement, partner=nation, role=role)
    assert file_rows(client)["Xanadu"]["2024"] == "1"


def test_own_side_and_organizations_have_no_row(client: Client) -> None:
    names = set(file_rows(client))
    assert "United States" not in names
    assert "All engagements" in names


def test_without_any_engagement_it_says_so(client: Client) -> None:
    assert "No nation takes part in a recorded engagement." in text_of(client.get(YEARS, {"notional": "only"}))


@pytest.mark.parametrize("query", ["notional=yes", f"year={datetime.date.today().year}"])
def test_what_it_does_not_take_is_refused(client: Client, query: str) -> None:
    assert client.get(f"{YEARS}?{query}").status_code == 400
