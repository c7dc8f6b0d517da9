"""The Model Context Protocol as a real client speaks it, over a socket, on the shipped content."""

import asyncio
import json
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.test import Client as Browser
from mcp import MCPError
from mcp.client.client import Client
from mcp_types import CallToolResult
from pytest_django import DjangoDbBlocker

from config.mcp.protocol import HANDSHAKE, MODERN
from config.mcp.tools import TOOLS

Ask = Callable[..., CallToolResult]
URL = "/api/mcp/"


@pytest.fixture
def connected(site: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Callable[..., Any]]:
    """Runs a conversation with the server: given a function of a connected client, what it returns."""

    def run(talk: Callable[[Client], Any], mode: str = "auto", url: str = URL) -> Any:
        async def conversation() -> Any:
            async with Client(f"{site}{url}", mode=mode) as client:
                return await talk(client)

        # In a thread of its own: a browser that tests before this one drove keeps a loop running in theirs.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(lambda: asyncio.run(conversation())).result()

    with django_db_blocker.unblock():
        yield run


@pytest.fixture
def ask(connected: Callable[..., Any]) -> Ask:
    """Calls a tool. The client holds each answer to the shape that the tool was listed with."""

    def call(tool: str, **arguments: Any) -> CallToolResult:
        async def talk(client: Client) -> Any:
            await client.list_tools()
            return await client.call_tool(tool, arguments)

        found: CallToolResult = connected(talk)
        return found

    return call


def told(result: CallToolResult) -> dict[str, Any]:
    """The structured answer, which the text repeats for older clients."""
    assert not result.is_error, result.content
    assert json.loads(result.content[0].text) == result.structured_content
    return result.structured_content


def refusal(result: CallToolResult) -> str:
    assert result.is_error
    assert result.structured_content is None
    return result.content[0].text


# ---- The protocol --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("url", [URL, URL.rstrip("/")])
@pytest.mark.parametrize(("mode", "version"), [("auto", MODERN[-1]), ("legacy", HANDSHAKE[-1])])
def test_a_client_connects_and_is_told_how_to_answer(
    connected: Callable[..., Any], mode: str, version: str, url: str
) -> None:
    async def talk(client: Client) -> Any:
        return client.protocol_version, client.instructions, await client.list_tools()

    spoken, instructions, listed = connected(talk, mode, url)
    assert spoken == version
    assert "must be cited" in instructions
    assert "never fill it in" in instructions
    assert [tool.name for tool in listed.tools] == [tool.name for tool in TOOLS]
    for tool in listed.tools:
        assert tool.annotations.read_only_hint is True
        assert tool.input_schema["additionalProperties"] is False
        assert {"sources", "source", "web_url"} & set(json.dumps(tool.output_schema).replace('"', " ").split())


def test_both_ways_to_connect_give_the_same_answer(connected: Callable[..., Any]) -> None:
    async def talk(client: Client) -> Any:
        return await client.call_tool("who_leads", {"activity": "IPS-A06"})

    answers = [told(connected(talk, mode)) for mode in ("auto", "legacy")]
    assert answers[0] == answers[1]


def test_an_unknown_tool_is_an_error_of_the_protocol(connected: Callable[..., Any]) -> None:
    async def talk(client: Client) -> None:
        with pytest.raises(MCPError, match="Did you mean 'who_leads'"):
            await client.call_tool("who_lead", {"activity": "IPS-A06"})

    connected(talk)


def test_what_the_documentation_says_to_ask_is_answered(ask: Ask, root: Path) -> None:
    text = (root / "docs" / "api.md").read_text()
    assert json.loads(next(line for line in text.splitlines() if '"mcpServers"' in line))
    calls = re.findall(r'call_tool\("(\w+)", (\{.*?\})\)', text)
    assert calls
    for tool, arguments in calls:
        assert told(ask(tool, **json.loads(arguments)))


# ---- Who leads, who supports ---------------------------------------------------------------------------------------


def test_nobody_leads_what_an_office_only_coordinates(ask: Ask) -> None:
    answer = told(ask("who_leads", activity="IPS-A06"))
    assert answer["stated"] is False
    assert answer["answer"].startswith("No source names a lead of IPS-A06. Space Training and Readiness Command")
    assert answer["lead"] == answer["supporting"] == []
    (one,) = answer["coordinating"]
    assert (one["office"]["code"], one["verb"], one["basis"]) == ("STARCOM", "coordinates", "summary")
    (source,) = one["sources"]
    assert (source["code"], source["basis"]) == ("SRC-SEED", "summary")
    assert source["web_url"].endswith("/sources/SRC-SEED/")
    assert [silence["kind"] for silence in answer["not_stated"]]


def test_several_leads_are_all_named_with_how_they_stand(ask: Ask) -> None:
    answer = told(ask("who_leads", activity="IPS-A01"))
    assert answer["stated"] is True
    assert {(one["office"]["code"], one["standing"]) for one in answer["lead"]} == {
        ("FTF", "Interim"),
        ("SFC", "Planned"),
    }
    assert all(one["sources"] for one in answer["lead"])


def test_who_supports_says_that_nobody_is_named(ask: Ask) -> None:
    answer = told(ask("who_supports", activity="IPS-A01"))
    assert (answer["stated"], answer["supporting"]) == (False, [])
    assert "No source names an office that supports IPS-A01." in answer["answer"]
    assert told(ask("who_supports", activity="IPS-A06"))["stated"] is True


def test_what_an_office_leads_is_told_from_what_it_coordinates(ask: Ask) -> None:
    answer = told(ask("who_leads", office="STARCOM"))
    assert (answer["stated"], answer["lead"]) == (False, [])
    assert "No source names STARCOM as the lead of an activity." in answer["answer"]
    assert [one["activity"]["code"] for one in answer["coordinating"]] == ["IPS-A06"]
    led = told(ask("who_leads", office="CSRO"))
    assert [(one["activity"]["code"], one["verb"]) for one in led["lead"]] == [("IPS-A02", "spearheads")]


# ---- The other tools -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tool", "arguments", "address"),
    [
        ("trace", {"focus": "STARCOM"}, "trace/?focus=STARCOM"),
        ("search", {"q": "training"}, "search/?q=training&page_size=20"),
        ("whom_to_ask", {"partner": "AUS", "topic": "IPS-L1"}, "contacts/?partner=AUS&topic=IPS-L1"),
        ("office_tasking", {"office": "SFC"}, "offices/SFC/tasking/?page=1"),
    ],
)
def test_an_answer_is_that_of_the_api(ask: Ask, site: str, tool: str, arguments: dict[str, str], address: str) -> None:
    answer = Browser(SERVER_NAME=site.rpartition("/")[2]).get(f"/api/v1/{address}").json()
    assert told(ask(tool, **arguments)) == answer


def test_a_record_comes_with_its_sources_and_with_what_is_not_stated(ask: Ask) -> None:
    answer = told(ask("record", code="IPS-A06"))
    assert (answer["record_type"], answer["fields"]["line_of_effort"]) == ("activity", "IPS-L2")
    assert {one["code"] for one in answer["citations"] if not one["field"]} >= {"SRC-SEED"}
    assert answer["not_stated"]
    assert [one["code"] for one in told(ask("record", code="FTF"))["conflicts"]] == ["C3"]


def test_findings_and_the_records_of_one(ask: Ask) -> None:
    every = told(ask("findings"))["findings"]
    (one,) = (finding for finding in every if finding["id"] == "activity-without-lead")
    answer = told(ask("findings", id="activity-without-lead"))
    assert answer["findings"] == [one]
    assert len(answer["records"]) == one["count"] == 16


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("who_leads", {"activty": "IPS-A06"}, "activty: Unknown argument. Did you mean 'activity'?"),
        ("who_leads", {}, "Name one activity or one office"),
        ("who_leads", {"activity": "IPS-A06", "office": "STARCOM"}, "Name one activity or one office"),
        ("who_leads", {"activity": "STARCOM"}, "activity: There is no activity 'STARCOM'."),
        ("who_leads", {"office": "STARCON"}, "Did you mean 'STARCOM' (Space Training and Readiness Command)?"),
        ("who_leads", {"activity": 6}, "activity: Must be of the type string."),
        ("who_leads", {"activity": ""}, "Name one activity or one office"),
        ("who_leads", {"activity": "IPS-A06", "notional": "yes"}, "notional: 'yes' is not one of: exclude"),
        ("office_tasking", {"office": "SFC", "page": True}, "page: Must be of the type integer."),
        ("office_tasking", {"office": "SFC", "page": 9}, "There is 1 page and no more."),
        ("search", {}, "q: Is missing."),
        ("search", {"q": "space", "type": "tern"}, "Did you mean 'term'?"),
        ("search", {"q": "a\x00b"}, "q: Holds a NUL character."),
        ("trace", {"focus": "STARCON"}, "focus: There is nothing to trace with the code 'STARCON'."),
        ("whom_to_ask", {"partner": "USA"}, "partner: USA"),
        ("record", {"code": "IPS-A99"}, "code: There is no record 'IPS-A99'. Did you mean"),
        ("findings", {"id": "activity-without-leed"}, "Did you mean 'activity-without-lead'?"),
    ],
)
def test_what_cannot_be_answered_is_said_to_the_model(
    ask: Ask, tool: str, arguments: dict[str, Any], words: str
) -> None:
    assert words in refusal(ask(tool, **arguments))
