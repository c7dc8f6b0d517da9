"""Every list can be taken away: the rows of the screen in every format, and nothing a spreadsheet would run."""

from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from strategy.core.exports import MEDIA_TYPES
from strategy.core.models import CodedModel
from strategy.models import Term
from tests.support import factories as make
from tests.support.downloads import as_text, download_rows
from tests.support.html import links_of
from tests.support.models import each_model, list_url, listed, visible

pytestmark = pytest.mark.django_db


@each_model
def test_every_format_has_every_row_of_the_list(client: Client, model: type[CodedModel]) -> None:
    url = list_url(model)
    rows = download_rows(client, url, "json")
    assert [row["code"] for row in rows] == [row.code for row in listed(model)]
    assert [row["name"] for row in rows[:40]] == [row.label for row in listed(model)[:40]]
    assert as_text(download_rows(client, url, "csv")) == as_text(rows)
    assert as_text(download_rows(client, url, "xlsx")) == as_text(rows)
    page = client.get(url)
    assert {f"{url.rstrip('/')}.{suffix}" for suffix in MEDIA_TYPES} <= links_of(page)


@each_model
def test_a_file_keeps_the_filters_and_refuses_what_the_page_refuses(client: Client, model: type[CodedModel]) -> None:
    url, code = list_url(model), visible(model).values_list("code", flat=True)[0]
    assert code in {row["code"] for row in download_rows(client, url, "json", search=code)}
    assert f"{url.rstrip('/')}.csv?search={code}" in links_of(client.get(url, {"search": code}))
    for parameters in ({"nonsense": "1"}, {"page": "1"}, {"ordering": "nope"}):
        assert client.get(f"{url.rstrip('/')}.csv", parameters).status_code == 400
    assert client.get(f"{url.rstrip('/')}.pdf").status_code == 404


def test_office_and_role_are_one_assignment_in_a_file_too(client: Client) -> None:
    params = {"office": "STARCOM", "role": "coordinating"}
    assert [row["code"] for row in download_rows(client, "/activities/", "csv", **params)] == ["IPS-A06"]
    assert download_rows(client, "/activities/", "csv", office="STARCOM", role="lead") == []
    assert download_rows(client, "/activities/", "json", office="STARCOM", role="lead") == []


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\uff1d"])
def test_a_formula_is_not_run(client: Client, sign: str) -> None:
    text = f"{sign}1+1"
    term = make.term()
    # Past the model, which refuses some of these by now.
    Term.objects.filter(pk=term.pk).update(term=text)
    (row,) = download_rows(client, "/terms/", "csv", search=term.code)
    assert row["name"] == f"'{text}"
    response = client.get("/terms.xlsx", {"search": term.code})
    cell = load_workbook(BytesIO(response.getvalue())).active["B2"]
    assert (cell.data_type, cell.value.strip()) == ("s", text.strip())


def test_training_content_is_in_a_file_only_when_asked_for(client: Client) -> None:
    invented = make.goal(notional=True)
    assert invented.code not in {row["code"] for row in download_rows(client, "/goals/", "json")}
    assert [row["code"] for row in download_rows(client, "/goals/", "csv", notional="only")] == [invented.code]


def test_the_findings_can_be_taken_away(client: Client) -> None:
    rows = download_rows(client, "/findings/", "json")
    assert {row["id"] for row in rows} >= {"activity-without-lead"}
    assert (
        as_text(download_rows(client, "/findings/", "csv"))
        == as_text(rows)
        == as_text(download_rows(client, "/findings/", "xlsx"))
    )
    assert client.get("/findings.csv", {"severity": "error"}).status_code == 400
