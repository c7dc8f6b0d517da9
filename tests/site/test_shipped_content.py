"""The shipped content holds what the compilers' dossier holds, and claims no more than its sources."""

import json
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Count, Q

from lines_of_effort.models import Activity, Assignment, LineGoal, LineOfEffort, ProcessStage
from partners.models import (
    Agreement,
    Engagement,
    Framework,
    FrameworkCount,
    Membership,
    Participation,
    Partner,
    PartnerKind,
    Series,
)
from strategy.core.models import Basis
from strategy.fixtures_io import content_files, fixtures_folder
from strategy.models import (
    Chapter,
    Citation,
    Conflict,
    Goal,
    Means,
    Mention,
    Mitigation,
    Observation,
    Office,
    OfficeRelation,
    Passage,
    Record,
    RelatedDocument,
    Risk,
    Silence,
    Source,
    Strategy,
    Subject,
    Term,
    TimelineEvent,
)

pytestmark = pytest.mark.django_db

FIGURES = [
    (Strategy, 1), (Chapter, 8), (Goal, 3), (LineOfEffort, 3), (ProcessStage, 7), (Activity, 18), (Assignment, 4),
    (Mention, 2), (Office, 56), (Means, 10), (Risk, 4), (Mitigation, 2), (Term, 28), (Conflict, 49), (Partner, 140),
    (Framework, 24), (Membership, 172), (Series, 18), (Engagement, 120), (Participation, 504), (Agreement, 32),
    (PartnerKind, 7), (RelatedDocument, 18), (TimelineEvent, 19), (Passage, 18), (Observation, 22),
]  # fmt: skip


@pytest.mark.parametrize(("model", "count"), FIGURES)
def test_holds_as_many_as_the_dossier(model, count):
    assert model.objects.visible().count() == count


@pytest.mark.parametrize("model", {file.model: None for file in content_files()})
def test_holds_as_many_as_its_fixtures(model):
    paths = [file.path(fixtures_folder()) for file in content_files() if file.model is model]
    rows = [row for path in paths if path.exists() for row in json.loads(path.read_text("utf-8"))]
    assert model._default_manager.count() == len(rows)


def codes(rows):
    return list(rows.order_by("code_order").values_list("code", flat=True))


def tally(rows, name):
    return dict(rows.order_by().values_list(name).annotate(Count("pk")))


# ---- The strategy --------------------------------------------------------------------------------------------------


def test_three_tasks_are_assigned_and_no_more():
    result = set(Assignment.objects.visible().values_list("activity__code", "role", "office__code", "verb"))
    assert result == {
        ("IPS-A01", "lead", "FTF", "leads"),
        ("IPS-A01", "lead", "SFC", "leads"),
        ("IPS-A02", "lead", "CSRO", "spearheads"),
        ("IPS-A06", "coordinating", "STARCOM", "coordinates"),
    }


def test_offices_stand_as_the_summary_states_them():
    stated = dict(Assignment.objects.visible().values_list("code", "office_as_stated"))
    assert stated["ASG1A"] == stated["ASG1B"] == "Future Task Force/Space Futures Command"
    assert stated["ASG2"] == "Chief Strategy and Resource Officer"
    names = Office.objects.get(code="CSRO").names.values_list("value", flat=True)
    assert "Chief Strategy and Resourcing Officer" in names


def test_coordinating_is_never_read_as_leading():
    assert not Assignment.objects.visible().filter(office__code="STARCOM", role="lead").exists()
    assert codes(Activity.objects.visible().without_lead()) == [
        f"IPS-A{n:02}" for n in range(1, 19) if n not in (1, 2)
    ]  # fmt: skip


def test_offices_no_source_ties_to_the_strategy_are_tasked_with_nothing():
    candidates = Office.objects.visible().filter(link="candidate")
    assert candidates.count() == 46
    assert not candidates.exclude(assignments=None, owned_mitigations=None, mentions=None).exists()


def test_writing_the_document_is_no_task():
    assert set(Mention.objects.visible().values_list("code", "kind")) == {
        ("ASG4", "authorship"),
        ("ASG5", "unspecified"),
    }


def test_terms_are_defined_where_a_source_defines_them():
    assert Term.objects.visible().exclude(definition="").count() == 22


def test_lines_have_their_horizons():
    result = LineOfEffort.objects.visible().values_list("code", "title", "horizon_from", "horizon_to")
    assert list(result) == [("IPS-L1", "Create", 5, 15), ("IPS-L2", "Integrate", 2, 7), ("IPS-L3", "Operate", 0, 3)]


def test_every_line_serves_every_goal_together_with_the_others():
    assert tally(LineGoal.objects.visible(), "strength") == {"collective": 9, "direct": 4}


def test_offices_tied_to_the_strategy():
    assert tally(Office.objects.visible(), "link") == {"named": 7, "reported": 3, "candidate": 46}
    assert codes(Office.objects.visible().inactive()) == ["CTC", "FTF", "SFC", "SPOC", "WGC"]


def test_one_component_is_presented_to_two_commands():
    relations = OfficeRelation.objects.filter(office__code="SF-EURAF", kind="presented_to")
    assert set(relations.values_list("other__code", flat=True)) == {"USAFRICOM", "USEUCOM"}


def test_the_year_is_settled_and_the_other_claims_kept():
    dates = dict(Strategy.objects.get(code="IPS").dates.values_list("kind", "date"))
    assert dates == {"on_document": "2025-06", "released": "2025-07-08", "claimed": "2024", "summary": "2025-12-22"}


# ---- Partners ------------------------------------------------------------------------------------------------------


def test_nations_and_organizations():
    partners = Partner.objects.visible()
    assert partners.filter(kind="nation").count() == 50
    assert partners.exclude(kind="nation").count() == 90
    assert tally(partners.filter(kind="nation"), "evidence") == {"strong": 37, "thin": 11, "contested": 2}
    assert tally(partners.filter(kind="nation"), "relation") == {"own_side": 1, "ally": 27, "partner": 22}


def test_own_bodies_are_the_offices_of_the_same_name():
    linked = Partner.objects.visible().exclude(office=None).select_related("office")
    assert len(linked) == 14
    assert [item.code for item in linked if item.name != item.office.name] == []


def test_engagements_are_as_many_a_kind_as_the_dossier_counts():
    assert tally(Engagement.objects.visible(), "kind") == {
        "wargame": 10, "exercise": 21, "combined_operation": 3, "framework": 6, "meeting": 30, "exchange": 9,
        "agreement": 20, "co_development": 4, "hosted_payload": 3, "commercial_contract": 2, "liaison": 8,
        "education": 4,
    }  # fmt: skip
    assert tally(Engagement.objects.visible(), "line_of_effort__title") == {
        "Create": 30, "Integrate": 41, "Operate": 43, None: 6,
    }  # fmt: skip
    assert tally(Engagement.objects.visible(), "basis") == {"official": 66, "reported": 54}


def test_a_line_of_effort_is_our_reading_but_for_two_engagements():
    stated = Engagement.objects.visible().exclude(line_of_effort=None).exclude(line_basis="inferred")
    assert codes(stated) == ["SW2025", "SW2027"]


def test_dated_counts_keep_their_nouns():
    counts = FrameworkCount.objects.filter(framework__code="SSA-SHARING", as_of="2019-04")
    assert dict(counts.values_list("counted", "count")) == {"nations": 20, "igos": 2, "commercial": 78, "total": 100}


def test_true_at_a_date_is_not_since_a_date():
    since = Membership.objects.get(framework__code="WGS", partner__code="CZE").since
    assert since == "[..2022-02]"


# ---- Evidence ------------------------------------------------------------------------------------------------------


def test_every_source_is_rated_and_cited():
    assert set(tally(Source.objects.visible(), "tier")) == {"official", "reported", "low"}
    assert not Source.objects.visible().unused().exists()


def test_conflicts_of_both_halves_of_the_dossier():
    conflicts = Conflict.objects.visible()
    assert conflicts.filter(code__regex=r"^C\d+$").count() == 10
    assert conflicts.exclude(code__regex=r"^C\d+$").count() == 39
    assert codes(conflicts.unresolved()) == [
        "ASBM-FIRST",
        "ASC-2020",
        "ASTERX24",
        "C9",
        "DARC-DONE",
        "RPO-FIRST",
        "SSA-CO",
        "SW-NO",
    ]
    assert not conflicts.filter(Q(subjects=None) | Q(positions=None)).exists()


def test_observations_are_context_of_three_kinds():
    kinds = tally(Observation.objects.visible(), "kind")
    assert kinds == {"external_finding": 6, "existing_practice": 13, "source_reliability": 3}


def test_nothing_is_entered_by_staff():
    models: list[Any] = [file.model for file in content_files()]
    based = [m for m in models if any(f.name == "basis" for f in m._meta.fields)]
    assert len(based) > 30
    assert [m.__name__ for m in based if m.objects.visible().filter(basis=Basis.ENTERED).exists()] == []


def test_official_text_is_never_the_strategy_s_own():
    """The text of the strategy was not seen: what it says is known from the summary, the press and our reading."""
    about = [Goal, LineOfEffort, ProcessStage, Activity, Assignment, Risk, Mitigation, Mention, Chapter]
    assert [m.__name__ for m in about if m.objects.visible().filter(basis=Basis.OFFICIAL).exists()] == []
    for model in (Passage, Means):
        assert not model.objects.visible().filter(basis=Basis.OFFICIAL).exclude(in_strategy="unknown").exists()


def test_our_reading_of_a_fact_has_its_reason():
    assert not Citation.objects.visible().filter(basis=Basis.INFERRED, reason="").exists()


@pytest.mark.parametrize("code", [f"IPS-A{n:02}" for n in range(1, 19)])
def test_missing_leads_and_support_are_said_to_be_missing(code):
    activity = Activity.objects.get(code=code)
    message = set(activity.remarks.exclude(silence=None).values_list("field", "silence__statement"))
    assert ("assignments", "No source names a supporting office.") in message
    led = activity.assignments.exists()
    assert (("assignments", "No source names a lead office.") in message) is not led


def test_every_silence_is_about_something():
    assert not Silence.objects.visible().filter(subjects=None).exists()


def test_a_term_without_definition_is_known_to_be_without():
    for term in Term.objects.visible().filter(definition=""):
        assert term.remarks.filter(field="definition").exclude(silence=None).exists(), term


def test_parts_of_citations_and_subjects_are_found():
    """``clean`` looks the part up by its key; a part renamed afterwards would be lost."""
    for about in [*Citation.objects.visible().exclude(field=""), *Subject.objects.exclude(field="")]:
        about.clean()


def test_every_record_has_evidence_of_its_own_or_its_field_s():
    for model in apps.get_models():
        if issubclass(model, Record) and model is not Participation:
            place = f"fixtures/{model._meta.app_label}/90_citations.json"
            uncited = codes(model._default_manager.visible().filter(citations=None))
            assert uncited == [], f"Cite a source for each {model._meta.verbose_name} in {place}."
