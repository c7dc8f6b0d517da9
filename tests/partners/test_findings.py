import pytest

from tests.support import factories as make
from tests.support.findings import Planted, prove, rows

pytestmark = pytest.mark.django_db


def engaged(basis, reason=""):
    return make.engagement(line_of_effort=make.line_of_effort(), line_basis=basis, line_reason=reason)


CASES = {
    "engagement-with-partial-participants": Planted(
        lambda: make.engagement(participants_complete=True), make.engagement
    ),
    "partner-with-weak-evidence": Planted(
        lambda: (make.partner(), make.partner(evidence="strong")),
        lambda: make.partner(evidence="contested"),
        detail="contested",
    ),
    "partnership-line-read-by-us": Planted(
        lambda: engaged("reported"), lambda: engaged("inferred", "An exercise."), detail="An exercise."
    ),
    "abbreviation-undefined": Planted(
        lambda: (make.term(abbreviation="QWZ"), make.goal(statement="Share the QWZs.")),
        lambda: make.goal(statement="Share the qwz and the XWZ, KLd and XWZ."),
        detail="KLd, XWZ",
    ),
}


@pytest.mark.parametrize("finding_id", CASES)
def test_planted_defect_is_found(finding_id):
    prove(finding_id, CASES[finding_id])


@pytest.mark.parametrize(
    "named",
    [
        lambda: make.term(term="XWZ"),
        lambda: make.term(abbreviation="xWZ"),
        lambda: make.office(code="XWZ"),
        lambda: make.office(abbreviation="KL/XWZ"),
        lambda: make.office(name="The XWZ of the service"),
        lambda: make.office_name(value="XWZ"),
        lambda: make.partner(name="XWZ"),
        lambda: make.partner_name(value="XWZ"),
        lambda: make.framework(abbreviation="XWZ"),
        lambda: make.strategy_name(value="USSF XWZ"),
    ],
)
def test_whatever_is_called_so_explains_an_abbreviation(named):
    goal = make.goal(statement="Stand up the XWZ.")
    assert ("strategy.goal", goal.code) in rows("abbreviation-undefined")
    named()
    assert ("strategy.goal", goal.code) not in rows("abbreviation-undefined")


def test_training_content_explains_nothing_sourced():
    goal = make.goal(statement="Stand up the XWZ.")
    make.term(abbreviation="XWZ", notional=True)
    assert ("strategy.goal", goal.code) in rows("abbreviation-undefined")


def test_a_participation_shares_the_evidence_of_its_engagement():
    engagement = make.engagement(basis="reported")
    participation = make.participation(engagement=engagement, basis="reported")
    found = {("partners.engagement", engagement.code), ("partners.participation", participation.code)}
    assert found <= rows("record-without-source").keys()
    make.citation(record=engagement)
    assert not found & rows("record-without-source").keys()
