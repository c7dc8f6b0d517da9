"""The text that cites a page: it names who says a thing, on what basis, and never credits a strategy with more."""

import re

import pytest
from django.test import Client

from strategy.models import Goal, Source, Strategy, Term
from tests.support import factories as make
from tests.support.html import main_of

pytestmark = pytest.mark.django_db


def cited(client: Client, address: str) -> str:
    """The citation of a page, as it stands there."""
    return main_of(client.get(address)).texts(".citation-box")[-1]


def test_names_source_paraphrase_basis_address_and_day(client: Client) -> None:
    text = cited(client, "/goals/IPS-G1/")
    goal = Goal.objects.get(code="IPS-G1")
    assert text.startswith(f"{goal}. Goal of United States Space Force, International Partnership Strategy, ")
    assert "first edition. According to grayscaleinsight, “" in text
    assert "Paraphrase by the compilers of this site, not a quotation. Basis: Unofficial summary." in text
    assert "http://testserver/goals/IPS-G1/ (retrieved " in text
    assert "UTC)." in text
    assert re.search(r"Last changed on this site on \d+ \w+ \d{4}\. ", text)
    assert "as changed" not in text


def test_a_definition_is_credited_to_the_document_it_is_from(client: Client) -> None:
    term = Term.objects.get(code="T01")
    text = cited(client, "/terms/T01/")
    assert f"Definition: {term.defined_in}." in text
    assert term.strategy.title not in text


def test_what_another_source_adds_is_not_credited_to_the_strategy(client: Client) -> None:
    text = cited(client, "/activities/IPS-A12/")
    assert "Activity. According to " in text
    assert "International Partnership Strategy, first edition" not in text
    assert "Basis: Reported." in text


def test_says_that_no_source_is_behind_it(client: Client) -> None:
    goal = make.goal(strategy=Strategy.objects.get(code="IPS"), basis="inferred")
    assert "No source says this: inferred by the compilers." in cited(client, goal.get_absolute_url())


def test_a_source_that_only_agrees_is_not_the_one_that_says_it(client: Client) -> None:
    goal = make.goal(strategy=Strategy.objects.get(code="IPS"), basis="summary")
    for code, agrees in (("SRC-SEED", False), ("SRC-SAM", True)):
        make.citation(record=goal, source=Source.objects.get(code=code), basis="summary", corroborates=agrees)
    text = cited(client, goal.get_absolute_url())
    assert "grayscaleinsight" in text
    assert Source.objects.get(code="SRC-SAM").publisher not in text


def test_what_an_office_is_for_is_not_what_its_page_is_cited_by(client: Client) -> None:
    office = make.office(basis="summary", remit="It does odd things.", remit_basis="reported")
    for code, field, basis in (("SRC-SEED", "", "summary"), ("SRC-SAM", "remit", "reported")):
        make.citation(record=office, field=field, source=Source.objects.get(code=code), basis=basis)
    text = cited(client, office.get_absolute_url())
    assert "According to grayscaleinsight, “" in text
    assert "Basis: Unofficial summary." in text
    assert Source.objects.get(code="SRC-SAM").publisher not in text


def test_a_question_has_no_full_stop(client: Client) -> None:
    text = cited(client, "/contacts/?partner=AUS&topic=TOP-ACQUISITION")
    assert text.startswith("Whom does Australia talk to about acquisition? Compiled from the sources")


def test_a_page_of_many_records_leaves_the_sources_to_them(client: Client) -> None:
    text = cited(client, "/activities/?role=coordinating")
    assert text.startswith("Activities. Compiled from the sources named on the page, in paraphrase.")
    assert "http://testserver/activities/?role=coordinating (retrieved " in text
