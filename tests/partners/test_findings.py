"""The findings about partners, engagements and abbreviations: each reports its planted defect and nothing else."""

import pytest

from tests.support import factories as make
from tests.support.findings import prove, rows
from tests.support.planted_defects import PARTNERS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("finding_id", PARTNERS)
def test_planted_defect_is_found(finding_id):
    prove(finding_id, PARTNERS[finding_id])


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
    result = {("partners.engagement", engagement.code), ("partners.participation", participation.code)}
    assert result <= rows("record-without-source").keys()
    make.citation(record=engagement)
    assert not result & rows("record-without-source").keys()
