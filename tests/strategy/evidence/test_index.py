"""The index of evidence: what it answers of many records, and how often it asks the database."""

from typing import Any

import pytest

from strategy.evidence import EvidenceIndex
from tests.support import factories as make

pytestmark = pytest.mark.django_db


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
