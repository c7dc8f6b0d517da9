"""What an editor writes of something deleted, doubled or needed elsewhere: sentences, and nothing lost."""

from typing import Any

import pytest
from django.test import Client

from strategy.models import Citation, Mitigation, Office, Risk, Subject
from tests.support import factories as make
from tests.support.admin_forms import (
    REMARKS,
    add_row,
    change_url,
    confirmed,
    errors_of,
    form_for,
    form_of,
    refused,
    saved,
    url,
    value_of,
)
from tests.support.html import parse


@pytest.mark.django_db
def test_a_record_that_was_deleted_meanwhile_keeps_what_was_typed(admin_client: Client) -> None:
    office = make.office(code="QUILL")
    name = make.office_name(office=office, value="The old quill")
    form = form_for(admin_client, office) | {"name": "The quill as typed"}
    office.delete()
    page = admin_client.post(change_url(office), form)
    assert "This office was deleted meanwhile; nothing was saved." in errors_of(page)
    assert not Office.objects.filter(code="QUILL").exists()
    typed = {field["value"] for field in parse(page).all("input[value]")}
    assert {"The quill as typed", name.value} <= typed
    [action] = parse(page).values("form#office_form", "action")
    again = form_of_page(page, "office") | {"code": "QUILL-2"}
    saved(admin_client, action, again)
    assert list(Office.objects.get(code="QUILL-2").names.values_list("value", flat=True)) == [name.value]


def form_of_page(page: Any, model_name: str) -> dict[str, Any]:
    """What a browser sends of the form on a page it was given."""
    form = parse(page).one(f"form#{model_name}_form")
    fields = {field["name"]: value_of(field) for field in form.all("input[name], select[name], textarea[name]")}
    return {name: value for name, value in fields.items() if value is not None}


@pytest.mark.django_db
def test_the_same_remark_twice_is_refused(admin_client: Client) -> None:
    goal, conflict = make.goal(), make.conflict()
    form = form_for(admin_client, goal)
    add_row(form, REMARKS, conflict=conflict)
    both = dict(form)
    add_row(both, REMARKS, conflict=conflict)
    assert "The same was saved meanwhile, or stands here twice." in refused(admin_client, change_url(goal), both)
    assert not goal.remarks.exists()
    saved(admin_client, change_url(goal), form)
    form = form_for(admin_client, goal)
    add_row(form, REMARKS, conflict=conflict)
    assert f"{conflict.code} is tied to this already." in refused(admin_client, change_url(goal), form)


@pytest.mark.django_db
def test_citations_follow_a_renamed_part_and_go_with_a_deleted_one(admin_client: Client) -> None:
    office = make.office()
    name = make.office_name(office=office, value="Old")
    citation = make.citation(record=office, field="names", part="Old")
    subject = make.subject(record=office, field="names", part="Old")
    other = make.citation(record=office)
    form = form_for(admin_client, office)
    form[next(key for key, value in form.items() if value == "Old" and key.startswith("names-"))] = "New"
    saved(admin_client, change_url(office), form)
    assert [Citation.objects.get(pk=citation.pk).part, Subject.objects.get(pk=subject.pk).part] == ["New", "New"]
    name.refresh_from_db()
    name.delete()
    assert list(office.citations.all()) == [other]
    assert not office.remarks.exists()


@pytest.mark.django_db
def test_evidence_about_a_deleted_source_goes_with_it() -> None:
    source = make.source()
    make.citation(record=source, source=make.source())
    source.delete()
    assert not Citation.objects.filter(content_type__model="source", object_id=source.pk).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("action", [False, True], ids=["page", "list"])
def test_the_last_record_that_another_needs_is_not_deleted(admin_client: Client, action: bool) -> None:
    risks = [make.risk(), make.risk()]
    mitigation = make.mitigation(risks=risks)
    if action:
        address = url(Risk)
        sent = confirmed(*risks)
    else:
        risks.pop().delete()
        risk = risks[0]
        address, sent = url(Risk, "delete", risk.pk), confirmed()
    page = admin_client.post(address, sent, follow=True)
    assert page.status_code == 200
    assert f"the mitigation {mitigation.code}, which needs at least one" in page.content.decode()
    assert set(Mitigation.objects.get(pk=mitigation.pk).risks.all()) == set(risks)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "typed", "place"),
    [
        ("title", "right\u202eleft", "Character 6, U+202E"),
        ("title", "one\ntwo", "Character 4, U+000A"),
        ("statement", "one\r\ntwo\ufffe", "Character 8, U+FFFE"),
        ("note", "bell\x07", "Character 5, U+0007"),
        ("note", "\u2066isolated", "Character 1, U+2066"),
        ("note", "c1\x85x", "Character 3, U+0085"),
        ("note", "\U0001fffe", "Character 1, U+1FFFE"),
    ],
)
def test_characters_that_cannot_be_kept(admin_client: Client, field: str, typed: str, place: str) -> None:
    goal = make.goal()
    form = form_for(admin_client, goal) | {field: typed}
    assert f"{field}: {place}, cannot be kept." in refused(admin_client, change_url(goal), form)


@pytest.mark.django_db
def test_other_scripts_and_lines_are_kept(admin_client: Client) -> None:
    goal = make.goal()
    texts = {"title": "\u0639\u0631\u0628\u064a \U0001f468\u200d\U0001f680 \u200f", "note": "one\n\ttwo"}
    saved(admin_client, change_url(goal), form_for(admin_client, goal) | texts)
    goal.refresh_from_db()
    assert (goal.title, goal.note) == (texts["title"].strip(), texts["note"])


@pytest.mark.django_db
def test_a_code_of_many_numbers_is_kept(admin_client: Client) -> None:
    code = "1-" * 29 + "1"
    form = form_of(admin_client, url(Office, "add"), Office)
    saved(admin_client, url(Office, "add"), form | {"code": code, "name": "N", "echelon": "joint", "link": "named"})
    assert Office.objects.filter(code=code).exists()
