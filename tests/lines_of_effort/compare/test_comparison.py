"""Two editions side by side, as the page and its files show them: what came, went, was reworded, moved, tasked anew."""

from typing import Any

import pytest
from django.test import Client

from lines_of_effort.models import Activity
from strategy.models import Office, Strategy
from tests.support import factories as make
from tests.support.downloads import download_rows
from tests.support.html import Element, links_of, main_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def old() -> Strategy:
    return make.strategy(code="ED", title="The document", edition="first")


@pytest.fixture
def new(old: Strategy) -> Strategy:
    return make.strategy(code="ED2", title="The document", edition="second", supersedes=old)


def rows(client: Client, **parameters: str) -> dict[tuple[str, str], dict[str, Any]]:
    """Every compared record, by its codes in both."""
    result = download_rows(client, "/compare/", "json", a="ED", b="ED2", **parameters)
    return {(row["a_code"], row["b_code"]): row for row in result}


def changes(client: Client, **parameters: str) -> dict[tuple[str, str], str]:
    return {codes: row["changes"] for codes, row in rows(client, **parameters).items()}


def card(client: Client, code: str) -> Element:
    """The card of one compared record."""
    return main_of(client.get("/compare/", {"a": "ED", "b": "ED2"})).one(f'article.diff[id="{code}"]')


# ---- What became of each record ------------------------------------------------------------------------------------


def test_added_removed_reworded_and_same(client: Client, old, new):
    make.goal(strategy=old, code="ED-G1", title="Stay", statement="As it was.")
    make.goal(strategy=new, code="ED2-G1", title="Stay", statement="As it was.")
    make.goal(strategy=old, code="ED-G2", title="Share", statement="Share data with allies.")
    make.goal(strategy=new, code="ED2-G2", title="Share", statement="Share all data with allies and industry.")
    make.goal(strategy=old, code="ED-G3", title="Leave", statement="Gone.")
    make.goal(strategy=new, code="ED2-G4", title="Arrive from nowhere", statement="New.")
    assert changes(client, kind="goal") == {
        ("ED-G1", "ED2-G1"): "same",
        ("ED-G2", "ED2-G2"): "reworded",
        ("ED-G3", ""): "removed",
        ("", "ED2-G4"): "added",
    }
    reworded = card(client, "ED-G2")
    assert reworded.texts("ins") == ["Added: all", "Added: and industry"]
    assert not reworded.has("del")
    assert "Reworded" in reworded.text
    assert "Not in ED2" in card(client, "ED-G3").text
    assert "Not in ED " in f"{card(client, 'ED2-G4').text} "


def test_moved_means_another_line_and_not_the_same_line_under_its_new_code(client: Client, old, new):
    for name, number in (("Create", 1), ("Operate", 2)):
        make.line_of_effort(strategy=old, code=f"ED-L{number}", title=name)
        make.line_of_effort(strategy=new, code=f"ED2-L{3 - number}", title=name)

    def activity(strategy: Strategy, code: str, line: str | None) -> Activity:
        placed = {"line_of_effort": strategy.lineofeffort_set.get(title=line), "line_basis": "summary"} if line else {}
        return make.activity(strategy=strategy, code=code, title=f"Task {code[-2:]}", **placed)

    for number, before, after in (
        (1, "Create", "Create"),
        (2, "Create", "Operate"),
        (3, "Create", None),
        (4, None, None),
    ):
        activity(old, f"ED-A{number}", before)
        activity(new, f"ED2-A{number}", after)
    assert changes(client, kind="activity") == {
        ("ED-A1", "ED2-A1"): "same",
        ("ED-A2", "ED2-A2"): "moved",
        ("ED-A3", "ED2-A3"): "moved",
        ("ED-A4", "ED2-A4"): "same",
    }
    assert "Moved from ED-L1 Create to ED2-L1 Operate" in text_of(client.get("/compare/", {"a": "ED", "b": "ED2"}))
    row = rows(client)["ED-A3", "ED2-A3"]
    assert (row["moved_from"], row["moved_to"]) == ("ED-L1 Create", "")


def test_points_means_and_chapters_move_too(client: Client, old, new):
    for strategy, place in ((old, 1), (new, 2)):
        chapters = [
            make.chapter(strategy=strategy, title=f"Chapter {name}", number=n + place) for n, name in enumerate("ab")
        ]
        make.passage(strategy=strategy, text="A point.", chapter=chapters[place - 1], chapter_basis="summary")
        whole = [make.means(strategy=strategy, title=f"Whole {name}") for name in "ab"]
        make.means(strategy=strategy, title="The half", part_of=whole[place - 1])
    result = {row["b_words"].split("\n")[0]: row["changes"] for row in rows(client).values()}
    assert result["A point."] == result["The half"] == "moved"
    assert result["Whole a"] == "same"
    assert result["Chapter a"] == "moved"


def test_who_gained_and_who_lost(client: Client, old, new):
    first, second, third = (make.office(code=f"Z{n}") for n in "123")
    before = make.activity(strategy=old, code="ED-A1", title="Train together")
    after = make.activity(strategy=new, code="ED2-A1", title="Train together")
    make.assignment(activity=before, office=first, role="lead")
    make.assignment(activity=after, office=second, role="lead")
    make.assignment(activity=before, office=second, role="supporting")
    for activity in (before, after):
        make.assignment(activity=activity, office=third, role="coordinating")
    row = rows(client)["ED-A1", "ED2-A1"]
    assert row["changes"] == "retasked"
    assert (row["tasking_gained"], row["tasking_lost"]) == ("Z2 lead", "Z1 lead; Z2 supporting")
    text = card(client, "ED-A1").text
    assert "Lead Removed: Z1 lost it Added: Z2 gained it" in text
    assert "Coordinating Z3 Z3" in text
    assert "Supporting Removed: Z2 lost it None named" in text
    whole = text_of(client.get("/compare/", {"a": "ED", "b": "ED2"}))
    summary = whole[whole.index("Who gained and who lost tasking") :]
    assert "Z2 " + str(Office.objects.get(code="Z2").name) + " Lead: ED2-A1 Train together Supporting: ED-A1" in summary
    assert "Nothing Lead: ED-A1 Train together" in summary
    assert "Z3" not in summary


def test_coordinating_is_not_leading(client: Client, old, new):
    office = make.office(code="Z1")
    make.assignment(activity=make.activity(strategy=old, title="Task"), office=office, role="coordinating")
    make.assignment(activity=make.activity(strategy=new, title="Task"), office=office, role="lead")
    (row,) = rows(client, change="retasked").values()
    assert (row["tasking_gained"], row["tasking_lost"]) == ("Z1 lead", "Z1 coordinating")


def test_an_activity_that_goes_takes_its_tasking_with_it(client: Client, old, new):
    task = make.assignment(activity=make.activity(strategy=old, title="Task"), office=make.office(code="Z1"))
    assert "Lost from ED Z1" in text_of(client.get("/compare/", {"a": "ED", "b": "ED2"}))
    assert task.activity.get_absolute_url() in links_of(client.get("/compare/", {"a": "ED", "b": "ED2"}))


# ---- Which records are the same ------------------------------------------------------------------------------------


def rules(client: Client) -> dict[tuple[str, str], str]:
    return {codes: row["matched_by"] for codes, row in rows(client, kind="goal").items()}


def test_each_pair_says_which_rule_made_it(client: Client, old, new):
    make.goal(strategy=old, code="ED-G1", title="Same name")
    make.goal(strategy=new, code="ED2-G9", title="same  Name")
    make.goal(strategy=old, code="ED-G2", title="Words")
    make.goal(strategy=new, code="ED2-G2", title="Other altogether")
    make.goal(strategy=old, code="ED-G3", title="Share information with allies")
    make.goal(strategy=new, code="ED2-G8", title="Share more information with allies")
    assert rules(client) == {
        ("ED-G1", "ED2-G9"): "name",
        ("ED-G2", "ED2-G2"): "code",
        ("ED-G3", "ED2-G8"): "likeness",
    }
    text = text_of(client.get("/compare/", {"a": "ED", "b": "ED2"}))
    for words_ in ("Matched by: Same name", "Matched by: Same end of the code", "Matched by: Names alike, 92%"):
        assert words_ in text


def test_codes_say_nothing_of_strategies_that_are_not_editions_of_one(client: Client, old):
    make.strategy(code="ED2")
    make.goal(strategy=old, code="ED-G1", title="Words")
    make.goal(strategy=Strategy.objects.get(code="ED2"), code="ED2-G1", title="Other altogether")
    assert rules(client) == {("ED-G1", ""): "", ("", "ED2-G1"): ""}
    assert "Neither of the two supersedes the other." in text_of(client.get("/compare/", {"a": "ED", "b": "ED2"}))


def test_a_name_that_several_share_makes_no_pair_by_itself(client: Client, old, new):
    for code in ("ED-G1", "ED-G2"):
        make.goal(strategy=old, code=code, title="Twin")
    for code in ("ED2-G1", "ED2-G2"):
        make.goal(strategy=new, code=code, title="Twin")
    assert rules(client) == {("ED-G1", "ED2-G1"): "code", ("ED-G2", "ED2-G2"): "code"}


def test_no_record_is_used_twice_and_none_is_lost(client: Client, old, new):
    for number in range(6):
        make.goal(strategy=old, code=f"ED-G{number}", title=f"Share information with ally {number % 3}")
        make.goal(strategy=new, code=f"ED2-G{number + 3}", title=f"Share information with ally {number % 2}")
    result = rows(client, kind="goal")
    assert sorted(a for a, _ in result if a) == [f"ED-G{n}" for n in range(6)]
    assert sorted(b for _, b in result if b) == [f"ED2-G{n}" for n in range(3, 9)]


def test_the_other_way_round_is_the_mirror(client: Client, old, new):
    make.goal(strategy=old, code="ED-G1", title="Gone")
    make.goal(strategy=new, code="ED2-G2", title="Something quite different")
    back = download_rows(client, "/compare/", "json", a="ED2", b="ED")
    assert {(row["b_code"], row["a_code"]) for row in back} == set(rows(client))
    assert {row["changes"] for row in back} == {"added", "removed"}
