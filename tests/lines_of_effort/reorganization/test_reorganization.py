"""An organizational change on real content: proposed, seen, accepted once, or refused in words."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from lines_of_effort.models import Activity, Assignment
from strategy.history.images import present_images
from strategy.history.triggers import content_tables
from strategy.models import ChangeSet, Mitigation, Office, Proposal, content_version
from tests.support import factories as make
from tests.support.html import links_of, parse, text_of

pytestmark = pytest.mark.django_db
CANCEL = "/reorganize/?office=SFC&change=cancel"


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("lee", first_name="Lee", last_name="Roe"))
    return client


def all_content() -> dict[str, Any]:
    return {table: present_images(model._base_manager.all()) for table, model in content_tables().items()}


def propose(editor: Client, address: str, **values: Any) -> Proposal:
    answer = editor.post(address, {"date": "2026-03-01"} | values)
    assert answer.status_code == 302, text_of(answer)
    return Proposal.objects.get(pk=answer.url.strip("/").split("/")[-1])


def decide(editor: Client, proposal: Proposal, action: str) -> Any:
    return editor.post(f"/proposals/{proposal.pk}/", {"action": action}, follow=True)


def test_space_futures_command_never_stands_up(editor: Client) -> None:
    before, version = all_content(), content_version()
    form = text_of(editor.get(CANCEL))
    assert "Where each task goes (1)" in form
    assert "ASG1B SFC lead IPS-A01" in form
    proposal = propose(
        editor, CANCEL, **{"successors": "FTF", "below": "USSF", "task-ASG1B": "FTF", "reason": "Paused for good"}
    )
    assert (all_content(), content_version()) == (before, version), "a preview changes nothing"

    title = "SFC Space Futures Command never stands up, 1 March 2026"
    assert f"{title} Lee Roe: Paused for good" in parse(editor.get("/admin/")).text
    page = text_of(editor.get(f"/proposals/{proposal.pk}/"))
    assert title in page
    assert "Proposed by Lee Roe" in page
    assert "FTF is lead on IPS-A01 already; the task of SFC ends." in page
    assert "Deleted Assignment ASG1B" in page
    assert "Canceled before it stood up" in page

    assert "the changes are made" in text_of(decide(editor, proposal, "accept"))
    sfc = Office.objects.get(code="SFC")
    assert (sfc.status, sfc.status_as_stated, sfc.stands) == ("canceled", "not to be established", False)
    assert list(sfc.relations.values_list("kind", "other__code")) == [("part_of", "USSF"), ("succeeded_by", "FTF")]
    assert list(sfc.reverse_relations.filter(kind="part_of")) == []
    assert Activity.objects.get(code="IPS-A01").leads == [Office.objects.get(code="FTF")]
    assert Assignment.objects.get(code="ASG1A").relation == "", "it hands over to nobody any more"
    made = ChangeSet.objects.first()
    assert (made.kind, made.reason, made.actor_name) == ("reorganization", "Paused for good", "Lee Roe")
    proposal.refresh_from_db()
    assert proposal.change_set == made

    again = decide(editor, proposal, "accept")
    assert again.status_code == 409
    assert "Lee Roe accepted this proposal on" in text_of(again)


def test_what_others_changed_meanwhile_is_shown_before_anything_is_applied(editor: Client) -> None:
    proposal = propose(editor, "/reorganize/?office=SFC&change=dissolve", **{"task-ASG1B": "STARCOM"})
    Office.objects.filter(code="SFC").update(status_as_stated="paused by order")
    before = all_content()
    refused = decide(editor, proposal, "accept")
    assert refused.status_code == 409
    assert "The content was changed since this preview was made" in text_of(refused)
    assert "paused by order" in text_of(refused)
    assert all_content() == before
    assert decide(editor, proposal, "accept").status_code == 200
    moved = Assignment.objects.get(code="ASG1B")
    assert (moved.office.code, moved.basis) == ("STARCOM", "inferred")
    assert moved.office_as_stated == "Future Task Force/Space Futures Command"
    assert "Taken over from SFC (1 March 2026)." in moved.note


def test_the_site_can_be_looked_at_as_it_would_be(editor: Client) -> None:
    before = all_content()
    proposal = propose(editor, "/reorganize/?office=SFC&change=dissolve", **{"task-ASG1B": "STARCOM"})
    page = editor.get(f"/proposals/{proposal.pk}/")
    (root,) = [link for link in links_of(page) if link.startswith("/if-accepted/")]
    office = editor.get(f"{root}offices/SFC/")
    assert "<strong>This is not so yet.</strong>" in office.content.decode()
    assert "Disestablished" in text_of(office)
    assert f"{root}offices/USSF/" in links_of(office)
    assert 'href="/offices/SFC/"' in office.content.decode(), "the way back"
    assert "IPS-A01" in text_of(editor.get(f"{root}offices/STARCOM/"))
    tasks = editor.get(f"{root}api/v1/assignments/?office=STARCOM&activity=IPS-A01")
    assert [row["code"] for row in tasks.json()["results"]] == ["ASG1B"]
    assert "Memento-Datetime" not in tasks
    assert (all_content(), text_of(editor.get("/offices/SFC/")).count("Disestablished")) == (before, 0)

    assert editor.post(f"{root}theme/").status_code == 405
    assert editor.get(f"{root}admin/").status_code == 400
    assert editor.get("/if-accepted/9999-1/").status_code == 400
    Office.objects.filter(code="SFC").update(note="Changed meanwhile")
    assert "preview it again" in text_of(editor.get(f"{root}offices/SFC/"))
    assert "Preview again" in text_of(editor.get(f"/proposals/{proposal.pk}/"))
    decide(editor, proposal, "preview")
    page = editor.get(f"/proposals/{proposal.pk}/")
    (root,) = [link for link in links_of(page) if link.startswith("/if-accepted/")]
    assert "Changed meanwhile" in text_of(editor.get(f"{root}offices/SFC/"))

    editor.logout()
    assert editor.get(f"{root}offices/SFC/").status_code == 403
    assert editor.get("/if-accepted/9999-1/").status_code == 403, "which proposals there are is for editors too"
    editor.force_login(User.objects.create_user("reader"))
    assert editor.get(f"{root}api/v1/offices/SFC/").status_code == 403


def test_a_discarded_proposal_leaves_no_trace_in_content_or_log(editor: Client) -> None:
    before, version, sets = all_content(), content_version(), ChangeSet.objects.count()
    proposal = propose(editor, CANCEL, **{"task-ASG1B": "end"})
    assert "No office takes over: SFC lead IPS-A01." in text_of(editor.get(f"/proposals/{proposal.pk}/"))
    assert "nothing was changed" in text_of(decide(editor, proposal, "discard"))
    assert (all_content(), content_version(), ChangeSet.objects.count()) == (before, version, sets)
    assert decide(editor, proposal, "accept").status_code == 409


def test_an_office_that_leads_alone_leaves_a_finding_when_nobody_takes_over(editor: Client) -> None:
    proposal = propose(editor, "/reorganize/?office=CSRO&change=dissolve", **{"task-ASG2": "end"})
    assert [(row["finding"], row["code"]) for row in proposal.preview["new_findings"]] == [
        ("activity-without-lead", "IPS-A02"),
        ("office-without-tasking", "CSRO"),
    ]


def test_a_merger_takes_mitigations_along_and_names_double_roles(editor: Client) -> None:
    office, other = make.office(code="OLD-1"), make.office(code="NEW-1")
    activity = make.activity()
    make.assignment(activity=activity, office=office, role="supporting")
    make.assignment(activity=activity, office=other, role="lead")
    mitigation = make.mitigation(owner=office)
    tasks = {f"task-{task.code}": "NEW-1" for task in (*office.assignments.all(), mitigation)}
    proposal = propose(editor, "/reorganize/?office=OLD-1&change=merge", successors="NEW-1", **tasks)
    remark = f"NEW-1 is lead and would be supporting on {activity.code} too."
    assert proposal.preview["remarks"] == [remark]
    decide(editor, proposal, "accept")
    assert Mitigation.objects.get(pk=mitigation.pk).owner == other
    assert list(office.assignments.all()) == []


def test_a_split_a_pause_a_renaming_and_a_move(editor: Client) -> None:
    office, one, two = (make.office(code=code) for code in ("OLD-2", "NEW-2", "NEW-3"))
    decide(editor, propose(editor, "/reorganize/?office=OLD-2&change=pause"), "accept")
    decide(editor, propose(editor, "/reorganize/?office=NEW-2&change=move", parent="NEW-3"), "accept")
    renamed = {"new_name": "Delta 99", "new_abbreviation": "DEL 99"}
    decide(editor, propose(editor, "/reorganize/?office=NEW-3&change=rename", **renamed), "accept")
    split = {"successors": ["NEW-2", "NEW-3"], "date": "2026-05"}
    decide(editor, propose(editor, "/reorganize/?office=OLD-2&change=split", **split), "accept")
    office.refresh_from_db()
    assert list(office.events.values_list("date", "status")) == [
        ("2026-03-01", "paused"),
        ("2026-05", "disestablished"),
    ]
    assert set(office.relations.values_list("other__code", flat=True)) == {"NEW-2", "NEW-3"}
    assert one.relations.get().other == two
    two.refresh_from_db()
    assert (two.name, two.abbreviation, two.names.get().kind) == ("Delta 99", "DEL 99", "former")


@pytest.mark.parametrize(
    ("address", "values", "message"),
    [
        (CANCEL, {"date": "soon"}, "soon"),
        (CANCEL, {"task-ASG1B": "NOWHERE"}, "NOWHERE"),
        (CANCEL, {"task-ASG1B": ""}, "This field is required."),
        (
            "/reorganize/?office=CTC&change=cancel",
            {"successors": "GONE"},
            "GONE is disestablished: it cannot take over.",
        ),
        ("/reorganize/?office=SFC&change=merge", {}, "This field is required."),
        ("/reorganize/?office=SFC&change=split", {"successors": "FTF"}, "name 2 to 20 other offices"),
        ("/reorganize/?office=SFC&change=cancel", {"date": "2025-10"}, "event"),
        ("/reorganize/?office=USSF&change=move", {"parent": "SFC"}, "USSF would be part of itself."),
        ("/reorganize/?office=SFC&change=explode", {}, "explode is not one of the available choices"),
        ("/reorganize/?office=NOBODY&change=pause", {}, "That choice is not one of the available choices"),
        (CANCEL, {"tasks": "1"}, "tasks"),
        (CANCEL, {"reason": "x" * 10_000}, "at most 1000 characters"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(
    editor: Client, address: str, values: dict[str, str], message: str
) -> None:
    make.office(code="GONE", status="disestablished")
    tasks = {"task-ASG1B": "keep"} if "SFC&change=cancel" in address or "office=SFC&change=split" in address else {}
    answer = editor.post(address, {"date": "2026-03-01"} | tasks | values)
    assert answer.status_code == 400
    assert message in text_of(answer)
    assert not Proposal.objects.exists()


def test_pages_are_for_editors_and_accepting_for_those_who_may_change_all_of_it(client: Client) -> None:
    for address in (CANCEL, "/proposals/", "/proposals/1/"):
        assert client.get(address).url.startswith("/sign-in/?next=")
    user = User.objects.create_user("reader")
    client.force_login(user)
    assert client.get("/proposals/").status_code == 403
    user.is_staff = True
    user.save()
    proposal = propose(client, CANCEL, **{"task-ASG1B": "keep"})
    assert proposal.title in text_of(client.get("/proposals/"))
    assert "not make all of its changes" in text_of(client.get(f"/proposals/{proposal.pk}/"))
    assert decide(client, proposal, "accept").status_code == 403
    assert Office.objects.get(code="SFC").status == "planned"
    assert client.get("/proposals/?status=done").status_code == 400
    assert client.get("/proposals/9999/").status_code == 404
    assert client.post(f"/proposals/{proposal.pk}/", {"action": "explode"}).status_code == 400
