"""What a second reading of the sources corrected and added on the side of the strategy, read where readers read it."""

import pytest
from django.test import Client

from lines_of_effort.models import Activity, LineOfEffort
from strategy.models import (
    Chapter,
    Conflict,
    Means,
    Observation,
    Office,
    OfficeHead,
    Passage,
    RelatedDocument,
    Risk,
    Source,
)
from tests.support.html import links_of, text_of

pytestmark = pytest.mark.django_db


# ---- What the summary states, and what it does not ------------------------------------------------------------------


def test_the_central_obligation_is_stated(client: Client) -> None:
    assert Passage.objects.get(code="ENV12").basis == "summary"
    text = text_of(client.get("/read/IPS-CH2/"))
    assert "must build reliable relationships with like-minded allies and partners" in text


def test_the_mission_is_given_in_its_standard_phrase(client: Client) -> None:
    text = text_of(client.get("/passages/ENV9/"))
    assert "in, from, and to space (official mission statement)" in text
    assert "in, from, and to space" in text_of(client.get("/goals/IPS-G1/"))


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("rules-based", "/passages/V2/"),
        ("combined multinational", "/passages/V2/"),
        ("complementary", "/strategies/IPS/"),
        ("threat intelligence", "/risks/IPS-R3/"),
    ],
)
def test_the_summary_s_own_terms_find_what_it_says(client: Client, words: str, address: str) -> None:
    assert address in links_of(client.get("/search/", {"q": words}))


def test_the_conclusion_says_what_the_summary_ends_with(client: Client) -> None:
    assert "fundamental to national security and prosperity" in text_of(client.get("/read/IPS-CH7/"))


def test_what_a_chapter_covers_is_our_reading_with_its_reason() -> None:
    for chapter in Chapter.objects.visible():
        assert chapter.covers_basis == "inferred"
        assert chapter.citations.filter(field="covers", basis="inferred").exclude(reason="").exists(), chapter


def test_constraints_are_not_stated_to_be_means() -> None:
    for means in Means.objects.filter(code__in=["IPS-M3", "IPS-M4", "IPS-M5"]):
        assert (means.basis, means.in_strategy) == ("inferred", "unknown")
        assert means.citations.filter(basis="inferred").exclude(reason="").exists()
        assert means.risks.filter(code="IPS-R1").exists()


def test_the_training_task_claims_no_more_than_the_summary() -> None:
    activity = Activity.objects.get(code="IPS-A06")
    assert activity.title == "Reciprocal training and education standards"
    assert LineOfEffort.objects.get(code="IPS-L2").examples.filter(text=activity.title.lower()).exists()


def test_one_conflict_keeps_every_claim_about_the_year() -> None:
    assert not Conflict.objects.filter(code="STRATEGY-DATE").exists()
    values = list(Conflict.objects.get(code="C1").positions.values_list("value", flat=True))
    assert values[0] == "2024"
    assert len(values) == 5


# ---- Offices as they stand -----------------------------------------------------------------------------------------


def test_combat_forces_command_stands(client: Client) -> None:
    command = Office.objects.get(code="CFC")
    assert (command.stands, command.established, command.status) == (True, "2025-11-03", "existing")
    assert "does not stand" not in text_of(client.get("/offices/CFC/"))
    former = Office.objects.get(code="SPOC")
    assert (former.status, former.relations.get(kind="succeeded_by").other) == ("renamed", command)
    members = Office.objects.filter(relations__kind="member_of", relations__other__code="FLDCOMS")
    assert set(members.values_list("code", flat=True)) == {"CFC", "SSC", "STARCOM"}


@pytest.mark.parametrize("code", ["DSCA", "DTSA"])
def test_arms_transfer_agencies_are_under_acquisition_and_sustainment(code: str) -> None:
    office = Office.objects.get(code=code)
    assert list(office.relations.filter(kind="part_of").values_list("other__code", flat=True)) == ["OUSDAS"]
    assert office.events.filter(date="2026-02-10").exists()


def test_central_command_has_its_component() -> None:
    component = Office.objects.get(code="SPACECENT")
    assert component.established == "2022-12-02"
    assert component.relations.get(kind="presented_to").other.code == "USCENTCOM"


def test_dates_of_both_halves_agree() -> None:
    southern = Office.objects.get(code="SF-SOUTH")
    assert southern.established == "2025-12-01"
    assert Office.objects.get(code="ACSO-FCP").established == "2024-06"


def test_every_head_has_a_source() -> None:
    heads = OfficeHead.objects.visible().select_related("office")
    assert {"OUSDAS", "SPACECENT", "STARCOM"} <= {head.office.code for head in heads}
    for head in heads:
        cited = head.office.citations.filter(field="heads", part=head.key).exclude(source=None)
        assert cited.exists(), f"{head.office.code}: {head.person}"
    titles = " ".join(Office.objects.visible().values_list("head_title", flat=True))
    assert not [head.person for head in heads if head.person.split()[-1] in titles], "A title names the post alone."


def test_the_requirements_authority_has_its_caveat() -> None:
    for record in (
        Means.objects.get(code="IPS-M9"),
        Office.objects.get(code="JROC"),
        Activity.objects.get(code="IPS-A09"),
    ):
        assert "DOC17" in record.note
        assert record.citations.filter(field="note", source__code="SRC-JCIDS").exists()


# ---- Documents and practice ----------------------------------------------------------------------------------------


def test_gao_s_report_has_its_number_and_gao_as_its_publisher() -> None:
    source = Source.objects.get(code="SRC-GAO")
    assert (source.tier, source.date) == ("official", "2025-07-08")
    assert source.url.startswith("https://gao.gov/")
    assert "GAO-25-108043" in RelatedDocument.objects.get(code="DOC8").title


def test_documents_of_2026_stand_beside_the_strategy() -> None:
    documents = dict(RelatedDocument.objects.visible().values_list("title", "date"))
    assert documents["Objective Force 2040"] == documents["Future Operating Environment"] == "2026-04-15"


@pytest.mark.parametrize(
    ("risk", "practice"), [("IPS-R1", "EX10"), ("IPS-R2", "EX7"), ("IPS-R2", "EX8"), ("IPS-R3", "EX9")]
)
def test_practice_that_bears_on_a_risk_stands_on_its_page(client: Client, risk: str, practice: str) -> None:
    text = Observation.objects.get(code=practice).text
    assert text in text_of(client.get(Risk.objects.get(code=risk).get_absolute_url()))


def test_new_practice_names_its_sources() -> None:
    assert not Observation.objects.filter(sources=None).exists()
