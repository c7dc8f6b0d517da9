"""The findings about the strategy's own records: each reports its planted defect and nothing else."""

import pytest

from strategy.models import Risk
from tests.support import factories as make
from tests.support.findings import prove
from tests.support.planted_defects import STRATEGY, mitigated

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("finding_id", STRATEGY)
def test_planted_defect_is_found(finding_id):
    prove(finding_id, STRATEGY[finding_id])


def test_a_mitigation_of_known_content_is_enough():
    risk = mitigated("unknown")
    make.mitigation(risks=[risk], content="general")
    assert risk not in Risk.objects.with_unknown_mitigations_only()
