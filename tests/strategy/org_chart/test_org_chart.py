"""The organization chart: every office once, under what it is part of."""

import csv
from io import StringIO

import pytest
from django.test import Client

from strategy.models import Office
from tests.support import factories as make
from tests.support.html import main_of, text_of
from tests.support.query_counts import assert_queries_do_not_grow

pytestmark = pytest.mark.django_db
CHART = "/org-chart/"


def file_rows(client: Client, **query: str) -> list[dict[str, str]]:
    response = client.get("/org-chart.csv", query)
    assert response.status_code == 200
    return list(csv.DictReader(StringIO(response.getvalue().decode("utf-8-sig"))))


def test_every_office_stands_in_it_once(client: Client) -> None:
    codes = [row["code"] for row in file_rows(client)]
    assert sorted(codes) == sorted(Office.objects.visible("exclude").values_list("code", flat=True))
    assert main_of(client.get(CHART)).texts(".org__name .code") == codes


def test_an_office_stands_under_the_one_it_is_part_of(client: Client) -> None:
    rows = {row["code"]: row for row in file_rows(client)}
    assert rows["STARCOM"]["part_of"] == "USSF"
    assert int(rows["STARCOM"]["depth"]) == int(rows["USSF"]["depth"]) + 1
    item = next(item for item in main_of(client.get(CHART)).all("li") if item.has("[href='/offices/STARCOM/']"))
    assert any(around.has("[href='/offices/USSF/']") for around in item.ancestors())


def test_what_an_office_is_tasked_with_leads_to_the_list(client: Client) -> None:
    page = main_of(client.get(CHART))
    assert "/assignments/?office=STARCOM&role=coordinating" in page.links
    assert "/assignments/?office=STARCOM&role=lead" not in page.links


def test_one_that_is_part_of_two_names_the_second(client: Client) -> None:
    first, second, office = (make.office(code=code) for code in ("AAA", "BBB", "ZZZ"))
    for other in (second, first):
        make.office_relation(office=office, kind="part_of", other=other)
    row = next(row for row in file_rows(client) if row["code"] == "ZZZ")
    assert (row["part_of"], row["other_relations"]) == ("AAA", "also part of BBB")
    assert "Also part of BBB" in text_of(client.get(CHART))


def test_training_content_is_apart(client: Client) -> None:
    make.office(code="TRN-X", notional=True)
    assert "TRN-X" not in {row["code"] for row in file_rows(client)}
    assert "TRN-X" in {row["code"] for row in file_rows(client, notional="only")}
    assert "STARCOM" not in text_of(client.get(CHART, {"notional": "only"}))


@pytest.mark.parametrize("query", ["notional=yes", "office=STARCOM"])
def test_what_it_does_not_take_is_refused(client: Client, query: str) -> None:
    assert client.get(f"{CHART}?{query}").status_code == 400


def test_more_offices_cost_no_more_statements(client: Client) -> None:
    def more() -> None:
        parent = make.office()
        for _ in range(5):
            make.office_relation(office=make.office(), kind="part_of", other=parent)

    assert_queries_do_not_grow(client, CHART, lambda page: len(page.content), more)
