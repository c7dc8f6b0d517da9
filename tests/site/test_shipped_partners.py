"""What the shipped content says of partners, as callers of the API read it: facts that were once wrong or missing."""

import re
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from tests.support.html import text_of

pytestmark = pytest.mark.django_db

FOUNDERS = {"USA", "AUS", "CAN", "GBR"}
SEVEN = FOUNDERS | {"NZL", "FRA", "DEU"}
TEN = SEVEN | {"ITA", "JPN", "NOR"}


def record(api: APIClient, address: str) -> dict[str, Any]:
    response = api.get(f"/api/v1/{address}/")
    assert response.status_code == 200, response.content
    return response.json()


def rows(api: APIClient, address: str, **filters: str) -> list[dict[str, Any]]:
    response = api.get(f"/api/v1/{address}/", {"page_size": "200", **filters})
    assert response.status_code == 200, response.content
    answer = response.json()
    assert answer["next"] is None
    return answer["results"]


def cited(api: APIClient, address: str, field: str = "") -> set[str]:
    """Codes of the sources a record, or one field of it, is cited from."""
    response = api.get(f"/api/v1/{address}/", {"expand": "citations"})
    assert response.status_code == 200, response.content
    return {item["source"] for item in response.json()["citations"] if not field or item["field"] == field}


def taking_part(api: APIClient, code: str, *roles: str) -> set[str]:
    return {
        item["partner"] for item in record(api, f"engagements/{code}")["participations"]
        if not roles or item["role"] in roles
    }  # fmt: skip


# ---- Engagements ---------------------------------------------------------------------------------------------------


def test_seven_partners_played_in_schriever_2023(api: APIClient) -> None:
    game = record(api, "engagements/SW2023")
    assert taking_part(api, "SW2023", "participant") == {"AUS", "CAN", "FRA", "DEU", "JPN", "NZL", "GBR"}
    assert game["participants_complete"] is True
    assert {"SW23-SHEPHARD", "SW23-HALLDALE"} <= cited(api, "engagements/SW2023", "participations")


@pytest.mark.parametrize(
    ("game", "partners"),
    [
        ("SW2015", {"AUS", "CAN", "NZL", "GBR"}),
        ("SW2018", {"AUS", "CAN", "FRA", "DEU", "JPN", "NZL", "GBR"}),
        ("SW2019", {"AUS", "CAN", "NZL", "GBR"}),
        ("SW2020", {"AUS", "CAN", "FRA", "DEU", "JPN", "NZL", "GBR"}),
    ],
)
def test_partners_in_the_games_before(api: APIClient, game: str, partners: set[str]) -> None:
    assert taking_part(api, game, "participant") == partners


def test_a_game_nobody_reports_as_held_is_not_done(api: APIClient) -> None:
    game = record(api, "engagements/NIMBLE-TITAN-24")
    assert (game["status"], game["start"], game["planned_for"]) == ("unknown", "", "2024-05")


BOARDS = {
    "2014-09-22": ("Ottawa", FOUNDERS),
    "2015-10-12": ("Wellington", FOUNDERS | {"NZL"}),
    "2020-02": ("Ottawa", SEVEN),
    "2021-12": ("Cape Canaveral, Florida", SEVEN),
    "2022-12-07": ("Wellington", SEVEN),
    "2023-12": ("Berlin", TEN),
    "2024-12-03": ("Florence", TEN),
    "2025-12-02": ("Toulouse", TEN),
    "[..2026-05-12]": ("", TEN),
    "2026-12": ("Oslo", set()),
}


def test_combined_space_operations_boards_by_year(api: APIClient) -> None:
    boards = rows(api, "engagements", series="CSPO-BOARD", subkind="board")
    assert {item["start"]: (item["location"], {p["partner"] for p in item["participations"]}) for item in boards} == (
        BOARDS
    )
    assert {item["code"] for item in boards if item["status"] == "planned"} == {"CSPO-2026-OSLO"}


def test_the_first_space_flag_with_partners_after_2019(api: APIClient) -> None:
    flag = record(api, "engagements/SF22-1")
    assert (flag["start"], flag["end"], flag["basis"]) == ("2021-12-06", "2021-12-17", "official")
    assert taking_part(api, "SF22-1", "participant") == {"AUS", "CAN", "GBR"}


def test_the_service_chiefs_met_before_the_strategy_came_out(api: APIClient) -> None:
    assert len(taking_part(api, "SCF-2024", "participant")) == 17
    forum = record(api, "engagements/SCF-2025")
    assert "partnership strategy" in forum["summary"]
    assert (forum["participants_complete"], forum["count_claim"][:18]) == (False, "18 other countries")


def test_the_french_exercise_goes_on_under_a_new_name(api: APIClient) -> None:
    assert record(api, "engagements/SPARTEX26")["series"] == "ASTERX"
    assert record(api, "series/ASTERX")["name"] == "AsterX, since 2026 SparteX"
    assert {"USA", "GBR", "JPN", "DEU"} <= taking_part(api, "SPARTEX26", "participant")


def test_eleven_nations_met_for_the_americas_in_2024(api: APIClient) -> None:
    assert taking_part(api, "SCA-2024") == taking_part(api, "SCA-2023")
    assert len(taking_part(api, "SCA-2024")) == 11


def test_the_australian_memorandum_bears_on_force_development(api: APIClient) -> None:
    memorandum = record(api, "engagements/ESC-AU")
    assert (memorandum["basis"], memorandum["line_of_effort"]) == ("official", "IPS-L2")
    assert memorandum["secondary_line"] == "IPS-L1"
    assert memorandum["line_basis"] == "inferred"
    assert "information sharing on Operate" in memorandum["line_reason"]
    assert "ESC-AU-DVIDS" in cited(api, "engagements/ESC-AU")


def test_the_special_access_cell_rests_on_a_digest_that_is_called_weak(api: APIClient) -> None:
    assert "special access cell" in record(api, "engagements/SW2025")["note"]
    assert cited(api, "engagements/SW2025", "note") == {"SRC-SAPCELL"}
    assert record(api, "sources/SRC-SAPCELL")["tier"] == "low"


@pytest.mark.parametrize("address", ["engagements/SW2018", "engagements/NIMBLE-TITAN-24", "frameworks/APSS"])
def test_the_page_says_what_it_is(client: Client, api: APIClient, address: str) -> None:
    """The summary leads the page, before what is noted about it."""
    page = text_of(client.get(f"/{address}/"))
    shown = record(api, address)
    assert 0 < page.find(shown["summary"]) < page.find(shown["note"].splitlines()[0])


# ---- Partners ------------------------------------------------------------------------------------------------------


def test_the_central_component_has_its_day_and_place(api: APIClient) -> None:
    central = record(api, "partners/SPACEFOR-CENT")
    assert (central["established"], central["established_basis"]) == ("2022-12-02", "reported")
    assert central["location"] == "MacDill Air Force Base, Florida"
    assert cited(api, "partners/SPACEFOR-CENT", "established") == {"SRC-CENT", "SRC-CENT-ID"}


def test_components_belong_to_the_service(api: APIClient) -> None:
    components = rows(api, "partners", subkind="service_component", parent="US-USSF")
    assert {item["code"]: item["established"] for item in components} == {
        "US-S4S": "2023-12-06",
        "SPACEFOR-INDOPAC": "2022-11",
        "SPACEFOR-CENT": "2022-12-02",
        "SPACEFOR-EURAF": "2023-12-08",
        "SPACEFOR-SOUTH": "2025-12-01",
        "SPACEFOR-NORTH": "2026-01-30",
    }
    assert record(api, "partners/SPACEFOR-NORTH")["office"] == "SF-NORTH"


def test_a_unit_is_no_principal_body_beside_the_command_above_it(api: APIClient) -> None:
    bodies = rows(api, "partners", principal="true", is_nation="false")
    principal = {item["code"] for item in bodies}
    below = [item["code"] for item in bodies if item["relation"] != "own_side" and item["parent"] in principal]
    assert below == []
    assert "AU-SPACE-COMMAND" in principal


def test_australia_s_command_comes_before_its_surveillance_unit(api: APIClient) -> None:
    contacts = api.get("/api/v1/contacts/", {"partner": "AUS", "topic": "IPS-L1"}).json()["contacts"]
    bodies = [line["who"]["code"] for line in contacts if line["who"] and line["who"]["code"].startswith("AU-")]
    assert bodies.index("AU-SPACE-COMMAND") < bodies.index("AU-1SSU")


def test_the_colombian_center_bears_the_new_name_of_its_service(api: APIClient) -> None:
    center = record(api, "partners/CO-FAC")
    assert center["name"] == "Space Operations Center, Colombian Aerospace Force"
    assert [(name["kind"], name["valid_until"]) for name in center["names"]] == [("former", "2024-11-08")]


def test_israel_has_its_counterparts_and_the_month_of_its_agreement(api: APIClient) -> None:
    bodies = {item["code"] for item in rows(api, "partners", nation="ISR")}
    assert bodies == {"IL-IAF", "IL-MOD"}
    agreement = record(api, "agreements/SSA-21")
    assert (agreement["date"], agreement["basis"], agreement["counterpart"]) == ("2015-04", "official", "IL-MOD")
    assert cited(api, "agreements/SSA-21") == {"SSA-ISRAEL"}


@pytest.mark.parametrize(
    ("code", "date"),
    [
        ("SSA-02", "2013-12-26"),
        ("SSA-03", "2014-01-21"),
        ("SSA-05", "2013-10-03"),
        ("SSA-06", "[..2013-10-03]"),
        ("SSA-10", "2014-09-02"),
        ("SSA-32", "2015-04-14"),
    ],
)
def test_early_agreements_have_the_day_that_was_announced(api: APIClient, code: str, date: str) -> None:
    assert record(api, f"agreements/{code}")["date"] == date


def test_the_year_of_the_colombian_agreement_is_open(api: APIClient) -> None:
    assert record(api, "agreements/SSA-30")["date"] == "2021"
    conflict = record(api, "conflicts/SSA-CO")
    assert (conflict["status"], conflict["reading"]) == ("open", "2021")
    assert {item["value"] for item in conflict["positions"]} == {"2021", "2022"}


# ---- Memberships ---------------------------------------------------------------------------------------------------


def members(api: APIClient, framework: str, *roles: str) -> dict[str, str]:
    """When each member of a framework joined, as precisely as known."""
    joined = rows(api, "memberships", framework=framework)
    return {item["partner"]: item["since"] for item in joined if not roles or item["role"] in roles}


def test_new_zealand_joined_combined_space_operations_in_july_2015(api: APIClient) -> None:
    assert members(api, "CSPO")["NZL"] == "2015-07"
    assert "NZ-CSPO2022" in cited(api, "memberships/MEM-005", "since")


def test_who_works_at_vandenberg(api: APIClient) -> None:
    assert set(members(api, "MSC", "liaison")) == {"DEU", "FRA", "GBR"}
    assert {"AUS", "CAN", "GBR", "NZL"} <= set(members(api, "CSPOC-FW"))


def test_letters_of_intent_rest_on_the_press_that_quotes_nato(api: APIClient) -> None:
    letters = rows(api, "memberships", framework="APSS", role="letter_of_intent")
    assert len(letters) == 18
    for letter in letters:
        assert "APSS-DN" in cited(api, f"memberships/{letter['code']}")


def test_the_memorandum_has_seventeen_signatories_by_name(api: APIClient) -> None:
    signatories = rows(api, "memberships", framework="APSS", role="signatory")
    assert {item["since"] for item in signatories} == {"2024-07-09"}
    nations = {item["partner"] for item in signatories}
    assert len(nations) == 17
    assert {"DNK", "DEU"} <= nations
    assert {"BGR", "ESP", "GBR"}.isdisjoint(nations)
    count = next(item for item in record(api, "frameworks/APSS")["counts"] if item["counted"] == "mou_signatories")
    assert count["count"] == len(nations)


def test_the_pairs_of_colorado_have_their_years(api: APIClient) -> None:
    pairs = members(api, "SPP")
    assert (pairs["SVN"], pairs["JOR"]) == ("1994", "2004")


def test_the_first_eleven_universities(api: APIClient) -> None:
    """Colorado and Texas count as two each."""
    first = {"UND", "CU", "GATECH", "HOWARD", "MIT", "NCAT", "PURDUE", "USC", "UT-SYSTEM"}
    assert set(members(api, "UPP")) == first | {"ASU", "CLEMSON", "UPRM"}


def test_the_artemis_list_is_partial_and_says_so(api: APIClient) -> None:
    accords = record(api, "frameworks/ARTEMIS")
    listed = members(api, "ARTEMIS")
    assert listed["NZL"] == "2021-05-31"
    newest = max(accords["counts"], key=lambda count: count["as_of"])
    assert (newest["as_of"], newest["count"]) == ("2025-07-24", 56)
    assert f"partial: {len(listed)} of the {newest['count']}" in accords["note"]


# ---- Wording -------------------------------------------------------------------------------------------------------

KINDS = ("partner-kinds", "partners", "frameworks", "memberships", "agreements", "series", "engagements")
PROSE = set("note summary relation_note line_reason definition established_note count_claim span".split())
# Names of foreign bodies keep their own spelling, and their capitals tell them apart.
BRITISH = re.compile(r"\b(?:centres?|centred|programmes?|defence|behaviour|\w*organis\w*|recognised|non-profit)\b")
EDITORIAL = re.compile("in what was read|editor|confirm before|stored|not readable|looked up|treaty test|the data")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("words", [BRITISH, EDITORIAL], ids=["american spelling", "no talk among editors"])
def test_texts_are_plain_american_english(api: APIClient, kind: str, words: re.Pattern[str]) -> None:
    texts = {(row["code"], name): row[name] for row in rows(api, kind) for name in PROSE & row.keys()}
    assert texts
    assert {place: text for place, text in texts.items() if words.search(text)} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_notes_are_sentences(api: APIClient, kind: str) -> None:
    notes = {(row["code"], name): row.get(name) for row in rows(api, kind) for name in ("note", "summary")}
    assert {place: text for place, text in notes.items() if text and not text.endswith(".")} == {}


def test_kinds_are_spelled_as_the_texts_are(api: APIClient) -> None:
    kinds = {row["kind"] for row in rows(api, "frameworks")} | {row["subkind"] for row in rows(api, "partners")}
    assert {kind for kind in kinds if re.search("centre|programme", kind)} == set()
