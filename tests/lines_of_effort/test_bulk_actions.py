"""Bulk actions on tasking: chosen, read in words, confirmed, and one change set."""

from typing import Any

import pytest
from django.test import Client

from lines_of_effort.models import Activity, Assignment
from strategy.models import ChangeSet, Office
from tests.support import factories as make
from tests.support.admin_forms import confirmed, url
from tests.support.html import parse

pytestmark = pytest.mark.django_db


def next_form(page: Any) -> dict[str, Any]:
    """What a browser sends of the form of a bulk action as it is shown."""
    assert page.status_code in (200, 409), page.status_code
    form: dict[str, Any] = {}
    for field in parse(page).all("#content form input[name]"):
        form.setdefault(field["name"], []).append(field.get("value") or "")
    return form


def chosen(client: Client, action: str, records: list[Any], **choices: Any) -> Any:
    """The preview of an action on these records."""
    start = confirmed(*records) | {"action": action}
    del start["post"]
    page = client.post(url(type(records[0])), start)
    return client.post(url(type(records[0])), next_form(page) | choices)


def test_a_supporting_office_is_added_where_it_is_not(admin_client: Client) -> None:
    office, source = make.office(), make.source()
    new, old = make.activity(), make.assignment(office=office, role="supporting").activity
    page = chosen(admin_client, "add_supporting_office", [new, old], office=office.pk, source=source.pk, locator="p. 4")
    words = parse(page).texts(".planned li")
    assert words == [
        f"{new.code} {new.title}: {office.code} will support it",
        f"{old.code} {old.title}: {office.code} supports it already.",
    ]
    assert Assignment.objects.filter(office=office).count() == 1
    done = admin_client.post(url(Activity), next_form(page) | {"_reason": "Tasking memo"}, follow=True)
    assert "1 change was saved." in parse(done).one(".messagelist").text
    current = ChangeSet.objects.first()
    assert (current.kind, current.reason) == ("bulk", "Tasking memo")
    assert f"/changes/{current.version}/" in parse(done).links
    [row] = new.assignments.all()
    assert (row.office, row.role, row.citations.get().locator) == (office, "supporting", "p. 4")


def test_activities_are_moved_to_a_line(admin_client: Client) -> None:
    line = make.line_of_effort()
    rows = [make.activity(), make.activity(line_of_effort=line, line_basis="official")]
    page = chosen(admin_client, "move_to_line", rows, line_of_effort=line.pk, line_basis="entered")
    assert f"it stands under {line.code} already." in parse(page).text
    admin_client.post(url(Activity), next_form(page))
    assert [Activity.objects.get(pk=row.pk).line_of_effort for row in rows] == [line, line]
    assert Activity.objects.get(pk=rows[1].pk).line_basis == "official"


def test_an_office_is_replaced_everywhere_but_where_it_would_stand_twice(admin_client: Client) -> None:
    old, new = make.office(), make.office()
    free = make.assignment(office=old, role="lead")
    double = make.assignment(office=old, role="lead")
    make.assignment(office=new, role="lead", activity=double.activity)
    page = chosen(admin_client, "replace_office_everywhere", [old], office=new.pk)
    assert "This office already has this role on this activity." in parse(page).text
    admin_client.post(url(Office), next_form(page))
    assert [Assignment.objects.get(pk=row.pk).office for row in (free, double)] == [new, old]


def test_what_others_changed_since_the_preview_is_shown_first(admin_client: Client) -> None:
    row, new = make.assignment(role="lead"), make.office()
    page = chosen(admin_client, "replace_office", [row], office=new.pk)
    row.verb = "leads, says Lee"
    row.save()
    again = admin_client.post(url(Assignment), next_form(page))
    assert again.status_code == 409
    assert "leads, says Lee" in parse(again).one(".conflict").text
    assert Assignment.objects.get(pk=row.pk).office == row.office
    assert admin_client.post(url(Assignment), next_form(again)).status_code == 302
    assert Assignment.objects.get(pk=row.pk).office == new
