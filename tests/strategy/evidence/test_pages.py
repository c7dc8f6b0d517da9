"""Findings, conflicts, sources, silences and citations as pages: what is asked, found, disputed and not said."""

import re

import pytest
from django.test import Client

from strategy.findings import Severity, run_findings
from strategy.views.sources import MAX_CITATIONS
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


def test_a_conflict_shows_every_value_with_its_sources_and_the_reading_used(client: Client) -> None:
    conflict = make.conflict(reading="Nineteen.", reason="It is newer.", status="settled")
    sources = [make.source(tier=tier) for tier in ("official", "low")]
    for source, value in zip(sources, ("19", "17"), strict=True):
        make.conflict_position(conflict=conflict, value=value, sources=[source])
    page = client.get(conflict.get_absolute_url())
    rivals = main_of(page).texts("li.rival")
    assert [source.code in rival for source, rival in zip(sources, rivals, strict=True)] == [True, True]
    assert "Official" in rivals[0]
    assert "Weak: a lead, not proof" in rivals[1]
    assert "Reading used here Nineteen. Why: It is newer." in text_of(page)
    assert "no reading is settled yet" in text_of(client.get(make.conflict().get_absolute_url()))


def test_a_source_says_what_it_is_cited_for_and_links_the_rest(client: Client) -> None:
    source = make.source(tier="low", seen="first page only")
    for number in range(MAX_CITATIONS + 1):
        make.citation(source=source, basis="reported" if number else "summary")
    page = client.get(source.get_absolute_url())
    text, links = text_of(page), links_of(page)
    assert "Reliability Weak: a lead, not proof" in text
    assert "How much was read first page only" in text
    assert f"Cited {MAX_CITATIONS + 1} times" in text
    assert f"Cited for (the first {MAX_CITATIONS})" in text
    assert f"/citations/?source={source.code}" in links
    narrowed = f"/citations/?source={source.code}&basis=reported"
    assert narrowed in links
    assert len(row_links(client.get(narrowed))) == MAX_CITATIONS


def test_a_source_nobody_cites_says_so(client: Client) -> None:
    assert "Nothing cites it" in text_of(client.get(make.source().get_absolute_url()))


def test_a_silence_says_in_which_way_a_thing_is_not_said(client: Client) -> None:
    assert "what it holds, none does" in text_of(client.get("/silences/SIL-18/"))
    assert "Somebody looked" in text_of(client.get("/silences/SIL-09/"))


def test_a_citation_says_what_stands_behind_what(client: Client) -> None:
    text = text_of(client.get("/citations/CIT-0229/"))
    assert re.search(r"SRC-MT .* agrees with IPS-R2 Over-classification", text)
