"""Whom do I talk to? What sources say, what they do not say, and the same lines to take away."""

import csv
import json
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from partners.contacts import topics
from partners.contacts.contact import name_order
from partners.models import Partner
from tests.support import factories as make
from tests.support.html import links_of, main_of, text_of
from tests.support.query_counts import assert_queries_do_not_grow

pytestmark = pytest.mark.django_db
NOBODY = "No one is named"


def answer_rows(client: Client, **parameters: str) -> list[dict[str, Any]]:
    """The lines of the answer."""
    response = client.get("/contacts.json", parameters)
    assert response.status_code == 200, response.content
    return json.loads(response.getvalue())


def named_in(rows: list[dict[str, Any]], part: str, role: str) -> list[tuple[str, str]]:
    return [(row["code"], row["about_code"]) for row in rows if row["part"] == part and row["role"] == role]


def test_create_is_led_by_a_team_that_hands_over_and_by_the_strategy_deputy(client: Client) -> None:
    rows = answer_rows(client, partner="AUS", topic="IPS-L1")
    leads = [pair for pair in named_in(rows, "tasked office", "Lead") if pair[0]]
    assert leads == [("FTF", "IPS-A01"), ("SFC", "IPS-A01"), ("CSRO", "IPS-A02")]
    standing = {row["code"]: row["standing"] for row in rows if row["part"] == "tasked office"}
    assert "Planned; not established" in standing["SFC"]
    assert "successor of FTF" in standing["SFC"]
    assert "to be succeeded by SFC" in standing["FTF"]
    page = text_of(client.get("/contacts/", {"partner": "AUS", "topic": "IPS-L1"}))
    assert "Whom does Australia talk to about “Create”?" in page
    assert "As stated: leads, Future Task Force/Space Futures Command" in page
    assert "Whether Space Futures Command exists" in page


def test_who_coordinates_is_never_said_to_lead(client: Client) -> None:
    rows = answer_rows(client, partner="AUS", topic="IPS-A06")
    assert named_in(rows, "tasked office", "Lead") == [("", "IPS-A06")]
    assert named_in(rows, "tasked office", "Coordinating") == [("STARCOM", "IPS-A06")]
    assert [row["name"] for row in rows if row["role"] in ("Lead", "Supporting")] == [NOBODY, NOBODY]
    page = text_of(client.get("/contacts/", {"partner": "AUS", "topic": "IPS-A06"}))
    assert "No source names a lead office for IPS-A06" in page
    assert "Coordinating: IPS-A06" in page
    assert "Lead: IPS-A06" not in page


def test_where_no_one_is_named_the_nearest_is_marked_as_our_reading(client: Client) -> None:
    rows = answer_rows(client, topic="IPS-A05")
    assert {row["name"] for row in rows if row["part"] == "tasked office"} == {NOBODY}
    near = [row for row in rows if row["part"] == "nearest named office (inferred)"]
    assert [row["code"] for row in near] == ["FTF", "SFC", "CSRO", "ACSO-FCP"]
    assert {row["basis"] for row in near} == {"inferred"}
    assert all(row["reason"].startswith("No source names a lead for IPS-A05.") for row in near)
    page = text_of(client.get("/contacts/", {"topic": "IPS-A05"}))
    assert "Inferred, and not an assignment." in page
    assert "No source names a lead office." in page


def test_a_name_written_for_the_alphabet_is_spoken(client: Client) -> None:
    assert "Whom does the Republic of Korea talk to?" in text_of(client.get("/contacts/", {"partner": "KOR"}))


@pytest.mark.parametrize("topic", ["IPS-S6", "IPS-L3", "IPS-A16"])
def test_a_topic_without_lead_says_so(client: Client, topic: str) -> None:
    page = client.get("/contacts/", {"partner": "JPN", "topic": topic})
    assert f"No source names a lead office for {topic}" in text_of(page)
    assert not [code for code, _ in named_in(answer_rows(client, topic=topic), "tasked office", "Lead") if code]


def test_the_command_for_the_region_comes_with_its_component_and_our_units_there(client: Client) -> None:
    rows = [row for row in answer_rows(client, partner="JPN") if row["part"].startswith("combatant command")]
    assert [(row["role"], row["code"]) for row in rows] == [
        ("Combatant command", "USINDOPACOM"),
        ("Space component", "SF-INDOPAC"),
        ("U.S. unit in the nation", "SPACEFOR-JPN"),
    ]
    assert rows[0]["basis"] == "inferred"
    (command, component) = [
        row for row in answer_rows(client, partner="ISR") if row["part"].startswith("combatant command")
    ]
    assert (command["role"], command["code"]) == ("Combatant command", "USCENTCOM")
    assert (component["role"], component["code"]) == ("Space component", "SPACECENT")


def test_the_partner_s_own_bodies_and_signatures_are_counterparts(client: Client) -> None:
    rows = [row for row in answer_rows(client, partner="POL") if row["part"] == "counterpart"]
    assert {"PL-POLSA", "PL-ARGUS"} <= {row["code"] for row in rows if row["role"] == "Principal body for space"}
    signed = {row["about_code"]: row["name"] for row in rows if row["role"] == "Signed an agreement"}
    assert signed["SSA-19"] == "Polish Space Agency (POLSA) with USSTRATCOM"
    body = next(row for row in answer_rows(client, partner="AGO") if row["part"] == "counterpart")
    assert body["name"] == NOBODY


def test_only_what_touches_the_topic_is_shared_and_says_why(client: Client) -> None:
    rows = answer_rows(client, partner="AUS", topic="IPS-L1")
    frameworks = {row["about_code"]: row for row in rows if row["part"] == "framework"}
    assert set(frameworks) == {"CSPO", "ESC-MOU", "RSC"}
    assert frameworks["RSC"]["reason"] == "Joint research before acquisition"
    assert {row["about_code"] for row in rows if row["part"] == "engagement"} >= {"SW2025", "CSPO-2025"}
    page = client.get("/contacts/", {"partner": "AUS", "topic": "IPS-A16"})
    assert "The topic stands under no line of effort, so no engagement can be linked to it." in text_of(page)


@pytest.mark.parametrize(
    "parameters",
    [{}, {"partner": "AUS"}, {"topic": "IPS-S7"}, {"partner": "NATO", "topic": "IPS-L3"}, {"topic": "TOP-SDA"}],
)
def test_every_choice_is_a_page_and_its_files_have_the_same_lines(client: Client, parameters: dict[str, str]) -> None:
    page = client.get("/contacts/", parameters)
    assert page.status_code == 200
    rows = answer_rows(client, **parameters)
    assert rows
    text, links = text_of(page), links_of(page)
    for row in rows:
        assert row["name"] in text, row
        for code in (row["code"], row["about_code"]):
            assert code in text, row
        assert not row["code"] or any(link.rstrip("/").endswith(f"/{row['code']}") for link in links), row
        cited = [source for source in row["sources"].split("; ") if source.startswith("SRC")]
        assert {f"/sources/{source}/" for source in cited} <= links
    content = client.get("/contacts.csv", parameters).getvalue().decode("utf-8-sig")
    plain = [{name: str(value) for name, value in row.items()} for row in rows]
    assert [{k: v.removeprefix("'") for k, v in row.items()} for row in csv.DictReader(StringIO(content))] == plain
    sheet = load_workbook(BytesIO(client.get("/contacts.xlsx", parameters).getvalue())).active
    head, *lines = sheet.iter_rows(values_only=True)
    assert [dict(zip(head, [cell or "" for cell in line], strict=True)) for line in lines] == rows
    assert any(link.startswith("/contacts.csv") for link in links)


@pytest.mark.parametrize(
    ("parameters", "name", "words"),
    [
        ({"partner": "AUZ"}, "partner", "There is no partner 'AUZ'. Did you mean 'AU"),
        ({"partner": "australia"}, "partner", "Did you mean 'AUS'?"),
        ({"partner": "USA"}, "partner", "own side"),
        ({"topic": "IPS-L9"}, "topic", "Did you mean 'IPS-L"),
        ({"topic": "STARCOM"}, "topic", "There is no topic, line of effort, process stage or activity 'STARCOM'."),
        ({"topic": "TOP-SDB"}, "topic", "Did you mean 'TOP-SDA'?"),
        ({"topic": "Foreign disclosures"}, "topic", "Did you mean 'TOP-DISCLOSURE'?"),
        ({"partnr": "AUS"}, "partnr", "Did you mean 'partner'?"),
        ({"topic": ["IPS-L1", "IPS-L2"]}, "topic", "more than once"),
        ({"notional": "all"}, "notional", "is not one of"),
        ({"partner": "a\x00"}, "partner", "NUL"),
        ({"partner": "<script>alert(1)</script>"}, "partner", "There is no partner"),
    ],
)
def test_what_is_not_understood_is_refused(client: Client, parameters: dict[str, Any], name: str, words: str) -> None:
    for address in ("/contacts/", "/contacts.csv"):
        page = client.get(address, parameters)
        assert page.status_code == 400
        assert words in text_of(page)
        assert name in text_of(page)
        assert "<script>alert" not in page.content.decode()


def test_text_of_a_record_stays_text(client: Client) -> None:
    evil = "<img src=x onerror=alert(1)>"
    nation = make.partner(name=evil, relation_note=evil)
    make.participation(partner=nation, engagement=make.engagement(name=evil, start="2025"))
    make.agreement(nation=nation, counterpart_as_stated=evil)
    addresses = (f"/contacts/?partner={nation.code}", nation.get_absolute_url(), "/engagements/", "/partners/")
    for address in addresses:
        page = main_of(client.get(address))
        assert not page.has("img")
        assert evil in page.text


def test_a_filled_in_link_leads_here_from_the_nation_s_page(client: Client) -> None:
    assert "/contacts/?partner=AUS" in links_of(client.get("/partners/AUS/"))
    assert not [link for link in links_of(client.get("/partners/USA/")) if link.startswith("/contacts/")]


def test_training_content_stays_out_unless_asked_for(client: Client) -> None:
    invented = make.partner(notional=True)
    assert client.get("/contacts/", {"partner": invented.code}).status_code == 400
    page = client.get("/contacts/", {"partner": invented.code, "notional": "only"})
    assert page.status_code == 200
    assert "Notional training content" in page.content.decode()
    assert f"/contacts/?partner={invented.code}&notional=only" in links_of(client.get(invented.get_absolute_url()))


@pytest.mark.parametrize("topic", ["line_of_effort", "process_stage", "activity", "topic"])
def test_queries_do_not_grow(client: Client, topic: str) -> None:
    nation = make.partner(combatant_command="USEUCOM")
    line = make.line_of_effort()
    stage = make.process_stage(line_of_effort=line, line_basis="summary")
    subject = make.topic()

    def plant() -> Any:
        activity = make.activity(line_of_effort=line, line_basis="summary")
        make.activity_stage(activity=activity, stage=stage)
        make.assignment(activity=activity)
        make.activity_topic(activity=activity, topic=subject)
        make.office_topic(topic=subject)
        make.partner_topic(partner=make.partner(nation=nation, kind="military"), topic=subject)
        make.agreement(nation=nation)
        framework = make.framework(line_of_effort=line, line_basis="summary")
        make.membership(partner=nation, framework=framework)
        make.framework_topic(framework=framework, topic=subject)
        engagement = make.engagement(line_of_effort=line, line_basis="summary", start="2025")
        make.participation(partner=nation, engagement=engagement)
        make.engagement_host(engagement=engagement)
        make.engagement_topic(engagement=engagement, topic=subject)
        return activity

    def plant_more() -> None:
        for _ in range(5):
            plant()

    activity = plant()
    code = {"line_of_effort": line, "process_stage": stage, "activity": activity, "topic": subject}[topic].code
    address = f"/contacts/?partner={nation.code}&topic={code}"
    assert_queries_do_not_grow(client, address, lambda page: len(page.content), plant_more)


def test_the_form_offers_every_foreign_partner_and_every_topic(client: Client) -> None:
    values = set(main_of(client.get("/contacts/")).values("option", "value"))
    assert {partner.code for partner in Partner.objects.visible().foreign()} <= values
    assert "USA" not in values
    assert {"TOP-SDA", "IPS-L1", "IPS-S7", "IPS-A18"} <= values


def test_choosers_offer_subject_topics_first_and_names_in_order(client: Client) -> None:
    page = main_of(client.get("/contacts/"))
    subjects, *_ = page.one("#ask-topic").all("optgroup")
    assert subjects["label"] == "Subject topics"
    for names in (subjects.texts("option"), page.one("#ask-partner").all("optgroup")[0].texts("option")):
        assert names == sorted(names, key=name_order)
    nations = page.one("#ask-partner").all("optgroup")[0].texts("option")
    assert nations.index("Argentina (ARG)") < nations.index("United Arab Emirates (ARE)")


def test_too_many_activities_are_named_by_code_and_not_listed(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(topics, "MAX_OFFERED", 17)
    page = main_of(client.get("/contacts/", {"topic": "IPS-A06"}))
    assert (page.one("#ask-topic")["name"], page.one("#ask-topic")["value"]) == ("topic", "IPS-A06")
    values = page.values("option", "value")
    assert "IPS-L1" in values
    assert "IPS-A01" not in values
    assert "STARCOM" in page.text
