"""Tasking edited in the admin."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from rest_framework.test import APIClient

from lines_of_effort.models import Activity, Assignment
from strategy.models import Office, Source
from tests.support import factories as make
from tests.support.admin_forms import add_row, change_url, form_for, form_of, refused, saved, searched, url
from tests.support.html import parse

pytestmark = pytest.mark.django_db


def activity(code: str = "IPS-A06") -> Activity:
    return Activity.objects.get(code=code)


def office(code: str) -> Office:
    return Office.objects.get(code=code)


def test_an_assignment_is_seen_everywhere_at_once(admin_client: Client, client: Client, api: APIClient) -> None:
    form = form_for(admin_client, activity())
    add_row(form, "assignments", office=office("SFC"), role="supporting", verb="buttresses", basis="reported")
    saved(admin_client, change_url(activity()), form)
    built = Assignment.objects.get(verb="buttresses")
    assert built.code.startswith("ASG-")
    assert "/offices/SFC/" in client.get("/activities/IPS-A06/").content.decode()
    assert "/activities/IPS-A06/" in client.get("/offices/SFC/").content.decode()
    result = api.get("/api/v1/activities/", {"office": "SFC", "role": "supporting"}).json()
    assert [row["code"] for row in result["results"]] == ["IPS-A06"]
    assert searched(client, "buttresses") == [built.code]


def test_a_role_takes_its_source_with_it(admin_client: Client, client: Client) -> None:
    source = Source.objects.get(code="SRC-SEED")
    form = form_for(admin_client, activity())
    row = add_row(form, "assignments", office=office("SFC"), role="supporting", locator="p. 4")
    assert "Choose the source" in refused(admin_client, change_url(activity()), form)
    training = make.source(notional=True)
    form[f"{row}-source"] = str(training.pk)
    assert "source: " in refused(admin_client, change_url(activity()), form)
    saved(admin_client, change_url(activity()), form | {f"{row}-source": str(source.pk)})
    built = Assignment.objects.get(activity=activity(), office__code="SFC")
    citation = built.citations.get()
    assert (built.basis, citation.basis) == ("summary", "summary")
    assert (citation.source, citation.locator) == (source, "p. 4")
    assert "p. 4" in client.get(built.get_absolute_url()).content.decode()


def test_a_role_without_a_source_is_entered_by_staff(admin_client: Client) -> None:
    form = form_for(admin_client, activity())
    add_row(form, "assignments", office=office("SFC"), role="supporting")
    saved(admin_client, change_url(activity()), form)
    built = Assignment.objects.get(activity=activity(), office__code="SFC")
    assert (built.basis, built.citations.count()) == ("entered", 0)


def test_who_may_not_cite_gives_no_source(client: Client) -> None:
    account = User.objects.create_user("clerk", is_staff=True)
    names = [f"{action}_{name}" for action in ("view", "add", "change") for name in ("activity", "assignment")]
    account.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(account)
    form = form_for(client, activity())
    source = Source.objects.get(code="SRC-SEED")
    assert not [name for name in form if name.endswith("-source")]
    add_row(form, "assignments", office=office("SFC"), role="supporting", source=source)
    saved(client, change_url(activity()), form)
    assert Assignment.objects.get(activity=activity(), office__code="SFC").citations.count() == 0


def test_an_assignment_is_edited_from_its_office(admin_client: Client, client: Client) -> None:
    form = form_for(admin_client, office("STARCOM"))
    assert form["assignments-0-role"] == "coordinating"
    saved(admin_client, change_url(office("STARCOM")), form | {"assignments-0-verb": "quillfeathers"})
    assert Assignment.objects.get(code="ASG3").verb == "quillfeathers"
    assert searched(client, "quillfeathers") == ["ASG3"]
    saved(
        admin_client,
        change_url(office("STARCOM")),
        form_for(admin_client, office("STARCOM")) | {"assignments-0-DELETE": "on"},
    )
    assert not Assignment.objects.filter(code="ASG3").exists()
    assert "ASG3" not in searched(client, "ASG3")


def test_the_same_assignment_twice_is_refused(admin_client: Client) -> None:
    form = form_for(admin_client, activity())
    add_row(form, "assignments", office=office("STARCOM"), role="coordinating")
    text = refused(admin_client, change_url(activity()), form)
    assert "duplicate data for office and role" in text or "This office already has this role" in text


def test_the_same_new_assignment_twice_in_one_form_is_refused(admin_client: Client) -> None:
    form = form_for(admin_client, activity())
    for _ in range(2):
        add_row(form, "assignments", office=office("SFC"), role="supporting")
    assert "duplicate data for office and role" in refused(admin_client, change_url(activity()), form)
    form = form_of(admin_client, url(Activity, "add"), Activity)
    form |= {"code": "IPS-A99", "title": "New", "kind": "theme", "strategy": str(activity().strategy_id)}
    rows = [add_row(form, "assignments", office=office("SFC"), role="supporting") for _ in range(2)]
    assert "duplicate data for office and role" in refused(admin_client, url(Activity, "add"), form)
    saved(admin_client, url(Activity, "add"), form | {f"{rows[0]}-role": "lead"})
    codes = [row.code for row in activity("IPS-A99").assignments.all()]
    assert len(set(codes)) == 2


def test_two_rows_with_one_code_are_refused(admin_client: Client) -> None:
    form = form_for(admin_client, activity())
    for code in ("SFC", "FTF"):
        add_row(form, "assignments", office=office(code), role="supporting", code="ASG-X")
    assert "code" in refused(admin_client, change_url(activity()), form)
    form = form_for(admin_client, activity())
    add_row(form, "assignments", office=office("SFC"), role="supporting", code="ASG1A")
    assert "already exists" in refused(admin_client, change_url(activity()), form)


def test_the_assignment_of_a_training_activity_is_training(admin_client: Client) -> None:
    invented, outsider = make.activity(notional=True), office("STARCOM")
    form = form_for(admin_client, invented)
    row = add_row(form, "assignments", office=outsider, role="lead")
    assert "office: STARCOM is sourced" in refused(admin_client, change_url(invented), form)
    insider = make.office(notional=True)
    saved(admin_client, change_url(invented), form | {f"{row}-office": str(insider.pk)})
    assert invented.assignments.get().notional is True


def test_a_place_under_a_line_needs_its_basis(admin_client: Client) -> None:
    unplaced = Activity.objects.filter(line_of_effort=None, notional=False)[0]
    line = activity().line_of_effort
    assert line is not None
    form = form_for(admin_client, unplaced) | {"line_of_effort": str(line.pk)}
    assert "line_basis: Say on what basis" in refused(admin_client, change_url(unplaced), form)


@pytest.mark.parametrize("question", ["led", "without_lead", "with_several_leads", "supported_not_led"])
def test_the_list_answers_who_leads_as_the_site_does(admin_client: Client, question: str) -> None:
    several = make.assignment(activity=make.assignment(role="lead").activity, role="lead").activity
    supported = make.assignment(role="supporting").activity
    expected = set(getattr(Activity.objects.visible(), question)())
    assert {several, supported} & expected
    page = admin_client.get(url(Activity), {"lead": question})
    assert set(page.context_data["cl"].queryset) == expected


@pytest.mark.parametrize(
    "params",
    [
        {"assignments__role": "lead"},
        {"assignments__office__code": "STARCOM", "assignments__role": "lead"},
        {"office": "STARCOM", "role": "lead"},
    ],
)
def test_office_and_role_are_not_two_filters_of_activities(admin_client: Client, params: dict[str, Any]) -> None:
    """They would be matched on different assignments; the list of assignments has both."""
    assert admin_client.get(url(Activity), params).status_code == 400
    page = admin_client.get(url(Assignment), {"q": "STARCOM", "role__exact": "lead"})
    assert list(page.context_data["cl"].queryset) == []
    page = admin_client.get(url(Assignment), {"q": "STARCOM", "role__exact": "coordinating"})
    assert [row.code for row in page.context_data["cl"].queryset] == ["ASG3"]


def test_the_list_says_that_nobody_is_named(admin_client: Client) -> None:
    page = parse(admin_client.get(url(Activity), {"q": "IPS-A06"}))
    assert page.texts("td.field-lead") == ["No lead named"]
    assert page.texts("td.field-coordinating > .code") == ["STARCOM"]
    assert page.texts("td.field-supporting") == ["None named"]
