"""Whom a partner talks to, in the API: the lines of the page, with sources, and with what no source says."""

import json
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

pytestmark = pytest.mark.django_db


def ask(api: APIClient, query: str) -> dict[str, Any]:
    response = api.get(f"/api/v1/contacts/?{query}")
    assert response.status_code == 200, response.content
    return response.json()


@pytest.mark.parametrize("query", ["", "partner=AUS&topic=IPS-L1", "partner=JPN&topic=IPS-A06", "topic=IPS-S6"])
def test_the_lines_are_those_of_the_page(client: Client, api: APIClient, query: str) -> None:
    answer, table = ask(api, query), json.loads(client.get(f"/contacts.json?{query}").getvalue())
    assert [
        {
            **{
                name: line[name] for name in ("part", "role", "name", "as_stated", "standing", "remit", "date", "basis")
            },
            "code": line["who"]["code"] if line["who"] else "",
            "about_code": line["about"]["code"] if line["about"] else "",
            "reason": line["reason"],
            "sources": "; ".join(dict.fromkeys(item["code"] or "inferred" for item in line["sources"])),
        }
        for line in answer["contacts"]
    ] == [{name: row[name] for name in row if name not in ("about", "web_url")} for row in table]
    assert answer["contacts"]


def test_nobody_is_named_where_no_source_names_anybody(api: APIClient) -> None:
    answer = ask(api, "partner=AUS&topic=IPS-A06")
    roles = {(line["role"], line["name"]): line for line in answer["contacts"] if line["part"] == "tasked office"}
    lead = roles["Lead", "No one is named"]
    assert (lead["named"], lead["who"], lead["sources"], lead["basis"]) == (False, None, [], "")
    coordinating = roles["Coordinating", "Space Training and Readiness Command"]
    assert coordinating["named"] is True
    assert [item["code"] for item in coordinating["sources"]] == ["SRC-SEED"]
    nearest = [line for line in answer["contacts"] if line["part"].startswith("nearest")]
    assert {line["basis"] for line in nearest} == {"inferred"}
    assert all(line["reason"] for line in nearest)


def test_what_is_not_stated_is_said_with_what_it_is_about(api: APIClient) -> None:
    answer = ask(api, "topic=IPS-A06")
    silences = [item for item in answer["not_stated"] if "IPS-A06" in item["about"]]
    assert silences
    assert {item["record_type"] for item in silences} == {"silence"}
