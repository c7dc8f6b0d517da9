"""What is kept is what would be made anew: never old, never another reader's, and at the price of one query."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.http import http_date

from config import settings as production
from config.middleware.response_cache import LRUResponseCache, ResponseCacheMiddleware
from strategy.models import Goal, content_version
from tests.support import factories as make
from tests.support.html import parse

pytestmark = pytest.mark.django_db
PAGES = ["/", "/goals/", "/goals/IPS-G1/", "/api/v1/goals/", "/api/v1/goals/IPS-G1/", "/findings/", "/search/?q=space"]
SUGGESTIONS = "/search/suggest/?q=space"
EVERYTHING = [*PAGES, SUGGESTIONS, "/goals.csv", "/goals.xlsx", "/api/schema/"]


@pytest.fixture(autouse=True)
def keeping(settings: Any) -> Iterator[None]:
    settings.MIDDLEWARE = production.MIDDLEWARE
    # Long after the content was written, so that the second of the last write is over.
    with time_machine.travel(4_000_000_000, tick=False):
        yield


def queries(ask: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)


def read(response: Any) -> Any:
    """The response, with its stream read to the end: a workbook's is a file."""
    if response.streaming:
        list(response.streaming_content)
    return response


@pytest.mark.parametrize("url", PAGES)
def test_a_second_reader_gets_the_same_for_one_query(client: Client, url: str) -> None:
    first, again = client.get(url), client.get(url)
    assert (again.content, dict(again.items())) == (first.content, dict(first.items()))
    assert queries(lambda: client.get(url)) == 1


@pytest.mark.parametrize("url", EVERYTHING)
def test_who_has_it_is_told_so_for_one_query(client: Client, url: str) -> None:
    first = read(client.get(url))
    assert not first["ETag"].startswith("W/")
    for headers in ({"If-None-Match": f'"other", {first["ETag"]}'}, {"If-Modified-Since": first["Last-Modified"]}):
        answer = client.get(url, headers=headers)
        assert answer.status_code == 304
        assert answer.content == b""
        assert (answer["ETag"], answer["Cache-Control"]) == (first["ETag"], "private, no-cache")
    assert queries(lambda: client.get(url, headers={"If-None-Match": first["ETag"]})) == 1


@pytest.mark.parametrize("url", EVERYTHING)
def test_a_write_anywhere_ends_it(client: Client, url: str) -> None:
    first = read(client.get(url))
    Goal.objects.filter(code="IPS-G1").update(title="Renamed just now")
    second = read(client.get(url, headers={"If-None-Match": first["ETag"]}))
    assert second.status_code == 200
    assert second["ETag"] != first["ETag"]
    if "IPS-G1" in url:
        assert "Renamed just now" in second.content.decode()
    make.term()
    assert read(client.get(url))["ETag"] not in (first["ETag"], second["ETag"])


def test_another_question_has_another_tag(client: Client) -> None:
    asked = [
        client.get("/goals/"),
        client.get("/goals/?ordering=-code"),
        client.get("/goals/", headers={"Accept": "text/html"}),
        client.get("/goals/", headers={"Host": "127.0.0.1"}),
        client.get("/risks/"),
    ]
    assert len({answer["ETag"] for answer in asked}) == len(asked)
    with time_machine.travel(4_000_000_000 + 86_400):
        assert client.get("/goals/")["ETag"] != asked[0]["ETag"]


def test_a_palette_has_pages_of_its_own(client: Client) -> None:
    plain = client.get("/goals/")
    client.cookies["theme"] = "dark"
    dark = client.get("/goals/")
    assert (parse(plain).get("data-theme"), parse(dark).get("data-theme")) == (None, "dark")
    assert plain["ETag"] != dark["ETag"]


def test_a_changed_second_is_not_told_from_itself(client: Client) -> None:
    Goal.objects.update(note="changed")
    with time_machine.travel(0, tick=False):
        assert "Last-Modified" not in client.get("/goals/")


@pytest.mark.parametrize("url", ["/goals/", "/goals/IPS-G1/", "/api/v1/goals/", "/goals.csv"])
@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_the_head_has_the_tag_of_the_page_and_leaves_it_its_body(client: Client, url: str, encoding: str) -> None:
    headers = {"Accept-Encoding": encoding}
    head = client.head(url, headers=headers)
    page = read(client.get(url, headers=headers))
    assert page["ETag"] == head["ETag"]
    assert page.streaming or page.content
    assert client.head(url, headers={**headers, "If-None-Match": page["ETag"]}).status_code == 304


@pytest.mark.parametrize("seconds", [0, 1, 5])
def test_a_date_by_the_clock_of_the_client_never_hides_a_write(client: Client, seconds: int) -> None:
    written = content_version() // 1_000_000
    with time_machine.travel(written + seconds, tick=False):
        for date in range(written - 1, written + seconds + 1):
            answer = client.get("/goals/", headers={"If-Modified-Since": http_date(date)})
            assert (answer.status_code == 304) == (answer.get("Last-Modified") == http_date(date))


def test_a_tag_of_another_answer_does_not_hide_a_refusal(client: Client) -> None:
    tag = client.get("/goals/")["ETag"]
    assert client.get("/goals/?nonsense=1", headers={"If-None-Match": tag}).status_code == 400


def test_a_fault_is_never_kept(client: Client) -> None:
    assert client.get("/goals/ZZ-1/").status_code == 404
    goal = make.goal(code="ZZ-1")
    assert client.get("/goals/ZZ-1/").status_code == 200
    goal.delete()
    assert client.get("/goals/ZZ-1/").status_code == 404
    for url in ("/goals/ZZ-1/", "/goals/?nonsense=1", "/healthz"):
        assert "ETag" not in client.get(url)


def test_what_a_signed_in_reader_gets_is_not_kept(client: Client) -> None:
    client.force_login(get_user_model().objects.create_user("reader"))
    assert "ETag" not in client.get("/goals/")
    assert queries(lambda: client.get("/goals/")) > 1
    assert "ETag" not in Client().get("/goals/", headers={"Authorization": "Token abc"})
    assert "ETag" not in client.get("/sign-in/")


def test_an_answer_that_sets_a_cookie_is_not_kept(rf: Any) -> None:
    def view(request: Any) -> Any:
        answer = Client().get("/goals/")
        answer.set_cookie("own", "mine")
        return answer

    middleware = ResponseCacheMiddleware(view)
    middleware(rf.get("/goals/", headers={"Host": "localhost"}))
    assert middleware.cache.size == 0


def test_an_unknown_host_gets_nothing_kept(client: Client) -> None:
    client.get("/goals/")
    assert client.get("/goals/", headers={"Host": "evil.example"}).status_code == 400


def test_who_turns_pages_counts_once(client: Client) -> None:
    def asked(page: int) -> tuple[int, str]:
        with CaptureQueriesContext(connection) as captured:
            answer = client.get("/api/v1/goals/", {"page_size": 1, "page": page, "fields": "code"})
        return answer.json()["count"], " ".join(query["sql"] for query in captured)

    make.goal()
    (count, first), (again, second) = asked(1), asked(2)
    assert count == again == Goal.objects.visible().count()
    assert "COUNT" in first
    assert "COUNT" not in second
    make.goal()
    more, third = asked(3)
    assert more == count + 1
    assert "COUNT" in third


def test_only_so_much_is_kept(client: Client) -> None:
    pages = [client.get("/goals/", {"search": word}) for word in ("space", "allies", "force", "share", "none")]
    cache = LRUResponseCache(max_bytes=len(pages[-1].content) + len(pages[-2].content))
    for page in pages:
        cache.put(page["ETag"], page)
        cache.put(page["ETag"], page)
    assert 0 < cache.size <= cache.max_bytes
    assert cache.get(pages[0]["ETag"]) is None
    assert cache.get(pages[-1]["ETag"]).content == pages[-1].content
