"""What a reader chooses of how a list is shown: columns, order by its heads, rows to a page, dates."""

import csv

import pytest
from django.test import Client

from strategy.models import Office
from tests.support import factories as make
from tests.support.html import main_of, text_of

pytestmark = pytest.mark.django_db
# The columns that the list of goals has by itself, by their names in an address.
GOAL_COLUMNS = {
    "statement": "Statement",
    "activities_linked": "Activities linked",
    "with_a_lead_named": "With a lead named",
    "with_a_coordinating_office": "With a coordinating office",
    "with_a_supporting_office": "With a supporting office",
    "basis": "Basis",
}


def heads(client: Client, address: str) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    return [cell.text for cell in main_of(response).all("#list-rows thead th")]


def test_the_columns_are_those_asked_for_in_their_order(client: Client):
    assert heads(client, "/goals/") == ["Record", *GOAL_COLUMNS.values()]
    assert heads(client, "/goals/?columns=basis,order,statement") == ["Record", "Basis", "Order", "Statement"]
    assert heads(client, "/engagements/?columns=location") == ["Record", "Location"]
    assert heads(client, "/partners/?columns=region,kind") == ["Record", "Region", "Kind"]


def test_a_file_has_the_columns_asked_for(client: Client):
    response = client.get("/goals.csv?columns=basis,order")
    lines = csv.reader(b"".join(response.streaming_content).decode("utf-8-sig").splitlines())
    assert next(lines) == ["code", "name", "basis", "order", "notional", "web_url"]
    page = main_of(client.get("/goals/?columns=basis,order"))
    assert "/goals.csv?columns=basis%2Corder" in page.links


@pytest.mark.parametrize("address", ["/goals/", "/goals.csv", "/engagements/", "/partners.xlsx"])
@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        ("bases", "There is no column 'bases'. Did you mean 'basis'?"),
        ("basis,basis", "twice"),
        ("basis,,note", "There is no column ''."),
        ("code_order", "There is no column 'code_order'."),
    ],
)
def test_columns_that_do_not_exist_are_refused(client: Client, address: str, columns: str, problem: str):
    response = client.get(address, {"columns": columns})
    assert response.status_code == 400
    assert problem in text_of(response)


def test_a_page_that_draws_no_table_takes_no_columns(client: Client):
    assert client.get("/risks/", {"columns": "basis"}).status_code == 400
    assert client.get("/risks.csv", {"columns": "basis"}).status_code == 200


def test_columns_are_chosen_by_a_form_that_keeps_the_rest(client: Client):
    form = main_of(client.get("/goals/?ordering=title&page_size=25&page=1")).one("form.columns-form")
    boxes = {box["value"]: "checked" in box for box in form.all("input[name=columns]")}
    assert [name for name, shown in boxes.items() if shown] == list(GOAL_COLUMNS)
    assert "note" in boxes
    assert {box["name"]: box["value"] for box in form.all("input[type=hidden]")} == {
        "ordering": "title",
        "page_size": "25",
    }
    sent = client.get("/goals/?ordering=title&columns=basis&columns=note")
    assert sent["Location"] == "/goals/?ordering=title&columns=basis%2Cnote"
    assert heads(client, sent["Location"]) == ["Record", "Basis", "Note"]


def test_heads_order_the_list_and_say_so(client: Client):
    def head(address: str) -> tuple[str, str]:
        cell = next(iter(main_of(client.get(address)).all("#list-rows thead th")))
        return (cell.get("aria-sort") or "", next(iter(cell.links)))

    assert head("/terms/?defined=true") == ("", "?defined=true&ordering=term")
    assert head("/terms/?ordering=term&page_size=25") == ("ascending", "?ordering=-term&page_size=25")
    assert head("/terms/?ordering=-term") == ("descending", "?ordering=term")
    links = main_of(client.get("/engagements/")).all("#list-rows thead a")
    assert [link.text for link in links] == ["Engagement", "When"]
    assert client.get("/engagements/", {"ordering": "start_latest"}).status_code == 200


def test_rows_on_a_page_are_a_choice_where_there_are_many(client: Client):
    response = client.get("/citations/", {"page_size": "25", "page": "2"})
    sizes = {choice.label: choice for choice in response.context_data["page_sizes"]}
    assert [label for label, choice in sizes.items() if choice.chosen] == ["25"]
    assert sizes["200"].url == "?page_size=200"
    assert len(client.get("/citations/", {"page_size": "200"}).context_data["page_obj"]) == 200
    assert client.get("/goals/").context_data["page_sizes"] == []


def test_choices_outlive_the_filter_form(client: Client):
    page = main_of(client.get("/engagements/?columns=kind&page_size=25&lane=kind"))
    kept = {field["name"]: field["value"] for field in page.all("form.filters [type=hidden]")}
    assert kept == {"columns": "kind", "page_size": "25", "lane": "kind"}


def test_an_empty_list_speaks_of_filters_only_where_there_are_some(client: Client):
    assert "No record is entered." in text_of(client.get("/indicators/"))
    assert "Take a filter away, or show all" in text_of(client.get("/indicators/?search=xyzzy"))


def test_a_list_with_dates_asks_for_a_range(client: Client):
    page = main_of(client.get("/engagements/"))
    assert page.has("input[name=start__gte]:not([type=hidden])")
    assert page.has("input[name=start__lte]:not([type=hidden])")
    everything = client.get("/engagements/").context_data["page_obj"].paginator.count
    some = client.get("/engagements/", {"start__gte": "2024", "start__lte": "2024"}).context_data["page_obj"]
    assert 0 < some.paginator.count < everything
    assert not main_of(client.get("/goals/")).has("input[name$=__gte]:not([type=hidden])")


def test_offices_that_are_tasked_come_first_and_the_others_are_folded(client: Client):
    response = client.get("/offices/", {"page_size": "200"})
    rows = list(response.context_data["page_obj"])
    tasked = set(Office.objects.visible().tasked().values_list("code", flat=True))
    assert {row.code for row in rows[: len(tasked)]} == tasked
    page = main_of(response)
    assert len(page.all("#list-rows tbody tr")) == len(tasked)
    assert len(page.all("details table tbody tr")) == len(rows) - len(tasked)
    assert not main_of(client.get("/offices/?tasked=false")).has("details table")


def test_the_picker_leads_to_every_office(client: Client):
    make.office(code="ZZ-9", name="Åzz")
    options = main_of(client.get("/offices/")).values("#office-picker option", "value")
    assert len(options) == Office.objects.visible().count()
    for code in options:
        assert client.get("/search/", {"q": code, "type": "office"})["Location"] == f"/offices/{code}/"
