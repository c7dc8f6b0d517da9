"""The findings about lines of effort, activities and tasking: each reports its planted defect and nothing else."""

import pytest

from lines_of_effort.models import Activity
from tests.support import factories as make
from tests.support.findings import Planted, prove
from tests.support.planted_defects import LINES_OF_EFFORT, tasked

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("finding_id", LINES_OF_EFFORT)
def test_planted_defect_is_found(finding_id):
    prove(finding_id, LINES_OF_EFFORT[finding_id])


@pytest.mark.parametrize("status", ["planned", "interim", "paused", "renamed", "disestablished", "canceled"])
def test_offices_that_do_not_stand(status):
    prove(
        "assignment-to-office-not-standing",
        Planted(make.assignment, lambda: make.assignment(office=make.office(status=status))),
    )


@pytest.mark.parametrize("link", [make.activity_goal, make.activity_stage, make.activity_means, make.activity_risk])
def test_each_kind_of_link_read_by_us(link):
    prove("activity-link-read-by-us", Planted(link, lambda: link(basis="inferred", reason="Our reading.").activity))


def test_stage_read_by_us():
    line = make.line_of_effort()
    prove(
        "line-read-by-us",
        Planted(
            make.process_stage,
            lambda: make.process_stage(line_of_effort=line, line_basis="inferred", line_reason="Its name."),
            detail="Its name.",
        ),
    )


def test_coordinating_is_not_leading():
    assert tasked("coordinating") not in Activity.objects.led()
