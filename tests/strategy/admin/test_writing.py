"""What two editors write at once, and what one writes of something deleted: sentences, never a fault or a revenant."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connections
from django.test import Client

from lines_of_effort.models import Assignment
from strategy.models import Citation, Mitigation, Office, OfficeRelation, Risk, Source, Strategy, Subject
from tests.support import factories as make
from tests.support.admin_forms import (
    REMARKS,
    add_row,
    change_url,
    errors_of,
    form_for,
    form_of,
    refused,
    saved,
    url,
    value_of,
)
from tests.support.html import parse

# ---- One editor ----


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
        sent = {"action": "delete_selected", "_selected_action": [r.pk for r in risks], "post": "yes"}
    else:
        risks.pop().delete()
        address, sent = url(Risk, "delete", risks[0].pk), {"post": "yes"}
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


# ---- Two editors at once ----


@pytest.fixture
def editors(transactional_db: None) -> list[Client]:
    user = get_user_model().objects.create_superuser("editor")
    clients = [Client(raise_request_exception=False) for _ in range(2)]
    for client in clients:
        client.force_login(user)
    return clients


def at_once(*jobs: Callable[[], Any]) -> list[Any]:
    """The answers of requests that are sent at the same moment, each from a thread of its own."""
    barrier = threading.Barrier(len(jobs))
    answers: dict[int, Any] = {}

    def run(number: int, job: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            answers[number] = job()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answers[number] for number in range(len(jobs))]


def both_post(editors: list[Client], *posts: tuple[str, dict]) -> list[int]:
    sent = [lambda c=client, p=post: c.post(*p) for client, post in zip(editors, posts, strict=True)]
    return [answer.status_code for answer in at_once(*sent)]


def test_the_same_assignment(editors: list[Client]) -> None:
    for _ in range(3):
        form = form_of(editors[0], url(Assignment, "add"), Assignment)
        form |= {"activity": make.activity().pk, "office": make.office().pk, "role": "lead"}
        assert sorted(both_post(editors, *[(url(Assignment, "add"), form)] * 2)) == [200, 302]


def test_the_same_code(editors: list[Client]) -> None:
    for number in range(3):
        form = form_of(editors[0], url(Source, "add"), Source)
        posts = [
            (url(Source, "add"), form | {"code": f"S-{number}", "publisher": "P", "url": f"https://example.org/{page}"})
            for page in range(number * 2, number * 2 + 2)
        ]
        assert sorted(both_post(editors, *posts)) == [200, 302]


def test_codes_that_are_given(editors: list[Client]) -> None:
    goal, source = make.goal(), make.source()
    form = form_of(editors[0], url(Citation, "add"), Citation)
    form |= {"record_kind": "strategy.goal", "record_code": goal.code, "source": source.pk, "basis": "summary"}
    assert both_post(editors, *[(url(Citation, "add"), form)] * 2) == [302, 302]
    assert Citation.objects.filter(object_id=goal.pk, source=source).count() == 2


def test_deleting_against_editing(editors: list[Client]) -> None:
    for _ in range(3):
        office = make.office_name().office
        edit = (change_url(office), form_for(editors[0], office) | {"name": "Edited"})
        statuses = both_post(editors, edit, (url(Office, "delete", office.pk), {"post": "yes"}))
        assert statuses in ([200, 302], [302, 302])
        assert not Office.objects.filter(code=office.code).exists()


def test_superseding_each_other(editors: list[Client]) -> None:
    for _ in range(3):
        pair = [make.strategy(), make.strategy()]
        posts = [
            (change_url(one), form_for(editors[0], one) | {"supersedes": other.pk})
            for one, other in (pair, reversed(pair))
        ]
        assert sorted(both_post(editors, *posts)) == [200, 302]
        assert Strategy.objects.filter(pk__in=[row.pk for row in pair], supersedes=None).count() == 1


def test_offices_that_are_part_of_each_other(editors: list[Client]) -> None:
    pair = [make.office(), make.office()]
    posts = []
    for one, other in (pair, reversed(pair)):
        form = form_for(editors[0], one)
        add_row(form, "relations", kind="part_of", other=other)
        posts.append((change_url(one), form))
    assert sorted(both_post(editors, *posts)) == [200, 302]
    assert OfficeRelation.objects.filter(office__in=pair).count() == 1


def test_renaming_a_part_against_citing_it(editors: list[Client]) -> None:
    source = make.source()
    for number in range(3):
        name = make.office_name(value=f"Old {number}")
        rename = form_for(editors[0], name.office)
        rename[next(key for key, value in rename.items() if value == name.value)] = "New"
        cite = form_of(editors[0], url(Citation, "add"), Citation) | {"field": "names", "part": name.value}
        cite |= {"record_kind": "strategy.office", "record_code": name.office.code, "source": source.pk}
        cite["basis"] = "summary"
        assert both_post(editors, (change_url(name.office), rename), (url(Citation, "add"), cite))[0] == 302
        assert set(name.office.citations.values_list("part", flat=True)) <= {"New"}
