"""Bytes on a socket of the real server: each gets its status, and nothing about the inside, on every database."""

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker

from tests.support.commands import free_port
from tests.support.servers import ask, database_url, request, served

# Below the longest request line that the server reads.
LONG = "a" * 8_000
WIDE, ARABIC, LONE = "%EF%BC%91", "%D9%A3", "%ED%A0%80"
INSIDE = re.compile(r"Traceback|File \"/|site-packages|OperationalError|DataError|SELECT |strategy_office")

JSON, CHUNKED = "Content-Type: application/json", "Transfer-Encoding: chunked"
FORM = "Content-Type: application/x-www-form-urlencoded"
PING = b'{"jsonrpc": "2.0", "id": 1, "method": "ping"}'


def post(target: str, *headers: str, body: bytes = b"") -> bytes:
    return request(target, *headers, method="POST") + body


def in_chunks(body: bytes) -> bytes:
    return b"".join(b"1\r\n%c\r\n" % byte for byte in body) + b"0\r\nX-Trailer: a\r\n\r\n"


# The bytes, the status, and words of the answer.
BOTH_FACES = [
    ("offices/?ehcelon=joint", 400, "Did you mean 'echelon'?"),
    ("offices/?page=99999", 404, "pages and no more"),
    (f"offices/?page=1{'0' * 30}", 400, "whole number from 1"),
    *((f"offices/?page_size={size}", 400, "from 1 to 200") for size in ("201", "0", "-1", WIDE, ARABIC)),
    ("offices/?search=a%00b", 400, "NUL"),
    ("offices/?search=%FF", 400, "not valid UTF-8"),
    (f"offices/?search={LONE}", 400, "not valid UTF-8"),
    ("offices/?search=%C0%80", 400, "not valid UTF-8"),
    (f"offices/?search={LONG}", 400, "Longer than 1000 characters"),
    ("offices/?echelon=joint&echelon=joint", 400, "more than once"),
    ("activities/?office=STARCOMM&role=lead", 400, "Did you mean 'STARCOM'?"),
    ("offices/NOPE/", 404, "There is no office 'NOPE'"),
    ("offices/%00/", 404, "There is no office"),
    ("offices/%FF/", 404, "There is no office"),
    (f"offices/{LONG}/", 404, "There is no office"),
    ("offices/..%2f..%2fetc/", 404, ""),
    ("nope/", 404, ""),
    ("offices", 301, ""),
    ("offices/STARCOM", 301, ""),
]
# Of the API alone: the parameter that is refused, its value, and words of the sentence, which says what is allowed.
REFUSED = [
    ("activities/?", "has_lead", "maybe", "is not one of: true, false"),
    ("activities/?", "title", "a%00b", "NUL"),
    ("activities/?", "title", LONE, "not valid UTF-8"),
    ("activities/?", "start__gte", f"202{WIDE}", "2025, 2025-06 or 2025-06-23"),
    ("activities/?", "start__gte", "2025-02-30", "2025, 2025-06 or 2025-06-23"),
    ("activities/?", "updated__gte", "2026-01-31T08:00:00", "a moment with its zone"),
    ("activities/?", "updated__gte", "0001-01-01T00:00:00%2B14:00", "a moment with its zone"),
    ("activities/?", "role__in", "lead,leed", "Did you mean 'lead'?"),
    ("activities/?", "ordering", "code,-code", "each of them once"),
    ("activities/?", "fields", "code,titel", "Did you mean 'title'?"),
    ("activities/?", "omit", "id", "Known: code"),
    ("activities/?", "expand", "lines_of_effort", "Did you mean 'line_of_effort'?"),
    ("activities/?", "expand", "a.b.c", "Two steps at most"),
    ("activities/?", "count", "no", "not one of: true, false"),
    ("activities/?", "format", "xml", "not one of: csv, xlsx, json, ndjson"),
    ("activities/?", "cursor", "WyJhIl0:1x:abc", "start with cursor=first"),
    ("activities/?page=1&", "cursor", "first", "Not together with page"),
    ("activities/?count=false&page_size=200&", "page", f"1{'0' * 17}", "from 1 to 1000000000"),
    ("activities/?notional=all&", "notional", "only", "more than once"),
    ("engagements/?", "headcount__gte", f"1{'0' * 30}", "from -2147483647 to 2147483647"),
    ("engagements/?", "headcount", WIDE, "in digits 0-9"),
    ("offices/?", "code__in", ",".join(["STARCOM"] * 101), "101 values; at most 100"),
    ("offices/?", "code__in", "A" * 7000, "Longer than 6099 characters"),
    ("findings/?", "notional", "null", "is not one of: exclude, include, only"),
    ("offices/STARCOM/?", "format", "csv", "Known: expand, fields, omit"),
]
CASES = [
    *(
        (f"{face}{target}"[:60], request(f"{face}{target}"), status, words)
        for face in ("/", "/api/v1/")
        for target, status, words in BOTH_FACES
    ),
    ("search", request("/search/?q=%00"), 400, "NUL"),
    ("search, page beyond", request("/search/?q=STARCOM&page=9"), 404, "no more"),
    ("digits as they are", request("/offices/?page=٣"), 400, ""),
    ("bytes that are no UTF-8", request(b"/offices/?search=\xff"), 400, ""),
    ("code that is no UTF-8", request(b"/offices/\xff/"), 400, ""),
    ("NUL in the path", request(b"/off\x00ices/"), 400, ""),
    ("space in the path", request("/offices/ x"), 400, ""),
    ("long path", request(f"/{'a' * 70_000}"), 414, ""),
    ("other media type", request("/api/v1/offices/", "Accept: application/xml"), 406, "not_acceptable"),
    ("no media type", request("/api/v1/offices/", "Accept: nonsense"), 406, "not_acceptable"),
    ("other host", request("/offices/", host="elsewhere.example"), 400, ""),
    ("no host", request("/offices/", host=None), 400, ""),
    ("two hosts", request("/offices/", "Host: elsewhere.example"), 400, ""),
    ("host of a proxy", request("/offices/", "X-Forwarded-Host: elsewhere.example"), 200, "localhost"),
    ("NUL in a header", request("/offices/", b"X-A: a\x00b"), 400, ""),
    ("other bytes in a header", request("/offices/", b"X-A: \xff\xfe"), 200, ""),
    ("header without a name", request("/offices/", "nonsense"), 400, ""),
    ("many headers", request("/offices/", *(f"X-{number}: 1" for number in range(300))), 431, ""),
    ("cookie of nobody", request("/offices/", "Cookie: sessionid=%00; ;;=;"), 200, ""),
    ("length that is none", request("/offices/", "Content-Length: -1"), 400, ""),
    ("two lengths", request("/offices/", "Content-Length: 0", "Content-Length: 5"), 400, ""),
    ("other encoding", request("/offices/", "Transfer-Encoding: nonsense"), 501, ""),
    ("method in a header", request("/offices/", "X-HTTP-Method-Override: DELETE"), 200, ""),
    ("method that is none", request("/offices/", method="G@T"), 400, ""),
    ("no HTTP", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n", 400, ""),
    ("other version", b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", 400, ""),
    *(
        (f"{method} {path}", request(path, method=method), 405, "")
        for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE", "NONSENSE")
        for path in ("/", "/offices/", "/offices/STARCOM/", "/healthz", "/api/v1/offices/", "/api/docs/")
    ),
    *(
        (f"{method} {path}", request(path, method=method), 200, "")
        for method in ("HEAD", "OPTIONS")
        for path in ("/", "/offices/", "/api/v1/", "/api/v1/offices/", "/healthz", "/readyz")
    ),
    ("HEAD /nope/", request("/nope/", method="HEAD"), 404, ""),
    ("OPTIONS /api/schema/", request("/api/schema/", method="OPTIONS"), 405, ""),
    *(
        (f"origin {origin}", post("/api/mcp/", JSON, f"Origin: {origin}", CHUNKED, body=in_chunks(PING)), 403, "site")
        for origin in ("http://[", "http://localhost:x", "null", "\xff", "")
    ),
    ("chunks", post("/api/mcp/", JSON, CHUNKED, body=in_chunks(PING)), 200, '"result"'),
    ("chunks of nothing", post("/api/mcp/", JSON, CHUNKED, body=b"0\r\n\r\n"), 400, "not JSON"),
    ("chunks without end", post("/api/mcp/", JSON, CHUNKED, body=b"fffffff\r\n"), 413, ""),
    *(
        (f"large to {path}", post(path, kind, "Content-Length: 400000000"), 413, "larger than 65,536 bytes")
        for path in ("/api/mcp/", "/api/v1/goals/", "/sign-in/", "/admin/login/", "/goals/", "/nope/")
        for kind in (JSON, "Content-Type: multipart/form-data; boundary=x")
    ),
    *(
        (
            f"form in {charset}",
            post("/sign-in/", f"{FORM}; charset={charset}", "Content-Length: 3", body=b"a=1"),
            403,
            "",
        )
        for charset in ("nonsense", "hex", "rot13", "utf-16", "idna")
    ),
    *(
        (header, request("/goals/", header), 200, "")
        for header in (
            *("If-Modified-Since: Thu, 99 Jan 1970 99:00:00 GMT", "If-None-Match: W/", "Accept-Encoding: gzip;q=1e999"),
            *("Range: bytes=9-1", "Accept-Language: x-x-x-x;q=0;;", 'Cookie: sessionid="\\999"', 'Forwarded: for="_'),
        )
    ),
]


@pytest.fixture(scope="module")
def port(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[int]:
    with django_db_blocker.unblock():
        url = database_url()
    number = free_port()
    with served(Path(settings.BASE_DIR), tmp_path_factory.mktemp("data"), number, url):
        yield number


@pytest.mark.xdist_group("raw")
@pytest.mark.parametrize(
    ("target", "name", "value", "words"), REFUSED, ids=[f"{item[1]}={item[2]}"[:60] for item in REFUSED]
)
def test_a_refusal_names_its_parameter(port: int, target: str, name: str, value: str, words: str) -> None:
    answer = ask(port, request(f"/api/v1/{target}{name}={value}"))
    assert answer.status == 400
    body = json.loads(answer.body)
    assert body["type"] == "validation_error"
    details = {error["attr"]: error["detail"] for error in body["errors"]}
    assert words in details.get(name, "")


@pytest.mark.xdist_group("raw")
@pytest.mark.parametrize(("data", "status", "words"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_status_and_words(port: int, data: bytes, status: int, words: str) -> None:
    answer = ask(port, data)
    assert answer.status == status
    assert words in unescape(answer.body)
    assert not INSIDE.search(answer.body)
    assert not (data.startswith(b"HEAD") and answer.body)


@pytest.mark.xdist_group("raw")
@pytest.mark.parametrize(
    ("data", "status"),
    [
        (request("/"), 200),
        (request("/goals.csv"), 200),
        (request("/api/v1/goals/"), 200),
        (request("/static/strategy/nope.css"), 404),
        (request("/", host="elsewhere.example"), 400),
        (request("/api/v1/goals/", host="elsewhere.example"), 400),
        (request("/?token=secret"), 400),
        (request("/goals"), 301),
        (request("/nope/"), 404),
        (request("/goals/", method="DELETE"), 405),
        (post("/sign-in/", FORM, "Content-Length: 3", body=b"a=1"), 403),
        (post("/sign-in/", FORM, "Content-Length: 400000000"), 413),
    ],
    ids=lambda value: None if isinstance(value, int) else value.partition(b"\r\n")[0].decode(),
)
def test_every_answer_of_the_application_has_the_headers_of_safety(port: int, data: bytes, status: int) -> None:
    answer = ask(port, data)
    assert answer.status == status
    names = {line.partition(":")[0].lower() for line in answer.head.splitlines()}
    assert {"content-security-policy", "x-content-type-options", "x-frame-options", "referrer-policy"} <= names


@pytest.mark.xdist_group("raw")
def test_a_header_with_underscores_is_not_one_with_hyphens(tmp_path: Path, django_db_setup: None) -> None:
    number = free_port()
    trusting = {"HTTPS": "true", "ALLOWED_HOSTS": "kb.example.org,127.0.0.1,localhost", "RATE_ANONYMOUS": "2"}
    proxied = ("X-Forwarded-Proto: https", "X-Forwarded-For: 192.0.2.1")
    with served(Path(settings.BASE_DIR), tmp_path, number, database_url(), **trusting):
        assert ask(number, request("/nope/", "X_Forwarded_Proto: https")).status == 301
        assert ask(number, request("/nope/", *proxied[1:], "X_Forwarded_Proto: https")).status == 301
        asked = [ask(number, request("/nope/", *proxied, f"X_Forwarded_For: 192.0.2.{n}")).status for n in range(4)]
    assert asked == [404, 404, 429, 429]
