"""What a record's page says of the evidence for its leading sentence, and what the index of evidence answers."""

from typing import Any

import pytest
from django.test import Client

from strategy.core.models import CodedModel
from strategy.evidence import EvidenceIndex
from tests.support import factories as make
from tests.support.html import Element, main_of, text_of

pytestmark = pytest.mark.django_db


def statement_of(client: Client, record: CodedModel) -> Element:
    """The record's leading sentence, with what stands behind it."""
    return main_of(client.get(record.get_absolute_url())).one("div.statement")


def test_the_leading_sentence_shows_its_own_basis(client: Client) -> None:
    """A chapter the summary names may be described by our reading: the badge of the whole would overrate it."""
    chapter = make.chapter(basis="summary", covers="What it usually holds.", covers_basis="inferred")
    statement = statement_of(client, chapter)
    assert "What it usually holds." in statement.text
    assert "Inferred" in statement.text


def test_the_leading_sentence_shows_its_own_sources(client: Client) -> None:
    term = make.term(definition="The office that answers for it.")
    source = make.citation(record=term, field="definition").source
    statement = statement_of(client, term)
    assert "The office that answers for it." in statement.text
    assert source.get_absolute_url() in statement.links


def test_a_silence_about_two_fields_is_told_once(client: Client) -> None:
    goal, silence = make.goal(), make.silence(statement="Nobody says which year.")
    for field in ("", "short_name"):
        make.subject(record=goal, conflict=None, silence=silence, field=field)
    assert text_of(client.get(goal.get_absolute_url())).count("Nobody says which year.") == 1


# ---- The index of many records -------------------------------------------------------------------------------------


def test_the_index_answers_by_record_field_part_and_row(django_assert_num_queries: Any) -> None:
    activity, other = make.activity(), make.activity()
    part = make.activity_goal(activity=activity)
    own, of_field, of_part = (
        make.citation(record=activity, field=field, part=key)
        for field, key in (("", ""), ("title", ""), ("goal_links", part.key))
    )
    warm = EvidenceIndex([activity]).citations(activity)
    index = EvidenceIndex([activity, other, part])
    with django_assert_num_queries(1):
        assert index.citations(activity) == warm == [own]
        assert index.citations(activity, "title") == [of_field]
        assert index.citations(activity, "goal_links", part.key) == [of_part]
        assert index.row_citations(part, activity) == [of_part]
        assert index.row_citations(activity, other) == [own]
        assert index.all_citations(activity) == [own, of_field, of_part]
        assert index.all_citations(other) == []


def test_the_index_reads_the_remarks_of_all_records_at_once(django_assert_num_queries: Any) -> None:
    first, second = make.goal(), make.goal()
    conflict, silence = make.conflict(), make.silence()
    make.subject(record=first, conflict=conflict)
    for goal, field in ((first, ""), (first, "title"), (second, "")):
        make.subject(record=goal, conflict=None, silence=silence, field=field)
    EvidenceIndex([first]).conflicts(first)
    index = EvidenceIndex([first, second])
    with django_assert_num_queries(1):
        assert index.conflicts(first, second) == [conflict]
        assert index.conflicts(second) == index.observations(first) == []
        assert index.silences(first, second) == [silence]
        assert index.silences_with_records([first, second]) == [(silence, [first, second])]


def test_the_index_of_nothing_asks_nothing(django_assert_num_queries: Any) -> None:
    goal, index = make.goal(), EvidenceIndex([])
    with django_assert_num_queries(0):
        assert index.citations(goal) == index.silences(goal) == []
