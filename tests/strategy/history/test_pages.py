"""Pages of the history: of a record, of all changes, of one change set, and the feed."""

import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone

from strategy.history import changeset
from strategy.history.models import MAX_REASON
from strategy.models import ChangeSet, Goal, Office, Risk
from tests.support import factories as make
from tests.support.html import parse
from tests.support.models import MODELS
from tests.support.query_counts import MAX_QUERIES, reader_queries_of
from tests.support.rich_records import rich_record

pytestmark = pytest.mark.django_db
EDIT = ChangeSet.Kind.EDIT


@pytest.fixture
def lee() -> User:
    return User.objects.create_user("lee", "lee@example.org", first_name="Lee", last_name="Roe")


@pytest.fixture
def clerk() -> tuple[User, Client]:
    user = User.objects.create_user("clerk", is_staff=True)
    client = Client()
    client.force_login(user)
    return user, client


def test_every_record_page_leads_to_its_history(client: Client) -> None:
    for model in MODELS:
        record = rich_record(model)
        address = record.get_absolute_url()
        assert f"{address}history/" in parse(client.get(address)).values(".tools a", "href"), model
        assert client.get(f"{address}history/").status_code == 200, model


def test_the_history_of_a_record_says_who_when_why_and_what(client: Client, lee: User) -> None:
    risk = make.risk(title="Old words stay here", means=[make.means()])
    means = make.means()
    with changeset(lee, "On <order>", EDIT) as current:
        risk.title = "New words stay here"
        risk.save()
        risk.means.set([means])
        make.citation(record=risk)
    Risk.objects.filter(pk=risk.pk).update(note="By hand")
    page = parse(client.get(f"{risk.get_absolute_url()}history/"))
    by_hand, text, *_ = [" ".join(article.split()) for article in page.texts("article")]
    assert "Not recorded by whom" in by_hand
    assert "No reason was given." in by_hand
    assert "Edit. Lee Roe." in text
    assert "On <order>" in text
    assert "lee@example.org" not in text
    assert re.search(r"Removed: Old.*Added: New", text)
    assert means.code in text
    assert "last changed" not in text.lower()
    assert f"/changes/{current.version}/" in page.values("article a", "href")


def test_a_deleted_record_still_answers(client: Client, lee: User) -> None:
    goal = make.goal(title="Once")
    address = f"{goal.get_absolute_url()}history/"
    with changeset(lee, "No longer needed", EDIT):
        goal.delete()
    response = client.get(address)
    assert response.status_code == 410
    text = " ".join(parse(response).text.split())
    assert "This record was deleted: Lee Roe," in text
    assert "No longer needed" in text
    assert client.get("/goals/NEVER-WAS/history/").status_code == 404
    assert client.get("/nothing/X/history/").status_code == 404
    assert client.get("/findings/record-without-source/history/").status_code == 404


def test_what_changed_is_filtered(client: Client, lee: User) -> None:
    office, goal = make.office(), make.goal()
    with changeset(lee, "", EDIT) as on_office:
        make.assignment(office=office)
    with changeset(None, "", ChangeSet.Kind.BULK) as on_goal:
        Goal.objects.filter(pk=goal.pk).update(title="Other")

    def versions(query: str) -> list[str]:
        return [code[1:] for code in parse(client.get(f"/changes/?{query}")).values("article", "id")]

    everything = versions("")
    assert everything[:2] == [str(on_goal.version), str(on_office.version)]
    assert versions(f"office={office.code}")[0] == str(on_office.version)
    assert str(on_goal.version) not in versions(f"office={office.code}")
    assert versions("kind=bulk") == [str(on_goal.version)]
    assert versions("editor=Lee+Roe") == [str(on_office.version)]
    assert versions("record_type=goal&since=2020")[0] == str(on_goal.version)
    assert versions("since=2999") == versions("until=1999-12") == []
    assert len(versions("since=2020-01-01T00:00:00Z&until=2999")) == len(everything)
    for query, sentence in {
        "offfice=A": "Did you mean 'office'",
        "office=NO-SUCH": "There is no office 'NO-SUCH'",
        "kind=edits": "Did you mean 'edit'",
        "editor=Lee+Row": "Did you mean 'Lee Roe'",
        "record_type=goals": "Did you mean 'goal'",
        "since=soon": "is not a date",
        "since=2026&until=2025": "Is before since",
    }.items():
        for address in ("/changes/", "/changes.atom"):
            response = client.get(f"{address}?{query}")
            assert response.status_code == 400, query
            assert sentence in parse(response).text, query
    assert client.get("/changes/?page=999").status_code == 404
    assert client.get(f"/changes/{10**30}/").status_code == 404


def test_content_loaded_is_told_as_numbers(client: Client) -> None:
    with changeset(None, "From a folder", ChangeSet.Kind.LOAD) as loaded:
        for _ in range(60):
            make.term()
    page = parse(client.get("/changes/?kind=load"))
    assert "Terms: 60 added" in " ".join(page.text.split())
    first = parse(client.get(f"/changes/{loaded.version}/")).text
    assert "rows 1 to 50 of" in " ".join(first.split())
    assert client.get(f"/changes/{loaded.version}/?page=2").status_code == 200


def test_queries_do_not_grow_with_the_change_sets(client: Client) -> None:
    activity = make.activity()

    def edit(count: int) -> None:
        for _ in range(count):
            with changeset(None, "", EDIT):
                make.activity_goal(activity=activity)
                activity.title += "!"
                activity.save()

    for address in (f"/changes/?record_type=activity&since={timezone.now().isoformat()[:19]}Z", "history/"):
        address = address if address[0] == "/" else activity.get_absolute_url() + address
        edit(3)
        few, _, _ = reader_queries_of(client, address)
        edit(6)
        many, text, _ = reader_queries_of(client, address)
        assert few == many <= MAX_QUERIES, text


def test_the_feed_is_atom(client: Client, lee: User) -> None:
    with changeset(lee, "A & B", EDIT) as current:
        make.risk(title="<Risk>")
    ChangeSet.objects.filter(pk=current.pk).update(reason="A & B \x0b")
    response = client.get("/changes.atom?editor=Lee+Roe")
    assert response["Content-Type"].startswith("application/atom+xml")
    atom = "{http://www.w3.org/2005/Atom}"
    [entry] = ElementTree.fromstring(response.content).findall(f"{atom}entry")  # our own
    assert "added risk" in (entry.findtext(f"{atom}title") or "")
    assert "A & B" in (entry.findtext(f"{atom}summary") or "")
    assert entry.findtext(f"{atom}author/{atom}name") == "Lee Roe"
    link: Any = entry.find(f"{atom}link")
    assert client.get(link.get("href")).status_code == 200


def test_an_undo_is_looked_at_and_confirmed(client: Client, clerk: tuple[User, Client], lee: User) -> None:
    user, staff = clerk
    office = make.office(name="First")
    with changeset(lee, "", EDIT) as current:
        office.name = "Second"
        office.save()
    page, undo = f"/changes/{current.version}/", f"/changes/{current.version}/undo/"
    assert undo not in parse(staff.get(page)).values("a", "href")
    assert staff.get(undo).status_code == staff.post(undo, {"shown": "1"}).status_code == 403
    assert client.get(undo).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="change_office"))
    assert undo in parse(staff.get(page)).values("a", "href")
    form = parse(staff.get(undo))
    assert "Second" in form.text
    shown = form.values("input[name=shown]", "value")[0]
    long = staff.post(undo, {"shown": shown, "reason": "x" * (MAX_REASON + 1)})
    assert "The reason has 1,001 characters. Keep it within 1,000." in parse(long).text
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)
    assert strict.post(undo, {"shown": shown}).status_code == 403
    Office.objects.filter(pk=office.pk).update(name="Third")
    refused = staff.post(undo, {"shown": shown, "reason": "A slip"})
    assert refused.status_code == 409
    assert "was changed since" in parse(refused).text
    assert "A slip" in parse(refused).texts("textarea")[0]
    Office.objects.filter(pk=office.pk).update(name="Second")
    done = staff.post(undo, {"shown": shown, "reason": "A slip\r\nof mine"}, follow=True)
    assert "The change was undone." in parse(done).text
    assert Office.objects.get(pk=office.pk).name == "First"
    assert ChangeSet.objects.first().reason == "A slip\nof mine"
    assert undo not in parse(staff.get(page)).values("a", "href")
    assert staff.get(f"/changes/{ChangeSet.objects.first().version}/undo/").status_code == 200


def test_a_record_is_restored_from_its_history(admin_client: Client, admin_user: User) -> None:
    goal = make.goal(title="First")
    with changeset(admin_user, "", EDIT) as first:
        Goal.objects.filter(pk=goal.pk).update(title="Second")
    with changeset(admin_user, "", EDIT):
        goal.delete()
    address = f"{goal.get_absolute_url()}history/"
    restore = f"{address}{first.version}/restore/"
    assert restore in parse(admin_client.get(address)).values("a", "href")
    shown = parse(admin_client.get(restore)).values("input[name=shown]", "value")[0]
    refused = admin_client.post(restore, {"shown": "1", "reason": "Needed"})
    assert refused.status_code == 409
    done = admin_client.post(restore, {"shown": shown, "reason": "Needed"}, follow=True)
    assert "The record was restored." in parse(done).text
    assert Goal.objects.get(code=goal.code).title == "Second"
    assert admin_client.get(goal.get_absolute_url()).status_code == 200
    assert admin_client.get(f"{address}1/restore/").status_code == 404
