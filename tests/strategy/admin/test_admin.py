"""What the admin does with the strategy's records beyond what holds for every model."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from strategy.core.admin import MAX_ROWS
from strategy.models import Citation, Goal, Office, OfficeName, Source, Strategy
from tests.support import factories as make
from tests.support.admin_forms import (
    CITATIONS,
    add_row,
    change_url,
    confirmed,
    everything,
    form_for,
    form_of,
    new_office,
    office,
    refused,
    saved,
    searched,
    sent_from,
    submit,
    url,
)
from tests.support.html import parse

pytestmark = pytest.mark.django_db


# ---- The frame -----------------------------------------------------------------------------------------------------


def test_every_page_has_the_site_s_name_and_marking(admin_client: Client, settings: Any) -> None:
    settings.SITE_NAME, settings.MARKING = "Strategies of Ours", "CUI"
    pages = [
        admin_client.get(reverse("admin:index")),
        admin_client.get(url(Office)),
    ]
    for page in pages:
        body = parse(page)
        assert body.texts("div").count("CUI") == 2
        assert body.one(".site-part").text == "Admin"
        assert body.one(".site-part").parent.text == "Strategies of Ours Admin"
        assert body.one("head > title").text.endswith("| Strategies of Ours")


def test_the_strategy_comes_first(admin_client: Client) -> None:
    apps = admin_client.get(reverse("admin:index")).context_data["app_list"]
    assert [app["app_label"] for app in apps] == ["strategy", "lines_of_effort", "partners", "access", "auth"]
    names = [model["object_name"] for model in apps[1]["models"]]
    assert names == ["LineOfEffort", "ProcessStage", "Activity", "Assignment"]


@pytest.mark.parametrize("text", ["trainings", "cso", "foreign military sales"])
def test_the_search_finds_what_the_site_finds(admin_client: Client, client: Client, text: str) -> None:
    found = {record.code for record in client.get("/offices/", {"search": text}).context_data["page_obj"]}
    letters = Office.objects.filter(name__icontains=text) | Office.objects.filter(code__icontains=text)
    assert found - {record.code for record in letters}, "nothing beyond the letters: nothing was tested"
    page = admin_client.get(url(Office), {"q": text})
    assert found <= {row.code for row in page.context_data["cl"].result_list}
    picker = {"app_label": "lines_of_effort", "model_name": "assignment", "field_name": "office", "term": text}
    offered = admin_client.get(reverse("admin:autocomplete"), picker).json()["results"]
    assert found <= {row["text"].split()[0] for row in offered}


def test_a_search_that_cannot_be_asked_is_refused(admin_client: Client) -> None:
    many = " ".join(f"word{number}" for number in range(51))
    assert admin_client.get(url(Office), {"q": many}).status_code == 400
    picker = {"app_label": "lines_of_effort", "model_name": "assignment", "field_name": "office", "term": many}
    assert admin_client.get(reverse("admin:autocomplete"), picker).status_code == 400


# ---- Codes ---------------------------------------------------------------------------------------------------------


def test_a_code_stays_as_it_was_given(admin_client: Client) -> None:
    record = office("STARCOM")
    form = form_for(admin_client, record)
    assert "code" not in form
    saved(admin_client, change_url(record), form | {"code": "OTHER", "notional": "on", "name": "Renamed"})
    record.refresh_from_db()
    assert (record.code, record.notional, record.name) == ("STARCOM", False, "Renamed")


def test_a_code_in_a_table_stays_as_it_was_given(admin_client: Client) -> None:
    citation = Citation.objects.filter(object_id=office("STARCOM").pk, content_type__model="office")[0]
    form = form_for(admin_client, citation.record)
    assert f"{CITATIONS}-0-code" not in form
    saved(admin_client, change_url(citation.record), form | {f"{CITATIONS}-0-code": "X-1", f"{CITATIONS}-0-note": "x"})
    assert Citation.objects.filter(code=citation.code).exists()
    assert not Citation.objects.filter(code="X-1").exists()


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"code": "STARCOM"}, "already exists"),
        ({"code": ""}, "code: This field is required"),
        ({"code": "a b"}, "letters, digits"),
        ({"code": "A" * 61}, "at most 60"),
        ({"name": "a\x00b"}, "name: Null characters"),
        ({"note": "a\x00b"}, "note: Null characters"),
        ({"name": "a" * 201}, "at most 200"),
        ({"echelon": "moon"}, "echelon: Select a valid choice"),
        ({"established": "last summer"}, "not a date in EDTF form"),
        ({"members_as_of": "2025-13"}, "not a date in EDTF form"),
    ],
)
def test_a_wrong_value_is_an_error_of_its_field(admin_client: Client, values: dict[str, str], says: str) -> None:
    before = everything()
    assert says in refused(admin_client, url(Office, "add"), new_office(admin_client, **values))
    assert everything() == before


def test_line_ends_are_kept_as_in_the_fixtures(admin_client: Client) -> None:
    saved(admin_client, url(Office, "add"), new_office(admin_client, note="one\r\ntwo"))
    assert office("NEW-1").note == "one\ntwo"


# ---- Pointers ------------------------------------------------------------------------------------------------------


def arabic(number: int) -> str:
    """The number in the digits of another script, which Python reads as well."""
    return "".join(chr(ord("\u0660") + int(digit)) for digit in str(number))


@pytest.mark.parametrize("value", ["abc", "9" * 40, "-1", "1.5", "\x00", "arabic"])
def test_a_number_that_is_no_record_is_an_error(admin_client: Client, value: str) -> None:
    """In a form, and in an address that fills one in."""
    form = form_of(admin_client, url(Goal, "add"), Goal)
    value = arabic(Strategy.objects.get(code="IPS").pk) if value == "arabic" else value
    values = {"code": "G-9", "order": "9", "title": "Title", "statement": "Statement", "strategy": value}
    assert "strategy: " in refused(admin_client, url(Goal, "add"), form | values)
    assert admin_client.get(url(Goal, "add"), {"strategy": value}).status_code == 200


@pytest.mark.parametrize("value", ["abc", "9" * 40, "\x00"])
def test_a_number_among_several_that_is_no_record_is_an_error(admin_client: Client, value: str) -> None:
    mention = make.mention(offices=[office("STARCOM")])
    form = form_for(admin_client, mention) | {"offices": [str(office("STARCOM").pk), value]}
    assert "offices:" in refused(admin_client, change_url(mention), form)


def test_sourced_and_notional_records_are_not_tied(admin_client: Client) -> None:
    strategy, invented = Strategy.objects.get(code="IPS"), make.strategy(notional=True)
    form = form_for(admin_client, strategy) | {"supersedes": str(invented.pk)}
    assert "supersedes: " in (text := refused(admin_client, change_url(strategy), form))
    assert "may not be linked" in text


def test_a_picker_refuses_text_no_database_can_look_for(admin_client: Client) -> None:
    params = {"app_label": "strategy", "model_name": "goal", "field_name": "strategy"}
    for term in ("a\x00", "a" * 5000):
        assert admin_client.get(reverse("admin:autocomplete"), params | {"term": term}).status_code == 400


@pytest.mark.parametrize("number", ["abc", "9" * 40, "0"])
def test_an_address_without_a_record_leads_back(admin_client: Client, number: str) -> None:
    for action in ("change", "delete", "history"):
        assert admin_client.get(url(Office, action, number)).status_code == 302


# ---- Offices -------------------------------------------------------------------------------------------------------


def test_an_office_is_not_part_of_what_is_part_of_it(admin_client: Client) -> None:
    record, form = office("USSF"), form_for(admin_client, office("USSF"))
    add_row(form, "relations", kind="part_of", other=office("STARCOM"))
    assert "other: USSF would be part of itself." in refused(admin_client, change_url(record), form)
    form = form_for(admin_client, record)
    add_row(form, "relations", kind="part_of", other=record)
    assert "other: USSF would be part of itself." in refused(admin_client, change_url(record), form)


def test_a_new_office_comes_with_its_names(admin_client: Client, client: Client) -> None:
    # Its other names are searched for with its own, which no record may have in a text.
    form = new_office(admin_client, name="Quellian Office")
    add_row(form, "names", value="Zephyrline Bureau", kind="former")
    row = add_row(form, "names", value="Zephyrline Bureau", kind="official")
    assert "duplicate" in refused(admin_client, url(Office, "add"), form)
    saved(admin_client, url(Office, "add"), form | {f"{row}-value": "Zephyrline Post"})
    assert {name.value for name in office("NEW-1").names.all()} == {"Zephyrline Bureau", "Zephyrline Post"}
    assert searched(client, "zephyrline bureau") == ["NEW-1"]
    form = form_for(admin_client, office("NEW-1"))
    first = OfficeName.objects.get(value="Zephyrline Bureau")
    place = next(
        name.removesuffix("-id") for name, value in form.items() if name.startswith("names-") and value == str(first.pk)
    )
    saved(admin_client, change_url(office("NEW-1")), form | {f"{place}-DELETE": "on"})
    assert searched(client, "zephyrline bureau") == []


# ---- What many rows do ---------------------------------------------------------------------------------------------


def test_a_table_too_long_is_edited_in_its_own_list(admin_client: Client) -> None:
    source = make.source()
    goal = make.goal()
    for _ in range(MAX_ROWS + 1):
        make.citation(record=goal, source=source)
    for record in (source, goal):
        page = admin_client.get(change_url(record))
        (table,) = page.context_data["crowded"]
        assert table["count"] == MAX_ROWS + 1
        assert f"There are {MAX_ROWS + 1} of these" in page.content.decode()
        assert admin_client.get(table["url"]).context_data["cl"].result_count == MAX_ROWS + 1
    saved(admin_client, change_url(goal), form_for(admin_client, goal) | {"title": "Other"})
    assert goal.citations.count() == MAX_ROWS + 1


def test_rows_that_were_on_the_form_are_saved_though_others_came(admin_client: Client) -> None:
    goal = make.goal()
    for _ in range(MAX_ROWS):
        make.citation(record=goal)
    form = form_for(admin_client, goal)
    make.citation(record=goal)
    page = submit(admin_client, change_url(goal), form | {f"{CITATIONS}-3-locator": "p. 3"})
    assert page.status_code == 409
    saved(admin_client, change_url(goal), sent_from(page, Goal))
    assert goal.citations.filter(locator="p. 3").count() == 1


def test_a_form_of_many_rows_is_not_too_long_to_send(admin_client: Client) -> None:
    source = Source.objects.get(code="SRC-SEED")
    assert source.citations.count() > 100
    saved(admin_client, change_url(source), form_for(admin_client, source))
    assert settings.DATA_UPLOAD_MAX_NUMBER_FIELDS > MAX_ROWS * 9 * 3


# ---- Deleting ------------------------------------------------------------------------------------------------------


def test_what_others_rest_on_is_not_deleted(admin_client: Client) -> None:
    record = office("STARCOM")
    page = admin_client.get(url(Office, "delete", record.pk)).content.decode()
    assert "protected related objects" in page
    assert "ASG3" in page
    assert admin_client.post(url(Office, "delete", record.pk), confirmed()).status_code == 200
    assert "protected" in admin_client.post(url(Office), confirmed(record)).content.decode()
    assert Office.objects.filter(pk=record.pk).exists()


def test_what_is_deleted_is_found_no_more(admin_client: Client, client: Client) -> None:
    record = make.office(name="Quillfeather Bureau")
    make.citation(record=record, code="CIT-QUILL")
    assert searched(client, "quillfeather") == [record.code]
    assert admin_client.post(url(Office, "delete", record.pk), confirmed()).status_code == 302
    assert searched(client, "quillfeather") == []
    assert not Citation.objects.filter(code="CIT-QUILL").exists()


@pytest.mark.parametrize("chosen", ["abc", "9" * 40, "\x00"])
def test_an_action_on_no_record_does_nothing(admin_client: Client, chosen: str) -> None:
    before = everything()
    page = submit(admin_client, url(Office), confirmed() | {"action": "delete_selected", "_selected_action": [chosen]})
    assert page.status_code == 400
    assert everything() == before
