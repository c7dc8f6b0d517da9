"""Two offices side by side: what each has, what both have, and what no source says."""

import csv
from io import StringIO

import pytest
from django.test import Client

from tests.support import factories as make
from tests.support.html import main_of, text_of
from tests.support.query_counts import assert_queries_do_not_grow

pytestmark = pytest.mark.django_db
PAGE = "/compare-offices/"


def file_rows(client: Client, **query: str) -> list[dict[str, str]]:
    response = client.get("/compare-offices.csv", query)
    assert response.status_code == 200
    return list(csv.DictReader(StringIO(response.getvalue().decode("utf-8-sig"))))


def cells_of(client: Client, aspect: str, **query: str) -> list[str]:
    for row in main_of(client.get(PAGE, query)).all("tbody tr"):
        if row.one("th").text == aspect:
            return row.texts("td")
    raise AssertionError(f"there is no row '{aspect}'")


def test_each_has_its_own_roles(client: Client) -> None:
    coordinates = cells_of(client, "Coordinates", a="STARCOM", b="CSRO")
    assert "IPS-A06" in coordinates[0]
    assert coordinates[1] == "None named"
    leads = cells_of(client, "Leads", a="STARCOM", b="CSRO")
    assert leads[0] == "None named"
    assert "IPS-A02" in leads[1]


def test_what_both_have_is_marked(client: Client) -> None:
    rows = file_rows(client, a="FTF", b="SFC")
    assert [row["office"] for row in rows if row["code"] == "IPS-A01" and row["in_both"] == "True"] == ["FTF", "SFC"]
    assert "Both have a role in IPS-A01." in text_of(client.get(PAGE, {"a": "FTF", "b": "SFC"}))
    assert cells_of(client, "Leads", a="FTF", b="SFC")[0].endswith("both")


def test_without_a_common_activity_it_says_so(client: Client) -> None:
    assert "No source gives both of them a role" in text_of(client.get(PAGE, {"a": "FTF", "b": "NRO"}))


def test_page_and_file_have_the_same_records(client: Client) -> None:
    page = main_of(client.get(PAGE, {"a": "FTF", "b": "CSRO"}))
    assert sorted(page.texts("td .record .code")) == sorted(row["code"] for row in file_rows(client, a="FTF", b="CSRO"))


def test_before_two_are_chosen_there_is_a_form(client: Client) -> None:
    page = main_of(client.get(PAGE, {"a": "FTF"}))
    assert page.one("#office-a option[selected]")["value"] == "FTF"
    assert not page.has("table")
    names = page.texts("#office-b option")[1:]
    assert names == sorted(names)


@pytest.mark.parametrize(
    ("query", "words"), [({"a": "STARCOMM"}, "Did you mean 'STARCOM'?"), ({"c": "SSC"}, "Unknown parameter")]
)
def test_what_it_does_not_know_is_refused(client: Client, query: dict[str, str], words: str) -> None:
    response = client.get(PAGE, query)
    assert response.status_code == 400
    assert words in text_of(response)


def test_more_tasks_cost_no_more_queries(client: Client) -> None:
    first, second = make.office(code="AAA"), make.office(code="BBB")

    def more() -> None:
        for office in (first, second):
            for _ in range(4):
                activity = make.activity()
                make.assignment(activity=activity, office=office, role="lead")
                make.activity_goal(activity=activity, goal=make.goal())

    more()
    assert_queries_do_not_grow(client, f"{PAGE}?a=AAA&b=BBB", lambda page: len(page.content), more)
