"""Undo and restore: the same content as before, or a refusal that says who, when and what."""

import random
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models import F

from lines_of_effort.models import Activity, Assignment
from strategy.history import changeset
from strategy.history.images import present_images
from strategy.history.put_back import UndoRefusedError
from strategy.history.triggers import content_tables
from strategy.history.undo import restore, undo
from strategy.models import ChangeSet, Goal, Office, Risk, SearchEntry
from strategy.search import indexing
from tests.support import factories as make

pytestmark = pytest.mark.django_db
EDIT = ChangeSet.Kind.EDIT


def content() -> dict[Any, Any]:
    """Every row of content as the log would have it, but for the date of its last change."""
    return {
        (table, pk): {name: value for name, value in image.items() if name != "updated"}
        for table, model in content_tables().items()
        for pk, image in present_images(model._base_manager.all()).items()
    }


def index() -> set[Any]:
    return set(SearchEntry.objects.values_list("kind", "object_id", "code", "title", "aliases", "body", "all_words"))


def edit(rng: random.Random) -> None:
    """One of the ways in which content is written."""
    activity, office = rng.choice(Activity.objects.all()), rng.choice(Office.objects.all())
    risk = rng.choice(Risk.objects.all())
    match rng.randrange(8):
        case 0:
            activity.title = f"{activity.title} {rng.random()}"
            activity.save()
        case 1:
            row = rng.choice(Assignment.objects.all())
            row.role = rng.choice([role for role in ("lead", "supporting") if role != row.role])
            if not Assignment.objects.filter(activity=row.activity, office=row.office, role=row.role).exists():
                row.save()
        case 2:
            risk.means.set(rng.sample(list(risk.means.model.objects.all()), 2))
        case 3:
            activity.delete()
        case 4:
            Goal.objects.update(note=str(rng.random()))
        case 5:
            make.office_name(office=office, value=f"Name {rng.random()}")
            office.names.first().delete()
        case 6:
            Goal.objects.bulk_create([Goal(code=f"B-{rng.randrange(10**9)}", strategy_id=1, title="T", order=90)])
        case 7:
            silence = make.silence()
            make.subject(conflict=None, silence=silence, record=risk)
            make.citation(record=activity)
            make.conflict_position().sources.add(make.source())


@pytest.mark.proof(rounds=6, all_rounds=200)
def test_every_edit_that_is_undone_leaves_the_content_as_it_was(db: None, rounds: int) -> None:
    rng = random.Random(7)
    start, entries, strategy = content(), index(), make.the_strategy().pk
    changed = 0
    for _ in range(rounds):
        with changeset(None, "", EDIT) as current:
            for _ in range(rng.randrange(1, 4)):
                edit(rng)
            Goal.objects.filter(code__startswith="B-").update(strategy_id=strategy)
        if ChangeSet.objects.filter(pk=current.pk).exists():
            indexing.rebuild()
            changed += content() != start
            undo(current, None, "")
        assert content() == start
    assert changed > rounds / 2, "some change a row and change it back"
    assert index() == entries


def test_the_search_finds_what_was_brought_back() -> None:
    risk = make.risk(title="Zyzzogeton")
    with changeset(None, "", EDIT) as renamed:
        risk.title = "Other"
        risk.save()
    updated = Risk.objects.get(pk=risk.pk).updated
    undone = undo(renamed, None, "A slip")
    assert Risk.objects.get(pk=risk.pk).title == "Zyzzogeton"
    assert Risk.objects.get(pk=risk.pk).updated > updated, "callers that ask what changed see it"
    assert [hit.code for hit in SearchEntry.objects.visible().hits("Zyzzogeton", limit=5)] == [risk.code]
    stored = ChangeSet.objects.get(pk=undone.pk)
    assert (stored.kind, stored.undoes, stored.reason) == ("undo", renamed, "A slip")
    with pytest.raises(UndoRefusedError, match="undone already by a command"):
        undo(renamed, None, "")
    with pytest.raises(UndoRefusedError, match="An undo is not undone"):
        undo(stored, None, "")


def test_what_was_changed_since_is_not_overwritten() -> None:
    lee = User.objects.create_user("lee", first_name="Lee", last_name="Roe")
    office = make.office(name="First")
    with changeset(None, "", EDIT) as first:
        office.name = "Second"
        office.save()
    with changeset(None, "", EDIT):
        # Moves the date of the office's last change alone.
        make.office_name(office=office)
    with changeset(lee, "", EDIT) as second:
        office.name = "Third"
        office.save()
    with pytest.raises(UndoRefusedError, match=rf"Office {office.code} \(name\) was changed since by Lee Roe on "):
        undo(first, None, "")
    undo(second, None, "")
    assert Office.objects.get(pk=office.pk).name == "Second"
    Office.objects.filter(pk=office.pk).update(name=F("code"))
    with pytest.raises(UndoRefusedError, match="not recorded by whom"):
        undo(first, None, "")


def test_what_others_built_on_stays() -> None:
    with changeset(None, "", EDIT) as added:
        goal = make.goal()
    indicator = make.indicator(goal=goal)
    with pytest.raises(UndoRefusedError, match=f"The indicator {indicator.code} was built on it since"):
        undo(added, None, "")
    indicator.delete()
    citation = make.citation(record=goal)
    with pytest.raises(UndoRefusedError, match=f"The citation {citation.code} was built on it since"):
        undo(added, None, "")
    citation.delete()
    undo(added, None, "")
    assert not Goal.objects.filter(pk=goal.pk).exists()


def test_what_breaks_a_rule_is_not_put_back() -> None:
    risk, goal = make.risk(), make.goal()
    indicator = make.indicator(goal=goal)
    with changeset(None, "", EDIT) as deleted:
        code = risk.code
        risk.delete()
        indicator.delete()
    goal.delete()
    with pytest.raises(UndoRefusedError, match=rf"The goal that The indicator {indicator.code} needs was deleted"):
        undo(deleted, None, "")
    with changeset(None, "", EDIT) as other:
        again = make.risk()
        again.delete()
        gone = make.risk()
    with changeset(None, "", EDIT) as deleted:
        code = gone.code
        gone.delete()
    make.risk(code=code)
    with pytest.raises(UndoRefusedError, match="entered again since"):
        undo(deleted, None, "")
    for kind in ("load", "sample"):
        other.kind = kind
        with pytest.raises(UndoRefusedError, match="not undone here"):
            undo(other, None, "")


def test_a_record_is_restored_with_all_that_belongs_to_it() -> None:
    activity, start = make.activity(title="As it was"), None
    kept = make.assignment(activity=activity)
    with changeset(None, "", EDIT) as before:
        make.activity_goal(activity=activity)
    start = content()
    with changeset(None, "", EDIT):
        kept.delete()
        activity.goal_links.all().delete()
    with changeset(None, "", EDIT):
        activity.title = "Later"
        activity.save()
        make.activity_risk(activity=activity, risk=Risk.objects.first())
    restored = restore(Activity, activity.pk, before.version, None, "Back")
    assert content() == start
    assert ChangeSet.objects.get(pk=restored.pk).kind == "restore"
    with changeset(None, "", EDIT) as seen:
        Activity.objects.filter(pk=activity.pk).update(title="Seen")
    with changeset(None, "", EDIT):
        Activity.objects.filter(pk=activity.pk).update(title="Not seen")
    with pytest.raises(UndoRefusedError, match="changed by a command on"):
        restore(Activity, activity.pk, before.version, None, "", shown=seen.version)
    with changeset(None, "", EDIT):
        pk = activity.pk
        activity.delete()
    restore(Activity, pk, before.version, None, "")
    assert content() == start
