"""For each finding one defect it must report, beside a neighbor it must leave alone (see tests/support/findings.py)."""

from typing import Any

from lines_of_effort.models import Activity
from partners.models import Engagement
from strategy.core import clock
from strategy.models import Goal, Office, Risk
from tests.support import factories as make
from tests.support.findings import Planted

# ---- strategy ------------------------------------------------------------------------------------------------------


def cited(**values: Any) -> Goal:
    record = make.goal(**values)
    make.citation(record=record)
    return record


def mitigated(content: str) -> Risk:
    record = make.risk()
    make.mitigation(risks=[record], content=content)
    return record


def related(**values: Any) -> Office:
    return make.office_relation(**values).office


def sourced(factory: Any, *dates: str) -> Any:
    record = factory()
    for date in dates:
        make.citation(record=record, source=make.source(date=date))
    return record


def rated(*tiers: str) -> Goal:
    """A goal with a source of each tier; the first is cited twice."""
    record, sources = make.goal(), [make.source(tier=tier) for tier in tiers]
    for source in [sources[0], *sources]:
        make.citation(record=record, source=source, basis="entered")
    return record


def backed(basis: str, cited: str, field: str = "") -> Goal:
    record = make.goal(basis=basis)
    make.citation(record=record, basis=cited, field=field)
    return record


STRATEGY = {
    "record-without-source": Planted(lambda: cited(basis="summary"), lambda: make.goal(basis="summary")),
    "record-entered-by-staff": Planted(cited, make.goal),
    "conflict-open": Planted(lambda: make.conflict(status="settled"), make.conflict),
    "risk-without-mitigation": Planted(lambda: mitigated("described"), make.risk),
    "risk-with-unknown-mitigation": Planted(make.risk, lambda: mitigated("unknown")),
    "mitigation-without-owner": Planted(lambda: make.mitigation(owner=make.office()), make.mitigation),
    "term-without-definition": Planted(make.term, lambda: make.term(definition="")),
    "silence-not-checked": Planted(
        lambda: make.silence(checked=str(clock.a_year_ago())),
        lambda: make.silence(checked="2001-02"),
        detail="2001-02",
    ),
    "office-with-old-sources": Planted(
        lambda: (make.office(), sourced(make.office, "2001", str(clock.a_year_ago()))),
        lambda: sourced(make.office, "2001", "2002-03"),
    ),
    "record-on-one-weak-source": Planted(
        lambda: (rated("official"), rated("low", "low"), rated("low", "reported"), make.goal()),
        lambda: rated("low"),
    ),
    "record-with-stronger-source": Planted(
        lambda: (backed("summary", "summary"), backed("summary", "reported"), backed("summary", "official", "title")),
        lambda: backed("summary", "official"),
    ),
    "office-relation-read-by-us": Planted(related, lambda: related(basis="inferred")),
}


# ---- lines_of_effort -----------------------------------------------------------------------------------------------


def tasked(*roles: str, **values: Any) -> Activity:
    """An activity with one office in each of the roles."""
    activity = make.activity(**values)
    for role in roles:
        make.assignment(activity=activity, role=role)
    return activity


def placed(basis: str, reason: str = "") -> Activity:
    line = make.line_of_effort()
    return make.activity(line_of_effort=line, line_basis=basis, line_reason=reason)


LINES_OF_EFFORT = {
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
    "activity-link-read-by-us": Planted(
        make.activity_goal, lambda: make.activity_goal(basis="inferred", reason="Our reading.").activity
    ),
    "line-goal-read-by-us": Planted(make.line_goal, lambda: make.line_goal(basis="inferred").line_of_effort),
}


# ---- partners ------------------------------------------------------------------------------------------------------


def engaged(basis: str, reason: str = "") -> Engagement:
    return make.engagement(line_of_effort=make.line_of_effort(), line_basis=basis, line_reason=reason)


PARTNERS = {
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


ALL_DEFECTS = STRATEGY | LINES_OF_EFFORT | PARTNERS
