import json
import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from strategy.core.text import abbreviations
from strategy.findings import Rows, Severity, all_findings, registry, run_findings
from strategy.models import Goal, Risk
from tests.lines_of_effort.test_findings import CASES as WAYS
from tests.partners.test_findings import CASES as PARTNERSHIPS
from tests.support import factories as make
from tests.support.findings import Planted, prove

pytestmark = pytest.mark.django_db


def cited(**values):
    record = make.goal(**values)
    make.citation(record=record)
    return record


def mitigated(content):
    record = make.risk()
    make.mitigation(risks=[record], content=content)
    return record


def related(**values):
    return make.office_relation(**values).office


CASES = {
    "record-without-source": Planted(lambda: cited(basis="summary"), lambda: make.goal(basis="summary")),
    "record-entered-by-staff": Planted(cited, make.goal),
    "conflict-open": Planted(lambda: make.conflict(status="settled"), make.conflict),
    "risk-without-mitigation": Planted(lambda: mitigated("described"), make.risk),
    "risk-with-unknown-mitigation": Planted(make.risk, lambda: mitigated("unknown")),
    "mitigation-without-owner": Planted(lambda: make.mitigation(owner=make.office()), make.mitigation),
    "term-without-definition": Planted(make.term, lambda: make.term(definition="")),
    "office-relation-read-by-us": Planted(related, lambda: related(basis="inferred")),
}


@pytest.mark.parametrize("finding_id", CASES)
def test_planted_defect_is_found(finding_id):
    prove(finding_id, CASES[finding_id])


def test_every_finding_is_proved():
    assert {one.id for one in all_findings()} == CASES.keys() | WAYS.keys() | PARTNERSHIPS.keys()


def test_a_mitigation_of_known_content_is_enough():
    risk = mitigated("unknown")
    make.mitigation(risks=[risk], content="general")
    assert risk not in Risk.objects.with_unknown_mitigations_only()


@pytest.mark.parametrize("one", all_findings(), ids=lambda one: one.id)
def test_wording(one):
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", one.id)
    assert re.fullmatch(r"[A-Z][^.]*\.", one.why), "why it matters is one sentence"
    assert not one.title.endswith(".")


def test_an_id_is_given_once():
    with pytest.raises(ValueError, match="goal-without-line"):
        registry.register_finding("goal-without-line", severity=Severity.INFO, title="Again", why="Because.")(print)
    assert registry.get_finding("goal-without-line").title != "Again"


def test_order_is_by_severity():
    order = [one.severity for one in all_findings()]
    assert order == sorted(order, key=list(Severity).index)


def test_notional_content_is_apart():
    term = make.term(definition="", notional=True)
    one = registry.get_finding("term-without-definition")
    assert term not in one.rows()
    assert list(one.rows("only")) == [term]
    assert len(one.rows("include")) == len(one.rows()) + 1


# ---- Rows ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", [slice(0, 2), slice(1, 4), slice(2, None), slice(None, 3), slice(4, 9), slice(5, 9)])
def test_rows_are_sliced_across_groups(page):
    goals = [make.goal() for _ in range(2)]
    risks = [make.risk() for _ in range(3)]
    chosen = Goal.objects.filter(pk__in=[row.pk for row in goals])
    assert Rows([chosen, Risk.objects.none(), risks])[page] == [*goals, *risks][page]
    assert list(Rows([chosen, risks])) == [*goals, *risks]


def test_counting_loads_no_record(django_assert_max_num_queries):
    make.term(definition="")
    one = registry.get_finding("term-without-definition")
    with django_assert_max_num_queries(1) as captured:
        assert len(one.rows())
    assert "COUNT(*)" in captured[0]["sql"]


def test_queries_do_not_grow():
    def queries():
        with CaptureQueriesContext(connection) as captured:
            for one in all_findings():
                for row in one.rows():
                    str(row)
        return len(captured)

    def plant():
        for case in (CASES | WAYS | PARTNERSHIPS).values():
            case.defect()

    plant()
    once = queries()
    for _ in range(4):
        plant()
    assert queries() == once


# ---- Abbreviations -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The USSF and the DoD", {"USSF", "DoD"}),
        ("SAF/IA, MNF-OOD (S4S)", {"SAF", "IA", "MNF", "OOD", "S4S"}),
        ("MATs and LOEs", {"MAT", "LOE"}),
        ("SpaceNews met Allies in June, part II or IV", set()),
        ("", set()),
    ],
)
def test_abbreviations(text, found):
    assert abbreviations(text) == found


# ---- The command ---------------------------------------------------------------------------------------------------


def check(capsys, *arguments):
    """Exit status and text of the command."""
    try:
        call_command("check_content", *arguments)
    except SystemExit as stop:
        return stop.code, capsys.readouterr().out
    return 0, capsys.readouterr().out


@pytest.mark.parametrize(
    ("defect", "status"),
    [
        (None, {"error": 0, "warning": 0, "info": 0}),
        (lambda: make.office(notional=True), {"error": 0, "warning": 0, "info": 1}),
        (lambda: make.term(definition="", notional=True), {"error": 0, "warning": 1, "info": 1}),
        (lambda: make.office(basis="summary", notional=True), {"error": 1, "warning": 1, "info": 1}),
    ],
)
def test_exit_status_counts_from_the_severity_asked_for(capsys, defect, status):
    if defect:
        defect()
    assert {name: check(capsys, "--notional", "--severity", name)[0] for name in status} == status
    assert check(capsys, "--notional")[0] == status["warning"]


def test_table(capsys):
    make.term(code="T-1", term="deterrence", definition="", notional=True)
    text = check(capsys, "--notional")[1]
    assert re.search(r"^WARNING\n(.+\n)*     1  term-without-definition +Terms without a definition$", text, re.M)
    assert "T-1" not in text
    assert "        T-1 deterrence\n" in check(capsys, "--notional", "--verbosity", "2")[1]


def test_json(capsys):
    make.goal(code="G-1", title="Lead", statement="Stand up the QZXW.", notional=True)
    found = {one["id"]: one for one in json.loads(check(capsys, "--notional", "--format", "json")[1])}
    assert found.keys() == {one.id for one in all_findings()}
    assert found["abbreviation-undefined"]["rows"] == [
        {"kind": "strategy.goal", "code": "G-1", "label": "Lead", "detail": "QZXW"}
    ]
    assert {one["id"]: one["count"] for one in found.values()} == {r.finding.id: r.count for r in run_findings("only")}
