"""The command that checks the content: its exit status, its table and its JSON."""

import json
import re

import pytest
from django.core.management import call_command

from strategy.findings import all_findings, run_findings
from tests.support import factories as make

pytestmark = pytest.mark.django_db


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
    result = {item["id"]: item for item in json.loads(check(capsys, "--notional", "--format", "json")[1])}
    assert result.keys() == {item.id for item in all_findings()}
    assert result["abbreviation-undefined"]["rows"] == [
        {"kind": "strategy.goal", "code": "G-1", "label": "Lead", "detail": "QZXW"}
    ]
    assert {item["id"]: item["count"] for item in result.values()} == {
        r.finding.id: r.count for r in run_findings("only")
    }
