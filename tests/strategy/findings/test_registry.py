"""The registry of findings: ids, wording, order, and rows that are counted and sliced without being loaded."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from strategy.findings import Rows, Severity, all_findings, registry
from strategy.models import Goal, Risk
from tests.support import factories as make
from tests.support.planted_defects import ALL_DEFECTS

pytestmark = pytest.mark.django_db


def test_every_finding_is_proved():
    assert {item.id for item in all_findings()} == ALL_DEFECTS.keys()


@pytest.mark.parametrize("item", all_findings(), ids=lambda item: item.id)
def test_wording(item):
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", item.id)
    assert re.fullmatch(r"[A-Z][^.]*\.", item.why), "why it matters is one sentence"
    assert not item.title.endswith(".")


def test_an_id_is_given_once():
    with pytest.raises(ValueError, match="goal-without-line"):
        registry.register_finding("goal-without-line", severity=Severity.INFO, title="Again", why="Because.")(print)
    assert registry.get_finding("goal-without-line").title != "Again"


def test_order_is_by_severity():
    order = [item.severity for item in all_findings()]
    assert order == sorted(order, key=list(Severity).index)


def test_notional_content_is_apart():
    term = make.term(definition="", notional=True)
    item = registry.get_finding("term-without-definition")
    assert term not in item.rows()
    assert list(item.rows("only")) == [term]
    assert len(item.rows("include")) == len(item.rows()) + 1


@pytest.mark.parametrize("page", [slice(0, 2), slice(1, 4), slice(2, None), slice(None, 3), slice(4, 9), slice(5, 9)])
def test_rows_are_sliced_across_groups(page):
    goals = [make.goal() for _ in range(2)]
    risks = [make.risk() for _ in range(3)]
    chosen = Goal.objects.filter(pk__in=[row.pk for row in goals])
    assert Rows([chosen, Risk.objects.none(), risks])[page] == [*goals, *risks][page]
    assert list(Rows([chosen, risks])) == [*goals, *risks]


def test_counting_loads_no_record(django_assert_max_num_queries):
    make.term(definition="")
    item = registry.get_finding("term-without-definition")
    with django_assert_max_num_queries(1) as captured:
        assert len(item.rows())
    assert "COUNT(*)" in captured[0]["sql"]


def test_queries_do_not_grow():
    def queries():
        with CaptureQueriesContext(connection) as captured:
            for item in all_findings():
                for row in item.rows():
                    str(row)
        return len(captured)

    def plant():
        for case in ALL_DEFECTS.values():
            case.defect()

    plant()
    # Django remembers the content type of a kind of record from the first question on.
    queries()
    once = queries()
    for _ in range(4):
        plant()
    assert queries() == once
