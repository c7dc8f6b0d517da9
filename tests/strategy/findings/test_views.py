"""Findings as pages: each with its number, its records, and what is said where there are none."""

import pytest
from django.test import Client

from strategy.findings import Severity, run_findings
from tests.support import factories as make
from tests.support.html import links_of, main_of, row_links, text_of

pytestmark = pytest.mark.django_db


def test_findings_stand_under_their_severity_with_their_numbers(client: Client) -> None:
    body = main_of(client.get("/findings/"))
    for severity in Severity:
        section = body.one(f"section.findings#{severity.value}")
        same = [item for item in run_findings() if item.finding.severity == severity]
        for item in same:
            links = section.all(f'a[href="/findings/{item.finding.id}/"]')
            numbers = [link.own_text for link in links if link.own_text.isdigit()]
            assert numbers == ([str(item.count)] if item.count else []), item.finding.id
            assert item.finding.title in section.text
        assert section.texts("strong").count("None:") == sum(not item.count for item in same)
        assert f"of {len(same)} rule" in section.text


def test_training_content_stays_asked_for_from_the_findings_on(client: Client) -> None:
    term = make.term(definition="", notional=True)
    page = client.get("/findings/", {"notional": "only"})
    assert "/findings/term-without-definition/?notional=only" in links_of(page)
    rows = client.get("/findings/term-without-definition/", {"notional": "only"})
    assert row_links(rows) == [term.get_absolute_url()]
    assert "/api/v1/findings/term-without-definition/?notional=only" in links_of(rows)


def test_a_finding_names_each_record_with_its_kind(client: Client) -> None:
    mitigation = make.mitigation()
    text = text_of(client.get("/findings/mitigation-without-owner/"))
    assert f"{mitigation.code} {mitigation.title} Mitigation" in text
    assert "3 records are concerned" in text


def test_an_empty_finding_is_said_positively(client: Client) -> None:
    assert "None: no record is concerned." in text_of(client.get("/findings/record-without-source/"))
