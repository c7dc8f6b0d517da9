"""Conflicts, sources, silences and citations as pages: what is disputed, cited and not said."""

import re

import pytest
from django.test import Client

from strategy.views.sources import MAX_CITATIONS
from tests.support import factories as make
from tests.support.html import links_of, main_of, row_links, text_of

pytestmark = pytest.mark.django_db


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
    assert text.count("Reliability Weak: a lead, not proof") == 1
    assert "How much was read first page only" in text
    assert f"Cited {MAX_CITATIONS + 1} times" in text
    assert f"Cited for (the first {MAX_CITATIONS})" in text
    assert f"/citations/?source={source.code}" in links
    narrowed = f"/citations/?source={source.code}&basis=reported"
    assert narrowed in links
    assert len(row_links(client.get(narrowed))) == MAX_CITATIONS


def test_a_dated_part_is_named_by_its_date_in_words(client: Client) -> None:
    assert "for events: 10 February 2026" in text_of(client.get("/offices/DTSA/"))


def test_a_source_nobody_cites_says_so(client: Client) -> None:
    assert "Nothing cites it" in text_of(client.get(make.source().get_absolute_url()))


def test_a_silence_says_in_which_way_a_thing_is_not_said(client: Client) -> None:
    assert "what it holds, none does" in text_of(client.get("/silences/SIL-18/"))
    assert "Somebody looked" in text_of(client.get("/silences/SIL-09/"))


def test_a_citation_says_what_stands_behind_what(client: Client) -> None:
    text = text_of(client.get("/citations/CIT-0229/"))
    assert re.search(r"SRC-MT .* agrees with IPS-R2 Over-classification", text)
