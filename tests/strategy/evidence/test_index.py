"""What a record's page says of the evidence for its leading sentence, and that it says nothing twice."""

import pytest
from django.test import Client

from strategy.core.models import CodedModel
from tests.support import factories as make

pytestmark = pytest.mark.django_db


def main_of(client: Client, record: CodedModel) -> str:
    return client.get(record.get_absolute_url()).content.decode().partition("<main")[2].partition("</main")[0]


def test_the_leading_sentence_shows_its_own_basis(client: Client) -> None:
    """A chapter the summary names may be described by our reading: the badge of the whole would overrate it."""
    chapter = make.chapter(basis="summary", covers="What it usually holds.", covers_basis="inferred")
    statement = main_of(client, chapter).partition("What it usually holds.")[2].partition("</div>")[0]
    assert "Inferred" in statement


def test_the_leading_sentence_shows_its_own_sources(client: Client) -> None:
    term = make.term(definition="The office that answers for it.")
    source = make.citation(record=term, field="definition").source
    statement = main_of(client, term).partition("The office that answers for it.")[2].partition('id="evidence"')[0]
    assert source.get_absolute_url() in statement


def test_a_silence_about_two_fields_is_told_once(client: Client) -> None:
    goal, silence = make.goal(), make.silence(statement="Nobody says which year.")
    for field in ("", "short_name"):
        make.subject(record=goal, conflict=None, silence=silence, field=field)
    assert main_of(client, goal).count("Nobody says which year.") == 1
