"""Whom do I talk to about a subject? Offices by remit, frameworks and who leads them, and national counterparts."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.support import factories as make
from tests.support.html import links_of, main_of, text_of

pytestmark = pytest.mark.django_db
REMIT, NEAREST = "office by remit (not an assignment)", "nearest named office (inferred)"


def answer_rows(client: Client, **parameters: str) -> list[dict[str, Any]]:
    response = client.get("/contacts.json", parameters)
    assert response.status_code == 200, response.content
    return json.loads(response.getvalue())


def codes(rows: list[dict[str, Any]], part: str, role: str = "") -> list[str]:
    return [row["code"] for row in rows if row["part"] == part and role in ("", row["role"])]


@pytest.mark.parametrize("topic", ["TOP-ACQUISITION", "IPS-A10"])
def test_acquisition_leads_to_those_who_buy_and_sell_and_not_to_the_training_command(client: Client, topic: str):
    rows = answer_rows(client, topic=topic)
    assert set(codes(rows, REMIT, "Main office to ask")) == {"DSCA", "SAF-IA", "SSC-IA"}
    assert "STARCOM" not in {row["code"] for row in rows}
    page = text_of(client.get("/contacts/", {"topic": topic}))
    assert "By remit, not an assignment" in page
    assert "STARCOM" not in page


def test_awareness_data_leads_to_the_agreements_and_the_command_that_leads_them(client: Client) -> None:
    for topic in ("TOP-SDA", "IPS-A11"):
        rows = answer_rows(client, partner="AUS", topic=topic)
        assert "USSPACECOM" in codes(rows, REMIT, "Main office to ask")
        assert "STARCOM" not in {row["code"] for row in rows}
        frameworks = [row for row in rows if row["part"] == "framework"]
        sharing = next(row for row in frameworks if row["about_code"] == "SSA-SHARING")
        assert (sharing["code"], sharing["as_stated"].partition(",")[0]) == (
            "US-USSPACECOM",
            "Australia: agreement SSA-01",
        )
    page = client.get("/contacts/", {"partner": "AUS", "topic": "TOP-SDA"})
    assert "Whom does Australia talk to about space domain awareness data?" in text_of(page)
    assert "/frameworks/SSA-SHARING/" in links_of(page)


def test_the_body_for_the_topic_comes_first_and_one_for_other_topics_last(client: Client) -> None:
    def bodies(topic: str) -> list[str]:
        signed = "Signed an agreement"
        rows = answer_rows(client, partner=nation.code, topic=topic)
        return [row["code"] for row in rows if row["part"] == "counterpart" and row["role"] != signed]

    nation, asked, other = make.partner(), make.topic(), make.topic()
    for_other = make.partner(code="AA-1", name="Aardvark unit", kind="military", nation=nation, principal=True)
    command = make.partner(code="ZZ-9", name="Zebra command", kind="military", nation=nation, principal=True)
    plain = make.partner(code="BB-2", name="Buffalo agency", kind="agency", nation=nation)
    make.partner_topic(partner=for_other, topic=other, weight="main")
    assert bodies(asked.code) == [command.code, plain.code, for_other.code]
    make.partner_topic(partner=plain, topic=asked, weight="part")
    assert bodies(asked.code) == [plain.code, command.code, for_other.code]
    make.partner_topic(partner=command, topic=asked, weight="main")
    assert bodies(asked.code)[0] == command.code


def test_a_unit_answers_after_its_command(client: Client) -> None:
    rows = answer_rows(client, partner="AUS", topic="IPS-L1")
    assert codes(rows, "counterpart")[0] == "AU-SPACE-COMMAND"


def test_without_a_partner_the_counterparts_of_every_nation_are_named(client: Client) -> None:
    rows = [row for row in answer_rows(client, topic="TOP-SDA") if row["part"] == "counterpart"]
    nations = [row["about"] for row in rows]
    assert nations == sorted(nations)
    australia = [row["code"] for row in rows if row["about_code"] == "AUS"]
    assert australia == ["AU-SPACE-COMMAND", "AU-1SSU"]
    assert all(row["basis"] and row["reason"] for row in rows)


def test_a_region_whose_command_is_recorded_names_it_and_its_component(client: Client) -> None:
    command = make.office(code="XCOM", name="Some Command", echelon="combatant_command")
    component = make.office(code="SPACEX-C", name="Some Component", echelon="component_field_command")
    make.office_relation(office=component, kind="presented_to", other=command)
    nation = make.partner(combatant_command="XCOM")
    rows = answer_rows(client, partner=nation.code)
    assert codes(rows, "combatant command and its space component") == ["XCOM", "SPACEX-C"]


def test_every_office_by_remit_says_why_and_what_it_is_for(client: Client) -> None:
    topic, office = make.topic(name="Odd matters"), make.office(name="Odd office")
    make.office_topic(topic=topic, office=office, weight="main", basis="inferred", reason="It is odd.")
    (row,) = [row for row in answer_rows(client, topic=topic.code) if row["part"] == REMIT]
    assert (row["remit"], row["basis"], row["reason"]) == ("", "inferred", "It is odd.")
    page = text_of(client.get("/contacts/", {"topic": topic.code}))
    assert "Whom do I talk to about odd matters?" in page
    assert "No source says what it is for" in page


def test_a_source_cited_for_office_and_topic_is_shown_once(client: Client) -> None:
    topic, office = make.topic(), make.office(name="Odd office", remit="Odd things.", remit_basis="reported")
    link = make.office_topic(topic=topic, office=office, weight="main")
    source = make.source(publisher="Odd Press")
    make.citation(record=office, field="remit", source=source)
    make.citation(record=office, field="topic_links", part=link.key, source=source)
    make.citation(record=office, field="topic_links", part=link.key, source=source, locator="p. 2")
    page = main_of(client.get("/contacts/", {"topic": topic.code}))
    cited = page.texts("section[aria-labelledby=by-remit] [data-label=Sources] li")
    assert sorted(cited) == [source.short_name, f"{source.short_name} p. 2"]


def test_training_content_is_not_named(client: Client) -> None:
    topic = make.topic(notional=True)
    make.office_topic(topic=topic, office=make.office(notional=True))
    assert client.get("/contacts/", {"topic": topic.code}).status_code == 400
    assert codes(answer_rows(client, topic=topic.code, notional="only"), REMIT)
