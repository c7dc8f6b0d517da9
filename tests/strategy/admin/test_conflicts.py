"""A record that somebody changed while a form of it was open: what was typed is kept, and what they did is said."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError
from django.test import Client

from strategy.models import ChangeSet, Citation, Risk
from tests.support import factories as make
from tests.support.admin_forms import (
    CITATIONS,
    add_row,
    change_url,
    confirmed,
    errors_of,
    form_for,
    refused,
    saved,
    sent_from,
    url,
)
from tests.support.html import parse

pytestmark = pytest.mark.django_db


@pytest.fixture
def lee(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("lee", first_name="Lee", last_name="Park"))
    return client


def renamed(editor: Client, risk: Risk, title: str = "Lee's title") -> None:
    saved(editor, change_url(risk), form_for(editor, risk) | {"title": title, "_reason": "As signed"})


def test_a_form_is_merged_with_what_others_saved(admin_client: Client, lee: Client) -> None:
    mine, theirs = make.means(), make.means()
    risk = make.risk(title="Old title", note="Old note", means=[mine])
    kept, edited, gone = (make.citation(record=risk, locator=f"p. {page}") for page in (1, 2, 3))
    form = form_for(admin_client, risk)
    prefix = {form[f"{CITATIONS}-{n}-id"]: f"{CITATIONS}-{n}" for n in range(3)}

    other = form_for(lee, risk) | {"title": "Lee's title", "note": "Lee's note", "_reason": "As signed"}
    other |= {"means": [str(mine.pk), str(theirs.pk)], f"{prefix[str(gone.pk)]}-DELETE": "on"}
    other |= {f"{prefix[str(edited.pk)]}-locator": "p. 20", f"{prefix[str(edited.pk)]}-reason": "Lee's reason"}
    add_row(other, CITATIONS, source=make.source(), basis="summary", locator="p. 99")
    saved(lee, change_url(risk), other)

    form |= {"title": "My title", f"{prefix[str(edited.pk)]}-locator": "p. 21"}
    form |= {f"{prefix[str(kept.pk)]}-locator": "p. 10", f"{prefix[str(gone.pk)]}-locator": "p. 30"}
    page = admin_client.post(change_url(risk), form)
    assert page.status_code == 409
    box = parse(page).one(".conflict").text
    assert "Lee Park" in box
    assert "As signed" in box
    assert "Title: Old title → became Lee's title" in box
    errors = errors_of(page)
    assert "title: Lee Park changed this to “Lee's title” meanwhile." in errors
    assert "locator: Lee Park changed this to “p. 20” meanwhile." in errors
    assert "Another editor deleted this row meanwhile: " in errors
    assert "Locator: p. 30" in errors
    again = sent_from(page, Risk)
    assert (again["title"], again["note"], set(again["means"])) == (
        "My title",
        "Lee's note",
        {str(mine.pk), str(theirs.pk)},
    )
    assert Risk.objects.get(pk=risk.pk).title == "Lee's title"

    saved(admin_client, change_url(risk), again | {"_reason": "Mine"})
    risk.refresh_from_db()
    assert (risk.title, risk.note, risk.means.count()) == ("My title", "Lee's note", 2)
    locators = sorted(risk.citations.values_list("locator", flat=True))
    assert locators == ["p. 10", "p. 21", "p. 99"]
    assert Citation.objects.get(pk=edited.pk).reason == "Lee's reason"
    assert ChangeSet.objects.first().reason.startswith("Mine (after Lee Park's change of ")


def test_a_validation_error_does_not_hide_a_conflict(admin_client: Client, lee: Client) -> None:
    risk = make.risk()
    page = admin_client.post(change_url(risk), form_for(admin_client, risk) | {"title": ""})
    renamed(lee, risk)
    again = admin_client.post(change_url(risk), sent_from(page, Risk) | {"title": "Mine"})
    assert again.status_code == 409
    assert Risk.objects.get(pk=risk.pk).title == "Lee's title"


def test_what_is_not_of_the_record_is_no_conflict(admin_client: Client, lee: Client) -> None:
    risk, other = make.risk(), make.risk()
    form = form_for(admin_client, risk) | {"title": "Mine"}
    renamed(lee, other)
    saved(admin_client, change_url(risk), form)


def test_a_deletion_is_asked_again(admin_client: Client, lee: Client) -> None:
    risk = make.risk()
    address, sent = url(Risk, "delete", risk.pk), confirmed()
    renamed(lee, risk)
    page = admin_client.post(address, sent)
    assert page.status_code == 409
    assert "Lee's title" in parse(page).one(".conflict").text
    again = {field["name"]: field.get("value") or "" for field in parse(page).all("#content form input[name]")}
    assert admin_client.post(address, again | {"_reason": "Twice"}).status_code == 302
    assert not Risk.objects.filter(pk=risk.pk).exists()
    assert ChangeSet.objects.first().reason.startswith("Twice (after Lee Park's change of ")


def test_an_action_says_what_changed_and_is_asked_again(admin_client: Client, lee: Client) -> None:
    risks = [make.risk(), make.risk()]
    listed = confirmed(*risks)
    del listed["post"]
    renamed(lee, risks[0], "Once")
    page = admin_client.post(url(Risk), listed)
    assert (page.status_code, "Once" in parse(page).one(".conflict").text) == (200, True)
    sent: Any = {field["name"]: field.get("value") or "" for field in parse(page).all("#content form input[name]")}
    sent["_selected_action"] = [str(risk.pk) for risk in risks]
    renamed(lee, risks[1], "Twice")
    page = admin_client.post(url(Risk), sent)
    assert (page.status_code, "Twice" in parse(page).one(".conflict").text) == (409, True)
    sent["_base"] = parse(page).one("#content form input[name=_base]")["value"]
    assert admin_client.post(url(Risk), sent).status_code == 302
    assert not Risk.objects.filter(pk__in=[risk.pk for risk in risks]).exists()


@pytest.mark.parametrize("base", [None, "", "a\x00b", "WzEsICIiXQ:forged:signature"])
def test_a_form_that_does_not_say_when_it_was_shown_is_refused(admin_client: Client, base: str | None) -> None:
    risk = make.risk()
    for address, form in (
        (change_url(risk), form_for(admin_client, risk)),
        (url(Risk, "delete", risk.pk), confirmed()),
        (url(Risk), confirmed(risk)),
    ):
        del form["_base"]
        page = admin_client.post(address, form if base is None else form | {"_base": base})
        assert page.status_code == 400
        assert "does not say which state of the content it was opened with" in parse(page).text
    assert Risk.objects.filter(pk=risk.pk).exists()


@pytest.mark.parametrize("reason", ["x" * 1001, "a\x00b"])
def test_a_reason_that_cannot_be_kept_is_refused(admin_client: Client, reason: str) -> None:
    risk = make.risk(title="Old")
    page = admin_client.post(change_url(risk), form_for(admin_client, risk) | {"title": "New", "_reason": reason})
    assert (page.status_code, "Reason for this change" in parse(page).text) == (400, True)
    assert Risk.objects.get(pk=risk.pk).title == "Old"


def test_one_s_last_reasons_are_suggested(admin_client: Client, lee: Client) -> None:
    risk = make.risk()
    renamed(admin_client, risk, "One")
    assert "As signed" in parse(admin_client.get(change_url(risk))).values("#last-reasons option", "value")
    assert parse(lee.get(change_url(risk))).values("#last-reasons option", "value") == []


def test_who_waits_too_long_is_asked_to_try_again(admin_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    risk = make.risk()
    form = form_for(admin_client, risk) | {"title": "Typed"}

    def busy(*_: Any, **__: Any) -> Any:
        cause = Exception()
        cause.sqlite_errorname = "SQLITE_BUSY"  # as sqlite3 sets it
        raise OperationalError("database is locked") from cause

    with monkeypatch.context() as patch:
        patch.setattr("strategy.admin.editing.mixin.changeset", busy)
        page = admin_client.post(change_url(risk), form)
    assert (page.status_code, page["Retry-After"]) == (503, "5")
    assert "Somebody else is saving" in parse(page).text
    assert "database" not in parse(page).text.lower()
    sent = {field["name"]: field.get("value") or "" for field in parse(page).all("#content form input[name]")}
    saved(admin_client, change_url(risk), sent)
    assert Risk.objects.get(pk=risk.pk).title == "Typed"


def test_an_error_of_a_field_is_still_said(admin_client: Client) -> None:
    risk = make.risk()
    assert "title: This field is required" in refused(
        admin_client, change_url(risk), form_for(admin_client, risk) | {"title": ""}
    )
