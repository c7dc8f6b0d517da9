"""The Model Context Protocol: one JSON-RPC message in, one answer out. Knows nothing of the content.

Stateless, as the protocol is since its revision of 2026-07-28: every request says which revision it speaks. Clients of
the two revisions before it, which shake hands first, are answered as well; nothing is remembered of the handshake.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from strategy.core.params import comma_separated, did_you_mean, printable

MODERN = ("2026-07-28",)
# The newest last: it is what a client is offered that asks for one we do not speak.
HANDSHAKE = ("2025-06-18", "2025-11-25")
PARSE_ERROR, INVALID_REQUEST, METHOD_NOT_FOUND, INVALID_PARAMS = -32700, -32600, -32601, -32602
HEADER_MISMATCH, UNSUPPORTED_VERSION = -32020, -32022
STATUSES = dict.fromkeys((PARSE_ERROR, INVALID_REQUEST, INVALID_PARAMS, HEADER_MISMATCH, UNSUPPORTED_VERSION), 400)
STATUSES[METHOD_NOT_FOUND] = 404
META = "io.modelcontextprotocol/"
NO_MESSAGE = 'A message is an object with "jsonrpc": "2.0" and a method.'

Json = dict[str, Any]


class RpcError(Exception):
    """A message that is refused: the code and the sentence of its JSON-RPC error."""

    def __init__(self, code: int, message: str, data: Any = None):
        super().__init__(message)
        self.code, self.data = code, data

    @property
    def body(self) -> Json:
        return {"code": self.code, "message": str(self)} | ({} if self.data is None else {"data": self.data})


class ToolError(Exception):
    """A tool cannot answer what it was asked; the sentence is for the model, which may then ask better."""


@dataclass(frozen=True)
class Tool:
    """Something a model may ask. ``properties`` are its arguments, as JSON Schema; ``output`` is that of its answer."""

    name: str
    title: str
    description: str
    properties: Mapping[str, Json]
    output: Json
    answer: Callable[..., Json]
    required: tuple[str, ...] = ()

    @property
    def definition(self) -> Json:
        """The tool as ``tools/list`` gives it."""
        input_schema = {"type": "object", "properties": dict(self.properties), "additionalProperties": False}
        return {
            "name": self.name,
            "title": self.title,
            "description": self.description,
            "inputSchema": input_schema | ({"required": list(self.required)} if self.required else {}),
            "outputSchema": self.output,
            "annotations": {"readOnlyHint": True, "openWorldHint": False},
        }

    def checked(self, arguments: Json) -> Json:
        """The arguments; raises ``ToolError`` with what is wrong with each of them.

        Null and empty text are the same as left out: models send them for what they do not mean to say. So is 1.0 the
        same as 1, as JSON Schema has it.
        """
        arguments = {name: whole(value) for name, value in arguments.items() if value not in (None, "")}
        problems = [f"{name}: Is missing." for name in self.required if name not in arguments]
        for name, value in arguments.items():
            if name not in self.properties:
                near = did_you_mean(name, self.properties)
                problems.append(
                    f"{printable(name)}: Unknown argument.{near} Known: {comma_separated(self.properties)}."
                )
            elif problem := _problem(value, self.properties[name]):
                problems.append(f"{name}: {problem}")
        if problems:
            raise ToolError("\n".join(problems))
        return arguments


def _problem(value: Any, schema: Json) -> str:
    """What is wrong with the value of an argument, or an empty string."""
    kinds = {"string": str, "integer": int}
    if type(value) is not kinds[schema["type"]]:
        return f"Must be of the type {schema['type']}."
    if value not in (allowed := schema.get("enum", [value])):
        return (
            f"'{printable(str(value))}' is not one of: {comma_separated(allowed)}.{did_you_mean(str(value), allowed)}"
        )
    return ""


def whole(value: Any) -> Any:
    """The value, a number without a fraction as a whole number."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


@dataclass(frozen=True)
class Server:
    """What a client may ask, whichever revision it speaks. ``info`` names it, ``instructions`` are for the model."""

    info: Json
    instructions: str
    tools: Mapping[str, Tool]

    def reply(self, body: bytes, headers: Mapping[str, str], request: Any) -> tuple[int, Json | None]:
        """Status and body of the answer; no body for what wants none."""
        message: Json = {}
        modern = False
        try:
            message = read(body)
            check_message(message)
            modern = is_modern(message, headers)
            if "id" not in message:
                return 202, None
            if modern:
                check_envelope(message, headers)
            return 200, {"jsonrpc": "2.0", "id": message["id"], "result": self.result(message, modern, request)}
        except RpcError as error:
            request_id = message.get("id") if is_id(message.get("id")) else None
            # Before revision 2026-07-28 a request that is understood and refused was still answered with 200.
            is_plain = request_id is not None and error.code in (METHOD_NOT_FOUND, INVALID_PARAMS) and not modern
            return 200 if is_plain else STATUSES.get(error.code, 200), {
                "jsonrpc": "2.0",
                "id": request_id,
                "error": error.body,
            }

    def result(self, message: Json, modern: bool, request: Any) -> Json:
        methods = {"tools/list": self.list_tools, "tools/call": self.call_tool}
        methods |= {"server/discover": self.discover} if modern else {"initialize": self.initialize, "ping": self.ping}
        method = message["method"]
        if method not in methods:
            hint = f"{did_you_mean(method, methods)} Known: {comma_separated(sorted(methods))}."
            detail = f"There is no method '{printable(method)}'.{hint}"
            raise RpcError(METHOD_NOT_FOUND, detail)
        result = methods[method](params_of(message), request)
        if not modern:
            return result
        cached = {} if method == "tools/call" else {"ttlMs": 0, "cacheScope": "private"}
        return {"resultType": "complete", **cached, **result, "_meta": {f"{META}serverInfo": self.info}}

    def initialize(self, params: Json, request: Any) -> Json:
        requested = params.get("protocolVersion")
        if not isinstance(requested, str):
            raise RpcError(INVALID_PARAMS, "protocolVersion is missing.")
        version = requested if requested in HANDSHAKE else HANDSHAKE[-1]
        return {"protocolVersion": version, "serverInfo": self.info, **self._offer()}

    def discover(self, params: Json, request: Any) -> Json:
        return {"supportedVersions": [*MODERN, *HANDSHAKE], **self._offer()}

    def _offer(self) -> Json:
        return {"capabilities": {"tools": {}}, "instructions": self.instructions}

    def ping(self, params: Json, request: Any) -> Json:
        return {}

    def list_tools(self, params: Json, request: Any) -> Json:
        if params.get("cursor"):
            raise RpcError(INVALID_PARAMS, "There is one page of tools, and no cursor.")
        return {"tools": [tool.definition for tool in self.tools.values()]}

    def call_tool(self, params: Json, request: Any) -> Json:
        """What a tool says, also that it cannot: that is for the model to read, and no error of the protocol."""
        name, arguments = params.get("name"), params.get("arguments")
        arguments = {} if arguments is None else arguments
        if not isinstance(name, str) or name not in self.tools:
            hint = f"{did_you_mean(str(name), self.tools)} Known: {comma_separated(self.tools)}."
            detail = f"There is no tool '{printable(str(name))}'.{hint}"
            raise RpcError(INVALID_PARAMS, detail)
        if not isinstance(arguments, dict):
            raise RpcError(INVALID_PARAMS, "arguments must be an object.")
        tool = self.tools[name]
        try:
            result = tool.answer(request, **tool.checked(arguments))
        except ToolError as error:
            return {"content": [{"type": "text", "text": str(error)}], "isError": True}
        text = orjson.dumps(result, default=str, option=orjson.OPT_UTC_Z).decode()
        return {"content": [{"type": "text", "text": text}], "structuredContent": orjson.loads(text), "isError": False}


# ---- The envelope --------------------------------------------------------------------------------------------------


def is_id(value: Any) -> bool:
    """Whether a value may be the id of a JSON-RPC message: text or a whole number."""
    return isinstance(value, str | int) and not isinstance(value, bool)


def read(body: bytes) -> Json:
    """The one object in a body."""
    try:
        message = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise RpcError(PARSE_ERROR, f"The body is not JSON: {error.msg}.") from None
    if isinstance(message, list):
        raise RpcError(INVALID_REQUEST, "Batches are not answered: send one message at a time.")
    if not isinstance(message, dict):
        raise RpcError(INVALID_REQUEST, NO_MESSAGE)
    return message


def check_message(message: Json) -> None:
    """Raises ``RpcError`` for an object that is no message of JSON-RPC."""
    if message.get("jsonrpc") != "2.0" or not isinstance(message.get("method"), str):
        raise RpcError(INVALID_REQUEST, NO_MESSAGE)
    if "id" in message and not is_id(message["id"]):
        raise RpcError(INVALID_REQUEST, "The id of a request is text or a whole number.")
    if not isinstance(params_of(message), dict):
        raise RpcError(INVALID_REQUEST, "params must be an object.")


def params_of(message: Json) -> Any:
    """The parameters of a message; null is the same as none."""
    params = message.get("params")
    return {} if params is None else params


def is_modern(message: Json, headers: Mapping[str, str]) -> bool:
    """Whether the message carries its revision itself, or comes after a handshake."""
    version = headers.get("MCP-Protocol-Version", "")
    if version and version not in (*MODERN, *HANDSHAKE) and message["method"] != "initialize":
        raise unsupported(version)
    return version in MODERN or f"{META}protocolVersion" in _meta(message)


def check_envelope(message: Json, headers: Mapping[str, str]) -> None:
    """What a request of the revision 2026-07-28 must say of itself, and say alike in body and headers."""
    meta, params = _meta(message), params_of(message)
    if missing := [name for name in ("protocolVersion", "clientCapabilities") if f"{META}{name}" not in meta]:
        names = comma_separated(f"{META}{name}" for name in missing)
        raise RpcError(INVALID_PARAMS, f"params._meta lacks {names}.")
    version = meta[f"{META}protocolVersion"]
    expected = {"MCP-Protocol-Version": version, "Mcp-Method": message["method"]}
    expected |= {"Mcp-Name": params["name"]} if message["method"] == "tools/call" and "name" in params else {}
    for name, value in expected.items():
        if headers.get(name) != value:
            raise RpcError(HEADER_MISMATCH, f"The header {name} does not say what the body says.")
    if version not in MODERN:
        raise unsupported(version)


def unsupported(version: str) -> RpcError:
    """The error for a revision of the protocol that is not spoken, with those that are."""
    data = {"supported": [*MODERN, *HANDSHAKE], "requested": printable(version)}
    return RpcError(UNSUPPORTED_VERSION, f"This revision of the protocol is not spoken: {printable(version)}.", data)


def _meta(message: Json) -> Json:
    meta = params_of(message).get("_meta")
    meta = {} if meta is None else meta
    if not isinstance(meta, dict):
        raise RpcError(INVALID_PARAMS, "params._meta must be an object.")
    return meta
