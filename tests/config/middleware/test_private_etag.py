"""Answers of the API to a reader who is known: his own tag, 304 for little, and nothing of it for anybody else."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config import settings as production
from config.accounts.models import Token
from config.middleware.response_cache import LRUResponseCache
from strategy.models import Goal

pytestmark = pytest.mark.django_db
PATHS = ["/api/v1/goals/", "/api/v1/goals/IPS-G1/", "/api/v1/goals/?format=csv", "/api/v1/"]
LATER = 4_000_000_000
Ask = Callable[..., Any]


@pytest.fixture(autouse=True)
def keeping(settings: Any) -> Iterator[None]:
    settings.MIDDLEWARE = production.MIDDLEWARE
    with time_machine.travel(LATER, tick=False):
        yield


def asking(name: str) -> Ask:
    """Asks with a token of a new user."""
    user = User.objects.create_user(name)
    _, secret = Token.issue(user, "test", 30)
    client = Client()
    return lambda path, **headers: client.get(path, headers={"Authorization": f"Token {secret}", **headers})


@pytest.fixture
def ask() -> Ask:
    return asking("analyst")


@pytest.fixture
def signed_in() -> Ask:
    client = Client()
    client.force_login(User.objects.create_user("reader"))
    return lambda path, **headers: client.get(path, headers=headers)


def queries(work: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


@pytest.mark.parametrize("path", PATHS)
def test_what_the_reader_has_is_told_for_one_query_beyond_knowing_him(path: str, ask: Ask, signed_in: Ask) -> None:
    for who, known_for in ((ask, 1), (signed_in, 2)):
        first = who(path)
        assert first.status_code == 200
        assert not first["ETag"].startswith("W/")
        for headers in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
            again = who(path, **headers)
            assert (again.status_code, again.content) == (304, b"")
            assert (again["ETag"], again["Last-Modified"]) == (first["ETag"], first["Last-Modified"])
        assert queries(lambda: who(path, **{"If-None-Match": first["ETag"]})) == known_for + 1  # noqa: B023
        for answer in (first, again):
            assert answer["Cache-Control"] == "private, no-cache"
            assert {"Authorization", "Cookie", "Accept"} <= set(answer["Vary"].split(", "))


@pytest.mark.parametrize("path", PATHS)
def test_no_reader_has_the_tag_of_another(path: str, ask: Ask, signed_in: Ask) -> None:
    readers = [ask, signed_in, asking("other"), lambda path, **headers: Client().get(path, headers=headers)]
    tags = [who(path)["ETag"] for who in readers]
    assert len(set(tags)) == len(readers)
    for who in readers:
        for tag in tags:
            own = tags.index(tag) == readers.index(who)
            assert who(path, **{"If-None-Match": tag}).status_code == (304 if own else 200)


def test_nothing_of_a_reader_is_kept(ask: Ask, signed_in: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[str] = []
    monkeypatch.setattr(LRUResponseCache, "put", lambda self, key, response: kept.append(key))
    for path in [*PATHS, "/goals/"]:
        ask(path)
        signed_in(path)
    assert kept == []
    Client().get(PATHS[0])
    assert len(kept) == 1


def test_what_anybody_got_is_not_given_to_a_bad_token() -> None:
    anonymous = Client().get(PATHS[0])
    assert anonymous.status_code == 200
    for headers in ({}, {"If-None-Match": anonymous["ETag"]}, {"If-Modified-Since": anonymous["Last-Modified"]}):
        answer = Client().get(PATHS[0], headers={"Authorization": "Token nonsense", **headers})
        assert answer.status_code == 401
        assert "ETag" not in answer


def test_a_write_and_a_closed_account_end_it(ask: Ask) -> None:
    tag = ask(PATHS[0])["ETag"]
    Goal.objects.filter(code="IPS-G1").update(title="Renamed just now")
    second = ask(PATHS[0], **{"If-None-Match": tag})
    assert second.status_code == 200
    assert "Renamed just now" in second.content.decode()
    User.objects.update(is_active=False)
    assert ask(PATHS[0], **{"If-None-Match": second["ETag"]}).status_code == 401


def test_a_fault_has_no_tag(ask: Ask) -> None:
    since = ask(PATHS[0])["Last-Modified"]
    for path, status in (("/api/v1/goals/?nonsense=1", 400), ("/api/v1/goals/ZZ/", 404), ("/api/v1/zz/", 404)):
        answer = ask(path, **{"If-Modified-Since": since})
        assert answer.status_code == status
        assert "ETag" not in answer
        assert answer["Cache-Control"] == "private, no-cache"


def test_pages_of_a_signed_in_reader_are_his_alone(signed_in: Ask) -> None:
    for path in ("/goals/", "/goals.csv"):
        answer = signed_in(path)
        assert answer["Cache-Control"] == "private, no-cache"
        assert "Cookie" in answer["Vary"]
        assert "ETag" not in answer
    assert "no-store" in signed_in("/sign-in/")["Cache-Control"]
