"""What a record's page says of the evidence for its leading sentence, and that it says nothing twice."""

import pytest
from django.test import Client

from strategy.core.models import CodedModel
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
