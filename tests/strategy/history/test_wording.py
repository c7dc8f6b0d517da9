"""Changes in words: names for keys, labels for choices, one entry for each row and version."""

from typing import Any

import pytest

from strategy.history import changeset
from strategy.history.differences import differences
from strategy.history.wording import DescribedChange, by_record, describe
from strategy.models import ChangeSet
from tests.support import factories as make

EDIT = ChangeSet.Kind.EDIT


def described(change_set: ChangeSet) -> list[DescribedChange]:
    return describe(differences(change_set.changes.with_next()))


def fields(change: DescribedChange) -> dict[str, tuple[list[str], list[str]]]:
    return {row.label: ([str(v) for v in row.before], [str(v) for v in row.after]) for row in change.fields}


@pytest.mark.django_db
def test_changes_are_told_with_the_names_of_the_site() -> None:
    office, other, means, lost = make.office(), make.office(), make.means(), make.means()
    risk = make.risk(means=[lost])
    assignment = make.assignment(office=office, activity=make.activity())
    silence = make.silence()
    with changeset(None, "On order", EDIT) as current:
        name = make.office_name(office=office, value="Old name")
        assignment.office, assignment.role, assignment.basis = other, "supporting", "summary"
        assignment.save()
        risk.means.set([means])
        risk.title = "New words"
        risk.save()
        subject = make.subject(conflict=None, silence=silence, record=risk)
        make.goal().delete()
    rows = {(row.record.code, row.part): row for row in described(current)}
    assert set(rows) == {
        (office.code, f"Office name {name.value}"),
        (assignment.code, ""),
        (risk.code, ""),
        (silence.code, "Subject"),
    }
    moved = rows[assignment.code, ""]
    assert (moved.verb, moved.record.kind, moved.record.address) == (
        "Changed",
        "Assignment",
        assignment.get_absolute_url(),
    )
    assert fields(moved)["Office"] == ([str(office)], [str(other)])
    assert fields(moved)["Role"] == (["Lead"], ["Supporting"])
    assert fields(moved)["Basis"] == (["Entered by staff"], ["Unofficial summary"])
    assert set(fields(rows[risk.code, ""])) == {"Title", "Means"}
    assert fields(rows[risk.code, ""])["Means"] == ([str(lost)], [str(means)])
    assert fields(rows[silence.code, "Subject"])["Record"] == ([], [str(subject.record)])
    assert [row.record.code for row in by_record(described(current))] == [
        *dict.fromkeys(row.record.code for row in described(current))
    ]


@pytest.mark.django_db
def test_what_is_gone_has_its_name_from_the_log() -> None:
    conflict, source = make.conflict(), make.source()
    position = make.conflict_position(conflict=conflict)
    goal = make.goal(title="Once a goal")
    indicator = make.indicator(goal=goal)
    with changeset(None, "", EDIT) as linked:
        position.sources.set([source])
    with changeset(None, "", EDIT) as deleted:
        indicator.delete()
        goal.delete()
        position.delete()
        source.delete()
    rows = {row.record.code: row for row in described(deleted)}
    assert (rows[goal.code].verb, rows[goal.code].record.label, rows[goal.code].record.address) == (
        "Deleted",
        "Once a goal",
        "",
    )
    assert fields(rows[indicator.code])["Goal"] == ([f"{goal.code} Once a goal"], [])
    [link] = described(linked)
    assert (link.record.code, fields(link)["Sources"][1][0].split()[0]) == (conflict.code, source.code)


@pytest.mark.django_db
def test_changes_are_told_after_they_were_rolled_back() -> None:
    office = make.office()
    rows: list[Any] = []

    def change() -> str:
        with changeset(None, "", EDIT) as current:
            added = make.office(name="Planned")
            make.office_event(office=added, date="2027-01")
            code = office.code
            office.delete()
            rows.extend(differences(current.changes.with_next()))
            raise ZeroDivisionError(added.code, code)

    with pytest.raises(ZeroDivisionError) as error:
        change()
    planned, existing = error.value.args
    told = {(row.record.code, row.part): row for row in describe(rows)}
    assert (told[planned, ""].record.label, told[planned, ""].record.address) == ("Planned", "")
    assert fields(told[planned, "Office event January 2027"])["Date"] == ([], ["January 2027"])
    assert told[existing, ""].record.address == f"/offices/{existing}/"
