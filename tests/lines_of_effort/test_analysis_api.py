"""Matrix, trace, comparison and tasking in the API: their JSON says what the tables of the pages say."""

import json
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from tests.support import factories as make

pytestmark = pytest.mark.django_db


def rows(client: Client, url: str) -> list[dict[str, Any]]:
    """The rows of a page's file."""
    response = client.get(url)
    assert response.status_code == 200
    return json.loads(response.getvalue())


def ask(api: APIClient, url: str) -> dict[str, Any]:
    response = api.get(f"/api/v1/{url}")
    assert response.status_code == 200, response.content
    return response.json()


# ---- Trace ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["", "focus=STARCOM", "focus=IPS-A06", "focus=IPS-R1"])
def test_the_edges_of_a_trace_are_the_table_of_its_page(client: Client, api: APIClient, query: str) -> None:
    answer, table = ask(api, f"trace/?{query}"), rows(client, f"/trace.json?{query}")
    names = {node["code"]: node["label"] for node in answer["nodes"]}
    assert [
        {
            "from_code": edge["source"],
            "from_name": names[edge["source"]],
            "relation": edge["relation"],
            "to_code": edge["target"],
            "to_name": names[edge["target"]],
            "basis": edge["basis"],
            "reason": edge["reason"],
            "sources": "; ".join(f"{item['code']} {item['locator']}".strip() for item in edge["sources"]),
        }
        for edge in answer["edges"]
    ] == [{name: row[name] for name in row if not name.endswith("_url")} for row in table]
    assert answer["edges"] or query == "focus=IPS-R1"


def test_a_trace_says_what_no_source_ties_and_who_has_no_lead(api: APIClient) -> None:
    answer = ask(api, "trace/?focus=STARCOM")
    assert answer["focus"]["code"] == "STARCOM"
    assert "No source names an owner of a mitigation." in answer["notes"]
    assert [(node["code"], node["lead_stated"]) for node in answer["nodes"] if node["layer"] == "activities"] == [
        ("IPS-A06", False)
    ]
    assert {edge["stated"] for edge in answer["edges"]} == {True, False}
    for edge in answer["edges"]:
        assert edge["sources"] or edge["reason"] or not edge["stated"]


# ---- Matrix --------------------------------------------------------------------------------------------------------


def test_the_marks_of_the_tasking_matrix_are_the_rows_of_its_page(client: Client, api: APIClient) -> None:
    answer, table = ask(api, "matrix/"), rows(client, "/matrix.json")
    marks = {
        mark["code"]: (cell["row"], cell["column"], mark["role"], mark["verb"], mark["office_as_stated"], mark["basis"])
        for cell in answer["cells"]
        for mark in cell["marks"]
    }
    names = ("activity", "office", "role", "verb", "office_as_stated", "basis")
    assert marks == {row["assignment"]: tuple(row[name] for name in names) for row in table}
    assert answer["total"] == len(table) == 4
    assert sum(line["lead_stated"] for line in answer["rows"]["lines"]) == 2
    for cell in answer["cells"]:
        result = api.get(cell["url"]).json()["results"]
        assert {row["code"] for row in result} == {mark["code"] for mark in cell["marks"]}
        assert [mark["sources"][0]["code"] for mark in cell["marks"]] == ["SRC-SEED"] * cell["count"]


@pytest.mark.parametrize(
    "query",
    [
        *("rows=goal&columns=stage", "rows=stage&columns=goal", "rows=office&columns=line_of_effort"),
        *("rows=partner&columns=line_of_effort", "rows=line_of_effort&columns=partner&count=frameworks"),
        "rows=goal&columns=line_of_effort&kind=theme",
    ],
)
def test_every_number_of_a_pair_is_the_pages_and_leads_to_what_it_counts(
    client: Client, api: APIClient, query: str
) -> None:
    answer, table = ask(api, f"matrix/?{query}"), rows(client, f"/matrix.json?{query}")
    result = {(cell["row"], cell["column"]): cell["count"] for cell in answer["cells"]}
    assert result == {(row["row"], row["column"]): row["count"] for row in table if row["count"]}
    for cell in (answer["cells"][0], answer["cells"][-1]):
        assert api.get(cell["url"]).json()["count"] == cell["count"]
    for side in ("rows", "columns"):
        assert all(line["record"] or line["value"] == "none" for line in answer[side]["lines"])


def test_what_nothing_links_says_why(api: APIClient) -> None:
    answer = ask(api, "matrix/?rows=goal&columns=partner")
    assert (answer["cells"], answer["counted"]) == ([], None)
    assert "nothing else without guessing" in answer["silence"]
    assert ask(api, "matrix/?rows=goal&columns=risk")["silence"] == "No activity is linked to both a goal and a risk."


# ---- Comparison ----------------------------------------------------------------------------------------------------


def test_a_comparison_has_the_rows_of_its_page(client: Client, api: APIClient) -> None:
    office, other = make.office(notional=True), make.strategy(code="IPS2", notional=True)
    make.goal(strategy=other, title="Secure collective interests", statement="Otherwise.", notional=True)
    make.assignment(activity=make.activity(strategy=other, notional=True), office=office, role="lead", notional=True)
    query = "a=IPS&b=IPS2&notional=include"
    table = rows(client, f"/compare.json?{query}")
    answer = ask(api, f"compare/?{query}&page_size=200")
    assert answer["count"] == len(table) == len(answer["results"])
    for row, line in zip(answer["results"], table, strict=True):
        assert (row["kind"], "; ".join(row["changes"])) == (line["kind"], line["changes"])
        for side in ("a", "b"):
            assert (row[side]["code"] if row[side] else "") == line[f"{side}_code"]
        gained = [f"{code} {change['role']}" for change in row["tasking"] for code in change["gained"]]
        assert "; ".join(gained) == line["tasking_gained"]
    assert sum(answer["changes"].values()) >= len(table)
    reworded = ask(api, f"compare/?{query}&change=reworded")
    assert reworded["count"] == answer["changes"]["reworded"] > 0
    assert [item["gained"][0]["role"] for item in answer["offices"] if item["office"]["code"] == office.code] == [
        "lead"
    ]
    pages = [ask(api, f"compare/?{query}&page_size=50&page={page}")["results"] for page in (1, 2)]
    assert [*pages[0], *pages[1]] == answer["results"][:100]


def test_without_two_strategies_it_says_which_there_are(api: APIClient) -> None:
    answer = ask(api, "compare/")
    assert (answer["a"], answer["b"], answer["count"]) == (None, None, 0)
    assert [item["code"] for item in answer["strategies"]] == ["IPS"]


# ---- An office's tasking -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["STARCOM", "SFC", "FTF", "CSRO"])
def test_the_tasks_of_an_office_are_the_rows_of_its_page(client: Client, api: APIClient, code: str) -> None:
    answer, table = ask(api, f"offices/{code}/tasking/"), rows(client, f"/offices/{code}/tasking.json")
    assert answer["count"] == len(table) == sum(answer["counts"].values()) > 0
    for task, row in zip(answer["results"], table, strict=True):
        for name in ("code", "role", "verb", "office_as_stated", "relation", "basis", "notional"):
            assert task[name] == row[name]
        assert task["activity"]["code"] == row["activity"]
        assert "; ".join(f"{goal['code']} ({goal['basis']})" for goal in task["goals"]) == row["goals"]
        for role, others in task["also"].items():
            assert "; ".join(item["code"] for item in others) == row[f"also_{role}"]
        assert "; ".join(source["code"] for source in task["sources"]) == row["sources"] != ""


def test_an_office_that_coordinates_is_not_said_to_lead(api: APIClient) -> None:
    answer = ask(api, "offices/STARCOM/tasking/")
    assert answer["counts"] == {"lead": 0, "coordinating": 1, "supporting": 0}
    assert answer["not_stated"] == [
        "No source names this office as the lead of an activity.",
        "No source names this office as supporting an activity.",
    ]
    (task,) = answer["results"]
    assert (task["role"], task["activity"]["code"], task["lead_stated"]) == ("coordinating", "IPS-A06", False)


def test_tasks_come_in_pages_strongest_role_first(api: APIClient) -> None:
    office = make.office()
    for n in range(7):
        make.assignment(office=office, activity=make.activity(), role=("supporting", "lead", "coordinating")[n % 3])
    url, result = f"offices/{office.code}/tasking/?page_size=3", []
    while url:
        page = ask(api, url)
        result += page["results"]
        url = (page["next"] or "").partition("/api/v1/")[2]
    assert [task["role"] for task in result] == ["lead"] * 2 + ["coordinating"] * 2 + ["supporting"] * 3
    assert len({task["code"] for task in result}) == 7
    assert "page=2" in page["previous"]
