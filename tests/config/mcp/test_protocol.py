"""Messages to the Model Context Protocol as no client sends them, training content, and queries."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.mcp.protocol import HANDSHAKE, MODERN, Tool
from config.mcp.tools import TOOLS
from tests.support import factories as make

pytestmark = pytest.mark.django_db
URL = "/api/mcp/"


def post(client: Client, body: Any, url: str = URL, **headers: str) -> Any:
    data = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(url, data, content_type="application/json", headers=headers)


def call(method: str, **params: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": 7, "method": method, "params": params}


REQUIRED = {"search": {"q": "training"}, "record": {"code": "IPS-A06"}, "office_tasking": {"office": "STARCOM"}}
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
def test_what_is_no_message_is_refused(client: Client, body: Any, code: int) -> None:
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
        (call("tools/list", cursor=None), {}, 200, None),
        (call("tools/list", _meta=None), {}, 200, None),
        ({"jsonrpc": "2.0", "id": 7, "method": "tools/list", "params": None}, {}, 200, None),
        ({"jsonrpc": "2.0", "id": 7, "method": "ping", "params": []}, {}, 400, -32600),
        ({"jsonrpc": "2.0", "id": 7, "method": None}, {}, 400, -32600),
        ({"jsonrpc": "1.0", "id": 7, "method": "ping"}, {}, 400, -32600),
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
    client: Client, body: Any, headers: dict[str, str], status: int, code: int | None
) -> None:
    response = post(client, body, **headers)
    assert (response.status_code, response.json().get("error", {}).get("code")) == (status, code)
    assert response.json()["id"] == 7


def test_an_older_client_is_offered_a_revision_we_speak(client: Client) -> None:
    for asked, given in (("2025-06-18", "2025-06-18"), ("2024-11-05", HANDSHAKE[-1]), ("9", HANDSHAKE[-1])):
        result = post(client, call("initialize", protocolVersion=asked)).json()["result"]
        assert result["protocolVersion"] == given


def test_a_notification_wants_no_answer(client: Client) -> None:
    response = post(client, {"jsonrpc": "2.0", "method": "notifications/initialized"})
    assert (response.status_code, response.content) == (202, b"")


def test_only_this_site_and_programs_may_ask_and_only_by_post(client: Client) -> None:
    for origin, status in (("http://testserver", 200), ("http://evil.example", 403), ("https://testserver", 403)):
        assert post(client, call("ping"), Origin=origin).status_code == status
    for origin in ("null", "", "http://[", "http://testserver/", "//testserver", "http://testserver:99999999"):
        assert post(client, call("ping"), Origin=origin).status_code == 403
    for address in (URL, URL.rstrip("/")):
        for method in ("GET", "HEAD", "PUT", "PATCH", "DELETE"):
            for accepted in ("text/event-stream", "application/json", "*/*", "image/png"):
                response = client.generic(method, address, headers={"Accept": accepted})
                assert (response.status_code, response["Allow"]) == (405, "POST, OPTIONS")
        for accepted in ("application/json, text/event-stream", "text/event-stream", "*/*", ""):
            assert post(client, call("ping"), address, Accept=accepted).json()["result"] == {}
    assert client.post(URL, "{}", content_type="text/plain").status_code == 415
    assert client.post(f"{URL}?a=1", "{}", content_type="application/json").status_code == 400
    large = post(client, call("ping", filler="x" * 70_000))
    assert (large.status_code, large.json()["errors"][0]["code"]) == (413, "too_large")


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_absent_null_and_empty_arguments_are_the_same(client: Client, tool: Tool) -> None:
    """And so are 1 and 1.0."""

    def result(arguments: Any) -> Any:
        return post(client, call("tools/call", name=tool.name, arguments=arguments)).json()["result"]

    optional = [name for name in tool.properties if name not in tool.required]
    for value in (None, ""):
        assert result(dict.fromkeys(optional, value) | REQUIRED.get(tool.name, {})) == result(
            REQUIRED.get(tool.name, {})
        )
    assert result(None) == result({})
    for name in tool.required:
        assert f"{name}: Is missing." in result({name: None})["content"][0]["text"]
    for name, schema in tool.properties.items():
        if schema["type"] == "integer":
            given = REQUIRED.get(tool.name, {})
            assert result({**given, name: 1.0}) == result({**given, name: 1})
            assert "Must be of the type integer." in result({**given, name: 1.5})["content"][0]["text"]


# ---- Training content and queries ----------------------------------------------------------------------------------


def answer(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    result: dict[str, Any] = post(client, call("tools/call", name=tool, arguments=arguments)).json()["result"]
    return result


def test_training_content_is_given_only_if_asked_for_and_says_so(client: Client) -> None:
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


def test_no_tool_asks_more_of_the_database_for_more_rows(client: Client) -> None:
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
