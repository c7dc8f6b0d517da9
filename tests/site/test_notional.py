"""The training strategy: it loads, nothing in it is left open, and it stays apart from the sourced content."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from pytest_django import DjangoDbBlocker

from lines_of_effort.models import Activity, Assignment, LineOfEffort, ProcessStage
from partners.models import Engagement, Framework, Membership, Partner, PartnerKind
from strategy.core.models import Basis, CodedModel, Notional, Part
from strategy.findings import registry
from strategy.fixtures_io import dump, fixtures_folder, load
from strategy.models import (
    Chapter,
    Citation,
    Conflict,
    Goal,
    Means,
    Mitigation,
    Office,
    Record,
    Risk,
    Silence,
    Source,
    Strategy,
    Term,
)
from tests.support import factories as make

pytestmark = pytest.mark.django_db
CODED = [model for model in apps.get_models() if issubclass(model, CodedModel)]
PARTS = [model for model in apps.get_models() if issubclass(model, Part)]


@pytest.fixture(scope="module", autouse=True)
def training(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The training strategy beside the shipped content: loaded once for this file, gone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(notional=True)
        yield
        transaction.set_rollback(True)


def only(model: type[CodedModel]) -> Any:
    """The training strategy's rows of a model."""
    return model._default_manager.visible(Notional.ONLY)


def codes(rows: models.QuerySet) -> list[str]:
    return list(rows.values_list("code", flat=True))


def test_a_second_load_changes_nothing() -> None:
    report = load(notional=True)
    assert (report.created, report.changed) == (0, 0)
    assert report.unchanged > 0


def test_dumps_back_the_same_bytes(tmp_path: Path) -> None:
    dump(tmp_path, notional=True)
    shipped = fixtures_folder(notional=True)
    files = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.json")}
    assert files == {path.relative_to(shipped): path.read_bytes() for path in shipped.rglob("*.json")}


@pytest.mark.parametrize(
    ("model", "count"),
    [
        (Strategy, 1), (Chapter, 8), (Goal, 3), (LineOfEffort, 3), (ProcessStage, 7), (Activity, 18), (Office, 16),
        (Means, 8), (Risk, 6), (Term, 20), (Framework, 3), (Engagement, 10), (Conflict, 2), (Silence, 2),
    ],
)  # fmt: skip
def test_has_what_a_strategy_has(model: type[CodedModel], count: int) -> None:
    assert only(model).count() == count


# ---- Complete ------------------------------------------------------------------------------------------------------

NOTHING_OPEN: dict[str, Callable[[], models.QuerySet]] = {
    "activity without a lead": lambda: only(Activity).without_lead(),
    "activity nobody coordinates": lambda: only(Activity).not_assigned(role="coordinating"),
    "activity nobody supports": lambda: only(Activity).not_assigned(role="supporting"),
    "activity without a line of effort": lambda: only(Activity).filter(line_of_effort=None),
    "activity without a goal": lambda: only(Activity).filter(goal_links=None),
    "activity without a stage": lambda: only(Activity).filter(stage_links=None),
    "activity without means": lambda: only(Activity).filter(means_links=None),
    "activity without a risk": lambda: only(Activity).filter(risk_links=None),
    "task of an office that does not stand": lambda: only(Assignment).to_inactive_offices(),
    "line of effort that serves no goal": lambda: only(LineOfEffort).filter(goal_links=None),
    "line of effort without an activity": lambda: only(LineOfEffort).without_activity(),
    "goal no activity serves": lambda: only(Goal).filter(activity_links=None),
    "stage without an activity": lambda: only(ProcessStage).filter(activity_links=None),
    "means no activity uses": lambda: only(Means).filter(activity_links=None),
    "risk without a mitigation": lambda: only(Risk).filter(mitigations=None),
    "risk nobody has rated": lambda: only(Risk).filter(models.Q(likelihood=None) | models.Q(impact=None)),
    "rating without its author": lambda: only(Risk).filter(assessed_by=""),
    "risk no activity runs": lambda: only(Risk).filter(activity_links=None),
    "framework without a line of effort": lambda: only(Framework).filter(line_of_effort=None),
    "engagement without a line of effort": lambda: only(Engagement).filter(line_of_effort=None),
    "engagement without a host": lambda: only(Engagement).filter(host_links=None),
    "mitigation without an owner": lambda: only(Mitigation).filter(owner=None),
    "chapter without a passage": lambda: only(Chapter).filter(passages=None),
    "term without a definition": lambda: only(Term).filter(definition=""),
    "framework without members": lambda: only(Framework).filter(memberships=None),
    "membership without a stage": lambda: only(Membership).filter(stages=None),
    "engagement without participants": lambda: only(Engagement).filter(participations=None),
    "source nobody cites": lambda: only(Source).unused(),
    "conflict without a reading": lambda: only(Conflict).unresolved(),
}


@pytest.mark.parametrize("gap", NOTHING_OPEN)
def test_leaves_nothing_open(gap: str) -> None:
    assert codes(NOTHING_OPEN[gap]()) == []


@pytest.mark.parametrize("model", [model for model in CODED if issubclass(model, Record)])
def test_every_record_is_cited(model: type[Record]) -> None:
    assert codes(only(model).without_citation()) == []


def test_citations_have_every_basis() -> None:
    assert set(only(Citation).values_list("basis", flat=True)) == set(Basis.values)


def test_findings_have_nothing_to_warn_of_but_the_joint_leads() -> None:
    result = [item.finding for item in registry.run_findings(Notional.ONLY) if item.count]
    serious = [finding.id for finding in result if finding.severity != registry.Severity.INFO]
    assert serious == ["activity-with-several-leads"]


def test_one_activity_has_joint_leads() -> None:
    assert codes(only(Activity).with_several_leads()) == ["TRN-A18"]
    joint = only(Assignment).filter(activity__code="TRN-A18", role="lead")
    assert set(joint.values_list("relation", flat=True)) == {"joint"}


def test_offices_change_names_and_standing() -> None:
    statuses = dict(only(Office).values_list("code", "status"))
    assert statuses["TRN-LOG"] == "renamed"
    assert statuses["TRN-FHC"] == "paused"
    assert codes(only(Office).filter(collective=True, reverse_relations__kind="member_of").distinct()) == ["TRN-CMPS"]


# ---- Apart ---------------------------------------------------------------------------------------------------------


def test_everything_is_notional_and_named_so() -> None:
    for model in CODED:
        assert not model._default_manager.filter(code__startswith="TRN", notional=False).exists(), model
        assert not only(model).exclude(code__startswith="TRN").exists(), model
    assert "Notional" in Strategy.objects.get(code="TRN").title
    assert not only(Partner).exclude(alpha2="", alpha3="", numeric="").exists()
    assert not only(Source).exclude(url__startswith="https://example.invalid/").exists()


@pytest.mark.parametrize("model", [*CODED, *PARTS])
def test_readers_see_it_only_when_they_ask(model: Any) -> None:
    ours = model.objects.visible(Notional.ONLY)
    # A relation is explained once, for sourced and notional partners alike.
    assert ours.exists() == (model is not PartnerKind)
    assert not model.objects.visible().filter(pk__in=ours).exists()
    assert model.objects.visible(Notional.INCLUDE).filter(pk__in=ours).count() == ours.count()


def training_row(model: type[CodedModel]) -> Any:
    return only(model).first()


MIXED: dict[str, Callable[[], models.Model]] = {
    "a sourced office tasked with a training activity": lambda: Assignment(
        code="X", notional=True, activity=training_row(Activity), office=make.office(), role="lead"
    ),
    "a training office tasked with a sourced activity": lambda: Assignment(
        code="X", activity=make.activity(), office=training_row(Office), role="lead"
    ),
    "a sourced activity toward a training goal": lambda: make.activity().goal_links.model(
        activity=make.activity(), goal=training_row(Goal)
    ),
    "a training activity under a sourced line": lambda: Activity(
        code="X", notional=True, strategy=training_row(Strategy), title="X", kind="theme",
        line_of_effort=make.line_of_effort(), line_basis="official",
    ),
    "a sourced chapter of the training strategy": lambda: Chapter(
        code="X", strategy=training_row(Strategy), number=99, title="X"
    ),
    "a training office below a sourced one": lambda: Office.objects.get(code="TRN-POL").relations.model(
        office=Office.objects.get(code="TRN-POL"), kind="part_of", other=make.office()
    ),
    "a training citation of a sourced text": lambda: Citation(
        code="X", notional=True, record=training_row(Goal), source=make.source(), basis="official"
    ),
    "a sourced partner in a training framework": lambda: Membership(
        code="X", notional=True, framework=training_row(Framework), partner=make.partner(), role="member"
    ),
    "a sourced mitigation owned by a training office": lambda: Mitigation(
        code="X", strategy=make.strategy(), title="X", description="X", content="general", owner=training_row(Office)
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", MIXED)
def test_mixing_is_refused(case: str) -> None:
    with pytest.raises(ValidationError, match="may not be linked"):
        MIXED[case]().full_clean()
