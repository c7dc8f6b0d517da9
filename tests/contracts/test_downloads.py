"""Every list can be taken away: the rows of the screen in every format, and nothing a spreadsheet would run."""

import csv
import json
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from strategy.core.exports import MEDIA_TYPES
from strategy.core.models import CodedModel
from tests.support import factories as make

from ..support.subjects import IDS, MODELS, links_of, list_url, visible

pytestmark = pytest.mark.django_db
each_model = pytest.mark.parametrize("model", MODELS, ids=IDS)


def taken(client: Client, url: str, suffix: str, **parameters: str) -> list[dict[str, Any]]:
    """The rows of a file, each as column and text."""
    response = client.get(f"{url.rstrip('/')}.{suffix}", parameters)
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == MEDIA_TYPES[suffix]
    assert response["Content-Disposition"].endswith(f'.{suffix}"')
    content = response.getvalue()
    if suffix == "json":
        return json.loads(content)
    if suffix == "csv":
        return list(csv.DictReader(StringIO(content.decode(), newline="")))
    sheet = load_workbook(BytesIO(content)).active
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def words(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    """CSV knows only text, and an empty cell of a workbook is None. A workbook writes each line break as one sign."""
    return [{name: "" if value is None else str(value) for name, value in row.items()} for row in rows]


@each_model
def test_every_format_has_every_row_of_the_list(client: Client, model: type[CodedModel]) -> None:
    url = list_url(model)
    rows = taken(client, url, "json")
    assert [row["code"] for row in rows] == list(visible(model).values_list("code", flat=True))
    assert [row["name"] for row in rows[:40]] == [row.label for row in visible(model)[:40]]
    assert words(taken(client, url, "csv")) == words(rows)
    assert words(taken(client, url, "xlsx")) == words(rows)
    page = client.get(url)
    assert {f"{url.rstrip('/')}.{suffix}" for suffix in MEDIA_TYPES} <= links_of(page)


@each_model
def test_a_file_keeps_the_filters_and_refuses_what_the_page_refuses(client: Client, model: type[CodedModel]) -> None:
    url, code = list_url(model), visible(model).values_list("code", flat=True)[0]
    assert code in {row["code"] for row in taken(client, url, "json", search=code)}
    assert f"{url.rstrip('/')}.csv?search={code}" in links_of(client.get(url, {"search": code}))
    for parameters in ({"nonsense": "1"}, {"page": "1"}, {"ordering": "nope"}):
        assert client.get(f"{url.rstrip('/')}.csv", parameters).status_code == 400
    assert client.get(f"{url.rstrip('/')}.pdf").status_code == 404


def test_office_and_role_are_one_assignment_in_a_file_too(client: Client) -> None:
    asked = {"office": "STARCOM", "role": "coordinating"}
    assert [row["code"] for row in taken(client, "/activities/", "csv", **asked)] == ["IPS-A06"]
    assert taken(client, "/activities/", "csv", office="STARCOM", role="lead") == []
    assert taken(client, "/activities/", "json", office="STARCOM", role="lead") == []


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\uff1d"])
def test_a_formula_is_not_run(client: Client, sign: str) -> None:
    text = f"{sign}1+1"
    term = make.term(term=text)
    (row,) = taken(client, "/terms/", "csv", search=term.code)
    assert row["name"] == f"'{text}"
    response = client.get("/terms.xlsx", {"search": term.code})
    cell = load_workbook(BytesIO(response.getvalue())).active["B2"]
    assert (cell.data_type, cell.value.strip()) == ("s", text.strip())


def test_training_content_is_in_a_file_only_when_asked_for(client: Client) -> None:
    invented = make.goal(notional=True)
    assert invented.code not in {row["code"] for row in taken(client, "/goals/", "json")}
    assert [row["code"] for row in taken(client, "/goals/", "csv", notional="only")] == [invented.code]


def test_the_findings_can_be_taken_away(client: Client) -> None:
    rows = taken(client, "/findings/", "json")
    assert {row["id"] for row in rows} >= {"activity-without-lead"}
    assert words(taken(client, "/findings/", "csv")) == words(rows) == words(taken(client, "/findings/", "xlsx"))
    assert client.get("/findings.csv", {"severity": "error"}).status_code == 400
