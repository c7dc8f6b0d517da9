"""The Model Context Protocol: a real client over a socket on the shipped content, and what no client would send."""

import asyncio
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from mcp import MCPError
from mcp.client.client import Client
from mcp_types import CallToolResult
from pytest_django import DjangoDbBlocker

from config.mcp.protocol import HANDSHAKE, MODERN
from config.mcp.tools import TOOLS
from tests import factories as make

Ask = Callable[..., CallToolResult]
URL = "/api/mcp/"


@pytest.fixture(scope="module")
def connected(site: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Callable[..., Any]]:
    """Runs a conversation with the server: given a function of a connected client, what it returns."""

    def run(talk: Callable[[Client], Any], mode: str = "auto") -> Any:
        async def conversation() -> Any:
            async with Client(f"{site}{URL}", mode=mode) as client:
                return await talk(client)

        return asyncio.run(conversation())

    with django_db_blocker.unblock():
        yield run


@pytest.fixture(scope="module")
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


@pytest.mark.parametrize(("mode", "version"), [("auto", MODERN[-1]), ("legacy", HANDSHAKE[-1])])
def test_a_client_connects_and_is_told_how_to_answer(connected: Callable[..., Any], mode: str, version: str) -> None:
    async def talk(client: Client) -> Any:
        return client.protocol_version, client.instructions, await client.list_tools()

    spoken, instructions, listed = connected(talk, mode)
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


def test_what_the_readme_says_to_ask_is_answered(ask: Ask, root: Path) -> None:
    text = (root / "README.md").read_text()
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
        ("who_leads", {"activity": ""}, "activity: Empty"),
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


# ---- Messages as no client sends them ------------------------------------------------------------------------------


def post(client: Browser, body: Any, **headers: str) -> Any:
    data = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(URL, data, content_type="application/json", headers=headers)


def call(method: str, **params: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": 7, "method": method, "params": params}


META = {
    "io.modelcontextprotocol/protocolVersion": MODERN[-1],
    "io.modelcontextprotocol/clientCapabilities": {},
}
SPOKEN = {"MCP-Protocol-Version": MODERN[-1]}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("{", -32700),
        (" ", -32700),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "\xff"}', -32700),
        ('{"jsonrpc": "2.0", "id": 1, "method": "\\ud800"}', -32700),
        ("[" * 60_000, -32700),
        ([call("ping")], -32600),
        ([], -32600),
        ("1", -32600),
        ({"id": 1, "method": "ping"}, -32600),
        ({"jsonrpc": "2.0", "id": 1}, -32600),
        ({"jsonrpc": "2.0", "id": None, "method": "ping"}, -32600),
        ({"jsonrpc": "2.0", "id": True, "method": "ping"}, -32600),
        ({"jsonrpc": "2.0", "id": 1, "method": "ping", "params": []}, -32600),
        (call("ping", _meta=1), -32602),
    ],
)
def test_what_is_no_message_is_refused(client: Browser, body: Any, code: int) -> None:
    response = post(client, body)
    assert response.json()["error"]["code"] == code
    assert response.status_code == (200 if code == -32602 else 400)
    assert set(response.json()) == {"jsonrpc", "id", "error"}


@pytest.mark.parametrize(
    ("body", "headers", "status", "code"),
    [
        (call("ping"), {}, 200, None),
        (call("pong"), {}, 200, -32601),
        (call("tools/call", name="who_leads", arguments=[]), {}, 200, -32602),
        (call("tools/list", cursor="x"), {}, 200, -32602),
        (call("initialize"), {}, 200, -32602),
        (call("ping"), {"MCP-Protocol-Version": "2024-11-05"}, 400, -32022),
        (call("tools/list", _meta=META), SPOKEN | {"Mcp-Method": "tools/list"}, 200, None),
        (call("tools/list"), SPOKEN | {"Mcp-Method": "tools/list"}, 400, -32602),
        (call("tools/list", _meta=META), SPOKEN, 400, -32020),
        (call("tools/list", _meta=META), {"Mcp-Method": "tools/list"}, 400, -32020),
        (call("tools/call", name="trace", _meta=META), SPOKEN | {"Mcp-Method": "tools/call"}, 400, -32020),
        (call("ping", _meta=META), SPOKEN | {"Mcp-Method": "ping"}, 404, -32601),
    ],
)
def test_a_request_is_answered_in_its_revision(
    client: Browser, body: Any, headers: dict[str, str], status: int, code: int | None
) -> None:
    response = post(client, body, **headers)
    assert (response.status_code, response.json().get("error", {}).get("code")) == (status, code)
    assert response.json()["id"] == 7


def test_an_older_client_is_offered_a_revision_we_speak(client: Browser) -> None:
    for asked, given in (("2025-06-18", "2025-06-18"), ("2024-11-05", HANDSHAKE[-1]), ("9", HANDSHAKE[-1])):
        result = post(client, call("initialize", protocolVersion=asked)).json()["result"]
        assert result["protocolVersion"] == given


def test_a_notification_wants_no_answer(client: Browser) -> None:
    response = post(client, {"jsonrpc": "2.0", "method": "notifications/initialized"})
    assert (response.status_code, response.content) == (202, b"")


def test_only_this_site_and_programs_may_ask_and_only_by_post(client: Browser) -> None:
    for origin, status in (("http://testserver", 200), ("http://evil.example", 403), ("https://testserver", 403)):
        assert post(client, call("ping"), Origin=origin).status_code == status
    assert post(client, call("ping"), Origin="null").status_code == 403
    for method in (client.get, client.put, client.delete):
        assert method(URL).status_code == 405
    assert client.post(URL, "{}", content_type="text/plain").status_code == 415
    assert client.post(f"{URL}?a=1", "{}", content_type="application/json").status_code == 400
    large = post(client, call("ping", filler="x" * 70_000))
    assert (large.status_code, large.json()["error"]["message"]) == (413, "The body is larger than 65536 bytes.")


# ---- Training content and queries ----------------------------------------------------------------------------------


def answer(client: Browser, tool: str, **arguments: Any) -> dict[str, Any]:
    result: dict[str, Any] = post(client, call("tools/call", name=tool, arguments=arguments)).json()["result"]
    return result


@pytest.mark.django_db
def test_training_content_is_given_only_if_asked_for_and_says_so(client: Browser) -> None:
    held = make.assignment(activity=make.activity(notional=True), office=make.office(notional=True), notional=True)
    for tool, name, code in (
        ("who_leads", "activity", held.activity.code),
        ("who_supports", "office", held.office.code),
        ("office_tasking", "office", held.office.code),
        ("record", "code", held.office.code),
    ):
        hidden = answer(client, tool, **{name: code})
        assert hidden["isError"] is True
        assert "is training content: ask with notional=only." in hidden["content"][0]["text"]
        given = answer(client, tool, **{name: code}, notional="include")["structuredContent"]
        assert given["notice"].startswith("Some of this is training content: invented")
    assert "notice" not in answer(client, "who_leads", office="STARCOM")["structuredContent"]


@pytest.mark.django_db
def test_no_tool_asks_more_of_the_database_for_more_rows(client: Browser) -> None:
    office, activity = make.office(code="Z-OFFICE"), make.activity(code="Z-ACTIVITY")
    asked = [
        ("who_leads", {"office": "Z-OFFICE"}),
        ("who_leads", {"activity": "Z-ACTIVITY"}),
        ("record", {"code": "Z-OFFICE"}),
        ("office_tasking", {"office": "Z-OFFICE"}),
    ]

    def numbers() -> list[int]:
        make.citation(record=make.assignment(office=office, role="lead"), basis="summary")
        make.citation(record=make.assignment(activity=activity, role="lead"), basis="summary")
        found = []
        for tool, arguments in asked:
            answer(client, tool, **arguments)
            with CaptureQueriesContext(connection) as captured:
                assert not answer(client, tool, **arguments)["isError"]
            found.append(len(captured))
        return found

    few = numbers()
    for _ in range(3):
        many = numbers()
    assert many == few
    assert max(many) <= 12
