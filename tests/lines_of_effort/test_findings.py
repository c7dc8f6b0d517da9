import pytest

from lines_of_effort.models import Activity
from tests.support import factories as make
from tests.support.findings import Planted, prove

pytestmark = pytest.mark.django_db


def tasked(*roles, **values):
    """An activity with one office in each of the roles."""
    activity = make.activity(**values)
    for role in roles:
        make.assignment(activity=activity, role=role)
    return activity


def placed(basis, reason=""):
    line = make.line_of_effort()
    return make.activity(line_of_effort=line, line_basis=basis, line_reason=reason)


CASES = {
    "goal-without-line": Planted(lambda: make.line_goal().goal, make.goal),
    "line-without-activity": Planted(lambda: placed("summary"), make.line_of_effort),
    "activity-without-lead": Planted(lambda: tasked("lead"), lambda: tasked("coordinating")),
    "activity-with-several-leads": Planted(lambda: tasked("lead", "supporting"), lambda: tasked("lead", "lead")),
    "activity-supported-not-led": Planted(lambda: tasked("lead", "supporting"), lambda: tasked("supporting")),
    "assignment-to-office-not-standing": Planted(
        lambda: make.assignment(office=make.office(status="existing")),
        lambda: make.assignment(office=make.office(status="paused", status_as_stated="on hold")),
        detail="on hold",
    ),
    "office-without-tasking": Planted(
        lambda: (make.assignment(), make.office(link="candidate")),
        lambda: make.mention(offices=[office := make.office()]) and office,
    ),
    "means-unused": Planted(make.activity_means, make.means),
    "line-read-by-us": Planted(
        lambda: placed("summary"), lambda: placed("inferred", "It trains people."), detail="It trains people."
    ),
    "activity-link-read-by-us": Planted(make.activity_goal, lambda: make.activity_goal(basis="inferred").activity),
    "line-goal-read-by-us": Planted(make.line_goal, lambda: make.line_goal(basis="inferred").line_of_effort),
}


@pytest.mark.parametrize("finding_id", CASES)
def test_planted_defect_is_found(finding_id):
    prove(finding_id, CASES[finding_id])


@pytest.mark.parametrize("status", ["planned", "interim", "paused", "renamed", "disestablished"])
def test_offices_that_do_not_stand(status):
    prove(
        "assignment-to-office-not-standing",
        Planted(make.assignment, lambda: make.assignment(office=make.office(status=status))),
    )


@pytest.mark.parametrize("link", [make.activity_goal, make.activity_stage, make.activity_means, make.activity_risk])
def test_each_kind_of_link_read_by_us(link):
    prove("activity-link-read-by-us", Planted(link, lambda: link(basis="inferred").activity))


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
