"""What a model refuses, and what it must not refuse though it looks odd."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from rest_framework.test import APIClient

from lines_of_effort.models import Activity, Assignment
from strategy.core.models import natural_order, validate_code
from tests.support import factories as make
from tests.support.api import codes

pytestmark = pytest.mark.django_db


def refused(build: Callable[[], object], *, field: str, says: str) -> None:
    """``build`` is refused for this field alone, in one sentence with these words."""
    with pytest.raises(ValidationError) as error:
        build()
    assert list(error.value.message_dict) == [field]
    (sentence,) = error.value.message_dict[field]
    assert says in sentence


# ---- Codes and their order -----------------------------------------------------------------------------------------


def test_natural_order_compares_numbers_as_numbers():
    codes = ["IPS-A10", "IPS-A2", "IPS-A01", "ips-b1", "IPS-A02", "AUS", "IPS", "S-2/3"]
    assert sorted(codes, key=natural_order) == [
        "AUS",
        "IPS",
        "IPS-A01",
        "IPS-A2",
        "IPS-A02",
        "IPS-A10",
        "ips-b1",
        "S-2/3",
    ]


def test_lists_stand_in_natural_order(api: APIClient):
    for code in ("ZZ-A10", "ZZ-A2", "ZZ-A1"):
        make.activity(code=code, description="zyzzogeton")
    rows = api.get("/api/v1/activities/", {"search": "zyzzogeton"}).json()["results"]
    assert [row["code"] for row in rows] == ["ZZ-A1", "ZZ-A2", "ZZ-A10"]
    rows = api.get("/api/v1/activities/", {"search": "zyzzogeton", "ordering": "-code"}).json()["results"]
    assert [row["code"] for row in rows] == ["ZZ-A10", "ZZ-A2", "ZZ-A1"]


def test_order_follows_a_corrected_code():
    goal = make.goal(code="ZZ-10")
    goal.code = "ZZ-9"
    goal.save()
    goal.refresh_from_db()
    assert goal.code_order == natural_order("ZZ-9") != natural_order("ZZ-10")


@pytest.mark.parametrize("code", ["IPS-A06", "AUS", "DVIDS-KEENSWORD", "V1.2", "S-2-3"])
def test_a_code_has_capitals_digits_and_single_marks(code: str):
    validate_code(code)


@pytest.mark.parametrize(
    "code", ["", "a-1", "A_1", "A B", "A/B", "-A", "A-", "A--B", "A\n", "\u00c4", "A%2F", "<b>", ".."]
)
def test_anything_else_is_no_code(code: str):
    with pytest.raises(ValidationError):
        validate_code(code)


def test_a_code_is_given_once():
    make.goal(code="ZZ-1")
    refused(lambda: make.goal(code="ZZ-1"), field="code", says="already exists")


# ---- Training content and the sourced strategy ---------------------------------------------------------------------


def test_notional_and_sourced_records_are_not_linked():
    notional, sourced = make.office(notional=True), make.activity()
    refused(
        lambda: make.assignment(activity=sourced, office=notional, notional=False),
        field="office",
        says="may not be linked",
    )


def test_a_notional_part_is_not_hung_on_a_sourced_record():
    notional, sourced = make.goal(notional=True), make.activity()
    refused(lambda: make.activity_goal(activity=sourced, goal=notional), field="goal", says="may not be linked")
    assert make.activity_goal(activity=sourced, goal=make.goal()).pk


def test_notional_records_are_linked_among_themselves():
    assert make.assignment(notional=True).office.notional


# ---- Offices -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("length", [2, 3, 5])
@pytest.mark.parametrize("kind", ["part_of", "succeeded_by"])
def test_no_office_is_part_of_itself(length: int, kind: str):
    chain = [make.office() for _ in range(length)]
    for office, other in pairwise(chain):
        make.office_relation(office=office, other=other, kind=kind)
    refused(lambda: make.office_relation(office=chain[-1], other=chain[0], kind=kind), field="other", says="itself")


def test_no_office_stands_directly_under_itself():
    office = make.office()
    with pytest.raises(ValidationError) as error:
        make.office_relation(office=office, other=office)
    assert any("itself" in sentence for sentence in error.value.message_dict["other"])
    with pytest.raises(IntegrityError), transaction.atomic():
        type(make.office_relation()).objects.create(office=office, other=office, kind="part_of")


def test_relations_of_different_kinds_make_no_cycle():
    item, other = make.office(), make.office()
    make.office_relation(office=item, other=other, kind="part_of")
    assert make.office_relation(office=other, other=item, kind="succeeded_by").pk


def test_several_parents_are_no_cycle():
    child, left, right, top = (make.office() for _ in range(4))
    for office, other in ((child, left), (child, right), (left, top), (right, top)):
        assert make.office_relation(office=office, other=other).pk


def test_a_relation_may_be_saved_again():
    relation = make.office_relation()
    relation.note = "Checked."
    relation.full_clean()


# ---- Assignments ---------------------------------------------------------------------------------------------------


def test_the_same_assignment_is_not_made_twice():
    first = make.assignment(role="supporting")
    with pytest.raises(ValidationError, match="already has this role on this activity"):
        make.assignment(activity=first.activity, office=first.office, role="supporting")
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(code="ZZ-1", activity=first.activity, office=first.office, role="supporting")
    assert make.assignment(activity=first.activity, office=first.office, role="coordinating").pk


def test_no_lead_and_several_leads_are_both_valid():
    nobody, two = make.activity(), make.activity()
    for _ in range(2):
        make.assignment(activity=two, role="lead")
    nobody.full_clean()
    two.full_clean()
    assert nobody in Activity.objects.without_lead()
    assert two in Activity.objects.with_several_leads()


def test_office_and_role_are_those_of_one_assignment(api: APIClient):
    """The question that must never be answered wrongly."""
    activity, leader, helper = make.activity(), make.office(), make.office()
    make.assignment(activity=activity, office=leader, role="lead")
    make.assignment(activity=activity, office=helper, role="supporting")

    def activities_of(office, role) -> list[str]:
        return codes(api.get("/api/v1/activities/", {"office": office.code, "role": role}))

    assert activities_of(leader, "lead") == activities_of(helper, "supporting") == [activity.code]
    assert activities_of(helper, "lead") == activities_of(leader, "supporting") == []


# ---- Lines of effort -----------------------------------------------------------------------------------------------


def test_a_line_of_effort_is_given_with_its_basis():
    line = make.line_of_effort()
    refused(lambda: make.activity(line_of_effort=line), field="line_basis", says="Say on what basis")
    assert make.activity(line_of_effort=line, line_basis="summary").pk


def test_a_basis_is_given_with_its_line_of_effort():
    refused(lambda: make.activity(line_basis="summary"), field="line_of_effort", says="no line of effort")
    assert make.activity().pk


def test_a_line_of_effort_read_by_us_has_its_reason():
    values = {"line_of_effort": make.line_of_effort(), "line_basis": "inferred"}
    refused(lambda: make.process_stage(**values), field="line_reason", says="give the reason")
    assert make.process_stage(**values, line_reason="It speaks of design.").pk


def test_a_horizon_does_not_end_before_it_begins():
    with pytest.raises(ValidationError, match="horizon_in_order"):
        make.line_of_effort(horizon_from=5, horizon_to=2)
    assert make.line_of_effort(horizon_from=5, horizon_to=5).pk


# ---- Risks ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rating", [{"likelihood": 3}, {"impact": 1}, {"likelihood": 5, "impact": 5}])
def test_a_rating_says_whose_judgement_it_is(rating: dict[str, int]):
    refused(lambda: make.risk(**rating), field="assessed_by", says="who rated it")
    assert make.risk(**rating, assessed_by="SF/S5").pk


def test_a_risk_needs_no_rating():
    assert make.risk().pk


@pytest.mark.parametrize(("value", "code"), [(0, "min_value"), (6, "max_value")])
def test_a_rating_is_from_1_to_5(value: int, code: str):
    with pytest.raises(ValidationError) as error:
        make.risk(impact=value, assessed_by="SF/S5")
    assert [e.code for e in error.value.error_dict["impact"]] == [code]


# ---- Citations -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("basis", ["official", "summary", "reported"])
def test_a_sourced_fact_has_its_source(basis: str):
    refused(
        lambda: make.citation(source=None, basis=basis, reason="We say so."), field="source", says="needs its source"
    )


@pytest.mark.parametrize("basis", ["inferred", "entered"])
def test_our_own_reading_has_its_reason(basis: str):
    refused(lambda: make.citation(source=None, basis=basis), field="reason", says="give the reason")
    assert make.citation(source=None, basis=basis, reason="It follows from the title.").pk


def test_a_citation_names_a_field_that_is():
    goal = make.goal()
    refused(lambda: make.citation(record=goal, field="titel"), field="field", says="has no field 'titel'")
    assert make.citation(record=goal, field="title").pk


def test_a_citation_names_a_part_that_is():
    office = make.office_name(value="Old name").office
    refused(
        lambda: make.citation(record=office, field="names", part="New name"), field="part", says="has no 'New name'"
    )
    refused(lambda: make.citation(record=office, part="Old name"), field="part", says="Name the field")
    assert make.citation(record=office, field="names", part="Old name").pk


@pytest.mark.parametrize(("field", "part"), [("name", "x"), ("code", "x"), ("echelon", "hq_staff")])
def test_a_plain_field_has_no_parts(field: str, part: str):
    with pytest.raises(ValidationError):
        make.citation(record=make.office(), field=field, part=part)


def test_a_citation_is_of_a_record_that_is():
    goal = make.goal()
    citation = make.citation(record=goal)
    citation.object_id = goal.pk + 10_000_000
    refused(citation.full_clean, field="object_id", says="No such record")
