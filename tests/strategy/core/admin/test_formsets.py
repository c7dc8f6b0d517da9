"""Rows of a record that another editor deleted while its form was open: named in words, and no dead end."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from strategy.models import Citation, Office, OfficeName, Source
from tests.support import factories as make
from tests.support.admin_forms import (
    CITATIONS,
    add_row,
    change_url,
    form_for,
    office,
    saved,
    sent_from,
    submit,
)
from tests.support.html import parse

pytestmark = pytest.mark.django_db
NAMES = ("Quillfeather Bureau", "Zephyrline Post", "Umbrella Desk")


@pytest.fixture
def record() -> Office:
    record = make.office(name="Plain Office")
    for value in NAMES:
        record.names.create(value=value, kind="former")
    return record


def shown_errors(page: Any) -> str:
    return " ".join(parse(page).texts("ul.errorlist"))


def row_of(form: dict[str, Any], value: str) -> str:
    """How the names of the fields begin in the row with this value."""
    return next(name.removesuffix("-value") for name, text in form.items() if text == value)


def gone(value: str) -> None:
    OfficeName.objects.filter(value=value).delete()


def test_a_deleted_row_is_named_and_the_form_can_be_saved_without_it(admin_client: Client, record: Office) -> None:
    form = form_for(admin_client, record) | {"note": "Edited."}
    gone("Quillfeather Bureau")
    page = submit(admin_client, change_url(record), form | {f"{row_of(form, 'Umbrella Desk')}-value": "Parasol Desk"})
    assert page.status_code == 409
    errors = shown_errors(page)
    assert "Another editor deleted this row meanwhile: Value: Quillfeather Bureau; Kind: Former;" in errors
    again = sent_from(page, Office)
    assert again[f"{row_of(again, 'Quillfeather Bureau')}-DELETE"] == "on"
    saved(admin_client, change_url(record), again)
    assert {name.value for name in record.names.all()} == {"Zephyrline Post", "Parasol Desk"}
    record.refresh_from_db()
    assert record.note == "Edited."


def test_a_deleted_row_can_be_added_anew(admin_client: Client, record: Office) -> None:
    form = form_for(admin_client, record)
    gone("Zephyrline Post")
    again = sent_from(submit(admin_client, change_url(record), form), Office)
    del again[f"{row_of(again, 'Zephyrline Post')}-DELETE"]
    saved(admin_client, change_url(record), again)
    assert {name.value for name in record.names.all()} == set(NAMES)


def test_several_deleted_rows_among_new_ones(admin_client: Client, record: Office) -> None:
    form = form_for(admin_client, record)
    add_row(form, "names", value="New Desk", kind="former")
    gone("Quillfeather Bureau")
    gone("Umbrella Desk")
    page = submit(admin_client, change_url(record), form)
    assert "Quillfeather Bureau" in shown_errors(page)
    assert "Umbrella Desk" in shown_errors(page)
    saved(admin_client, change_url(record), sent_from(page, Office))
    assert {name.value for name in record.names.all()} == {"Zephyrline Post", "New Desk"}


def test_a_row_that_both_editors_delete_is_no_error(admin_client: Client, record: Office) -> None:
    form = form_for(admin_client, record)
    form |= {f"{row_of(form, 'Quillfeather Bureau')}-DELETE": "on"}
    gone("Quillfeather Bureau")
    page = submit(admin_client, change_url(record), form)
    assert page.status_code == 409
    assert "Quillfeather Bureau" not in shown_errors(page)
    saved(admin_client, change_url(record), sent_from(page, Office))
    assert record.names.count() == 2


def test_a_citation_deleted_meanwhile_is_named_by_its_source(admin_client: Client, record: Office) -> None:
    citation = make.citation(record=record, source=Source.objects.get(code="SRC-SEED"), locator="p. 77")
    form = form_for(admin_client, record)
    Citation.objects.filter(pk=citation.pk).delete()
    page = submit(admin_client, change_url(record), form)
    assert f"Source: {citation.source}" in shown_errors(page)
    assert "Locator: p. 77" in shown_errors(page)
    saved(admin_client, change_url(record), sent_from(page, Office))
    assert not record.citations.exists()


def test_a_row_that_could_only_be_read_is_left_out_without_a_word(admin_client: Client, record: Office) -> None:
    source = make.source()
    citation = make.citation(record=record, source=source)
    form = form_for(admin_client, source) | {"note": "Edited."}
    Citation.objects.filter(pk=citation.pk).delete()
    saved(admin_client, change_url(source), form)
    source.refresh_from_db()
    assert source.note == "Edited."


def test_who_may_not_delete_rows_goes_on_without_it(client: Client, record: Office) -> None:
    editor = User.objects.create_user("editor", is_staff=True)
    editor.user_permissions.set(Permission.objects.exclude(codename__startswith="delete_"))
    client.force_login(editor)
    form = form_for(client, record) | {"note": "Edited."}
    gone("Quillfeather Bureau")
    page = submit(client, change_url(record), form)
    assert "Quillfeather Bureau" in shown_errors(page)
    saved(client, change_url(record), sent_from(page, Office))
    assert {name.value for name in record.names.all()} == set(NAMES[1:])


@pytest.mark.parametrize("row_id", ["", "abc", "9" * 40, "\x00", "-1", "other"])
def test_a_row_that_was_never_there_is_told_alike(admin_client: Client, record: Office, row_id: str) -> None:
    other = office("STARCOM").names.create(value="Training Command", kind="former")
    form = form_for(admin_client, record)
    row = row_of(form, "Quillfeather Bureau")
    page = submit(
        admin_client, change_url(record), form | {f"{row}-id": str(other.pk) if row_id == "other" else row_id}
    )
    assert page.status_code == 200
    assert "Quillfeather Bureau" in shown_errors(page)


def test_an_error_of_a_field_that_is_not_shown_is_shown(admin_client: Client, record: Office) -> None:
    form = form_for(admin_client, record)
    add_row(form, CITATIONS, source=make.source(), basis="official")
    other = form | {f"{row_of(form, 'Quillfeather Bureau')}-office": str(office("STARCOM").pk)}
    page = submit(admin_client, change_url(record), other)
    assert page.status_code == 200
    assert "did not match the parent" in shown_errors(page)
