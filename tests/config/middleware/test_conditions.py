"""Conditional requests as RFC 9110 has them, at every tagged address, and what a tag does not depend on."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.http import http_date

from config import settings as production
from config.middleware.response_cache import COOKIES
from tests.support.page_kinds import ALIKE, PAGES, STATUS

pytestmark = pytest.mark.django_db
LATER = 4_000_000_000
FILES = [
    *("/goals.csv", "/goals.xlsx", "/goals.json", "/matrix.csv", "/trace.svg", "/engagements.ics"),
    *("/api/v1/", "/api/v1/goals/", "/api/v1/goals/IPS-G1/", "/api/v1/goals/?format=ndjson", "/api/v1/trace/"),
    *("/api/schema/", "/static/strategy/site.js", "/static/strategy/favicon.svg"),
]
# Pages that answer with their own status, and the one that is made for each visitor.
TAGGED = [path for name, path in PAGES.items() if name not in STATUS and name != "sign in"] + [*ALIKE, *FILES]
OLD = "Mon, 01 Jan 2001 00:00:00 GMT"


@pytest.fixture(autouse=True)
def keeping(settings: Any) -> Iterator[None]:
    settings.MIDDLEWARE = production.MIDDLEWARE
    with time_machine.travel(LATER, tick=False):
        yield


def read(response: Any) -> Any:
    """The response, with its stream read to the end, as a server does."""
    if response.streaming:
        list(response.streaming_content)
    return response


def statuses(client: Client, path: str, conditions: Iterable[dict[str, str]], encoding: str = "") -> list[int]:
    """The status for each set of conditions, by GET, which HEAD must answer alike; nothing is sent with a 304."""
    result = []
    for condition in conditions:
        headers = {"Accept-Encoding": encoding, **{name.replace("_", "-"): value for name, value in condition.items()}}
        page, head = (read(client.generic(method, path, headers=headers)) for method in ("GET", "HEAD"))
        assert page.status_code == head.status_code
        assert page.status_code != 304 or not getattr(page, "content", b"")
        result.append(int(page.status_code))
    return result


@pytest.mark.parametrize("path", TAGGED)
def test_every_tagged_address_knows_what_a_reader_has(client: Client, path: str) -> None:
    first = read(client.get(path))
    assert not first.cookies
    tag, date = first["ETag"], first["Last-Modified"]
    assert not tag.startswith("W/")
    known: list[dict[str, str]] = [{"If_None_Match": text} for text in (tag, f"W/{tag}", f'"a,b", W/{tag},"c"', "*")]
    assert set(statuses(client, path, [*known, {"If_Modified_Since": date}])) == {304}
    unknown: list[dict[str, str]] = [
        {"If_None_Match": '"other"', "If_Modified_Since": date},
        {"If_Modified_Since": OLD},
    ]
    assert set(statuses(client, path, unknown)) == {200}
    assert statuses(client, path, [{"If_Match": '"other"'}]) == [412]


@pytest.mark.parametrize("encoding", ["", "gzip"])
@pytest.mark.parametrize("path", ["/goals/", "/offices/STARCOM/", "/api/v1/goals/", "/goals.csv", FILES[-2]])
def test_every_condition_is_answered(client: Client, path: str, encoding: str) -> None:
    def status(**conditions: str) -> int:
        return statuses(client, path, [conditions], encoding)[0]

    first = read(client.get(path, headers={"Accept-Encoding": encoding}))
    tag, date = first["ETag"], first["Last-Modified"]
    bare = tag.removeprefix("W/")
    for known in (tag, bare, f"W/{bare}", f'"a,b", W/"other",{bare} , "c"', "*"):
        assert status(If_None_Match=known) == 304, known
        assert status(If_None_Match=known, If_Modified_Since=OLD) == 304, "the tag comes before the date"
    for unknown in ('"other"', "nonsense", bare.strip('"'), f'"{bare}', ""):
        assert status(If_None_Match=unknown) == 200, unknown
        assert status(If_None_Match=unknown, If_Modified_Since=date) == 200, "the date does not count then"
    for since, answer in ((date, 304), (http_date(LATER - 1), 304), (OLD, 200), ("nonsense", 200), ("", 200)):
        assert status(If_Modified_Since=since) == answer, since
    assert status(If_Match="*") == status(If_Unmodified_Since=date) == 200
    assert status(If_Match=bare) == (412 if tag.startswith("W/") else 200), "compared strongly"
    assert status(If_Match=f"W/{bare}") == status(If_Match='"other"') == 412
    assert status(If_Unmodified_Since=OLD) == 412
    assert status(If_Unmodified_Since="nonsense") == 200
    assert status(If_Match='"other"', If_None_Match=tag) == 412, "in this order"
    assert status(If_Match="*", If_Unmodified_Since=OLD, If_None_Match=tag) == 304


@pytest.mark.parametrize("path", ["/static/strategy/site.js"])
def test_a_part_is_given_to_who_has_the_other_parts_of_the_same(client: Client, path: str) -> None:
    whole = read(client.get(path))
    for known, status in (
        (whole["ETag"], 206),
        (whole["Last-Modified"], 206),
        ('"other"', 200),
        (f"W/{whole['ETag']}", 200),
        (OLD, 200),
        ("nonsense", 200),
    ):
        assert read(client.get(path, headers={"Range": "bytes=1-5", "If-Range": known})).status_code == status, known


@pytest.mark.parametrize("path", ["/goals/NONE/", "/goals/?nonsense=1", "/api/v1/goals/NONE/", "/static/none.js"])
def test_what_is_no_answer_meets_no_condition(client: Client, path: str) -> None:
    for headers in ({"If-None-Match": "*"}, {"If-Modified-Since": http_date(LATER)}, {"If-Match": "*"}):
        response = client.get(path, headers=headers)
        assert response.status_code in (400, 404)
        assert "ETag" not in response


def test_a_condition_that_fails_is_told_in_the_shape_of_the_place(client: Client) -> None:
    headers = {"If-Match": '"other"'}
    assert client.get("/api/v1/goals/", headers=headers).json()["errors"][0]["code"] == "precondition_failed"
    assert "leave If-Match" in client.get("/goals/", headers=headers).content.decode()


# ---- What a tag does not depend on ---------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/offices/STARCOM/", "/goals/", "/goals.csv", "/api/v1/goals/"])
def test_a_cookie_of_others_changes_neither_tag_nor_what_is_cached(client: Client, path: str) -> None:
    first = read(client.get(path))
    for name in ("AWSALB", "BIGipServerpool", "csrftoken", "_ga"):
        client.cookies[name] = "a1B2" * 8
        with CaptureQueriesContext(connection) as captured:
            again = read(client.get(path))
        assert (again["ETag"], again["Last-Modified"]) == (first["ETag"], first["Last-Modified"])
        assert again.streaming or len(captured) == 1, "it is cached already"
        assert read(client.get(path, headers={"If-None-Match": first["ETag"]})).status_code == 304


def test_the_cookies_that_change_a_page_change_its_tag(client: Client) -> None:
    plain = client.get("/goals/")["ETag"]
    client.cookies[COOKIES[0]] = "STARCOM"
    assert client.get("/goals/")["ETag"] != plain
