"""How much one caller may ask: exact over processes and threads, told with the time to wait, and never of content."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config import settings as production
from config.accounts.models import Token
from config.accounts.throttling import client_address
from config.accounts.token_bucket import RateLimit, TokenBuckets, token_buckets
from strategy.models import content_version
from tests.support.html import text_of

GOALS = "/api/v1/goals/"


@pytest.fixture(autouse=True)
def rates(settings: Any, tmp_path: Path) -> Iterator[Any]:
    settings.DATA_DIR = tmp_path
    settings.RATE_ANONYMOUS, settings.RATE_SIGNED_IN, settings.SIGN_IN_ATTEMPTS = 2, 3, 2
    yield settings
    token_buckets().clear()


def get(**headers: str) -> Any:
    return Client().get(GOALS, headers=headers)


# ---- The count -----------------------------------------------------------------------------------------------------


def test_so_many_at_once_and_then_one_at_a_time(tmp_path: Path) -> None:
    counted, ten = TokenBuckets(tmp_path / "x"), RateLimit("caller", 10, 60)
    with time_machine.travel(1_000_000, tick=False) as clock:
        assert [counted.take(ten) for _ in range(10)] == [0] * 10
        assert counted.take(ten) == counted.take(ten) == 6, "a refusal does not lengthen the wait"
        assert counted.take(RateLimit("other", 10, 60)) == 0
        clock.shift(5.5)
        assert counted.take(ten) == pytest.approx(0.5)
        clock.shift(0.5)
        assert [counted.take(ten), counted.take(ten)] == [0, 6]
        counted.give_back(ten)
        assert counted.take(ten) == 0
        clock.shift(-86_400)
        assert counted.take(ten) == 0, "a clock that is put back shuts nobody out"
        assert counted.take(RateLimit("caller", 0, 60)) == 0, "none is no limit"
    counted.clear()


def test_one_whose_moment_is_older_since_it_waited_gets_no_second_bucket(tmp_path: Path) -> None:
    counted, rate = TokenBuckets(tmp_path / "x"), RateLimit("caller", 10, 60)
    with time_machine.travel(1_000_000, tick=False) as clock:
        assert [counted.take(rate) for _ in range(10)] == [0] * 10
        clock.shift(-1)
        assert counted.take(rate) > 0
    counted.clear()


def test_callers_of_long_ago_are_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("config.accounts.token_bucket.EXPIRE_EVERY", 5)
    counted = TokenBuckets(tmp_path / "x")
    with time_machine.travel(1_000_000, tick=False) as clock:
        for number in range(4):
            counted.take(RateLimit(f"caller {number}", 10, 60))
        clock.shift(3600)
        counted.take(RateLimit("caller", 10, 60))
        with sqlite3.connect(tmp_path / "x") as file:
            assert file.execute("SELECT count(*) FROM bucket").fetchone() == (1,)
        file.close()
    counted.clear()


COUNT = """
import sys
from pathlib import Path
from concurrent.futures import ThreadPoolExecutor
from config.accounts.token_bucket import RateLimit, TokenBuckets

counted, mine = TokenBuckets(Path(sys.argv[1])), RateLimit("caller", 300, 10_000_000)
with ThreadPoolExecutor(4) as threads:
    print(sum(not wait for wait in threads.map(lambda _: counted.take(mine), range(250))))
"""


def test_processes_and_threads_share_one_count_and_lose_nothing(root: Path, tmp_path: Path) -> None:
    def count(_: int) -> int:
        words = [sys.executable, "-c", COUNT, str(tmp_path / "shared")]
        done = subprocess.run(words, cwd=root, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        return int(done.stdout)

    with ThreadPoolExecutor(3) as threads:
        granted = list(threads.map(count, range(3)))
    # 750 asked in three processes with four threads each; nothing leaks in so short a time.
    assert sum(granted) == 300


ONE, TWO = RateLimit("caller", 1, 60), RateLimit("caller", 2, 60)


def damage(path: Path) -> None:
    path.write_bytes(b"no database" * 1000)


def truncate(path: Path) -> None:
    path.write_bytes(b"")


def replace(path: Path) -> None:
    with sqlite3.connect(path.with_name("other")) as other:
        other.execute("CREATE TABLE bucket (something)")
    other.close()
    path.with_name("other").replace(path)


@pytest.mark.parametrize("harm", [damage, truncate, replace, Path.unlink])
def test_a_file_that_was_lost_or_damaged_is_made_anew(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, harm: Callable[[Path], object]
) -> None:
    counted = TokenBuckets(tmp_path / "x")
    assert [counted.take(ONE) > 0 for _ in range(2)] == [False, True]
    harm(tmp_path / "x")
    assert [counted.take(ONE) > 0 for _ in range(2)] == [False, True]
    assert TokenBuckets(tmp_path / "x").take(ONE) > 0, "other processes count in the same file"
    assert caplog.text == ""


def test_where_no_file_can_be_each_process_counts_alone_and_says_so_once_a_minute(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x").mkdir()
    counted = TokenBuckets(tmp_path / "x")
    counted.clear()
    assert [counted.take(ONE) > 0 for _ in range(3)] == [False, True, True]
    assert len(caplog.records) == 1
    assert "Requests are counted by each process alone" in caplog.text
    assert "\n" not in caplog.records[0].getMessage()
    (tmp_path / "x").rmdir()
    monkeypatch.setattr("config.accounts.token_bucket.time.monotonic", lambda: counted.retry_at)
    assert counted.take(ONE) == 0
    assert (tmp_path / "x").is_file()


def test_a_file_that_others_are_busy_with_is_left_alone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    TokenBuckets(tmp_path / "x").take(TWO)
    busy = sqlite3.connect(tmp_path / "x", isolation_level=None)
    busy.execute("BEGIN EXCLUSIVE")
    assert TokenBuckets(tmp_path / "x").take(TWO) == 0
    busy.execute("COMMIT")
    busy.close()
    assert "database is locked" in caplog.text
    assert [TokenBuckets(tmp_path / "x").take(TWO) > 0 for _ in range(2)] == [False, True]


@pytest.mark.parametrize(
    ("remote", "forwarded", "proxies", "address"),
    [
        ("192.0.2.1", None, 0, "192.0.2.1"),
        ("192.0.2.1", "198.51.100.7", 0, "192.0.2.1"),
        ("192.0.2.1", "198.51.100.7", 1, "198.51.100.7"),
        ("192.0.2.1", "203.0.113.9, 198.51.100.7", 1, "198.51.100.7"),
        ("192.0.2.1", "203.0.113.9, 198.51.100.7", 2, "203.0.113.9"),
        ("192.0.2.1", None, 1, "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", None, 0, "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", None, 0, "192.0.2.1"),
        ("", None, 0, ""),
    ],
)
def test_a_caller_cannot_choose_his_address(
    rf: Any, monkeypatch: pytest.MonkeyPatch, remote: str, forwarded: str | None, proxies: int, address: str
) -> None:
    monkeypatch.setattr("rest_framework.throttling.api_settings", SimpleNamespace(NUM_PROXIES=proxies))
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert client_address(rf.get("/", REMOTE_ADDR=remote, headers=headers)) == address


# ---- The API -------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_address_that_asks_too_much_is_told_when_to_ask_again() -> None:
    assert [get().status_code for _ in range(2)] == [200, 200]
    for path in (GOALS, f"{GOALS}IPS-G1/", f"{GOALS}?format=csv", "/api/v1/", "/api/v1/findings/"):
        answer = Client().get(path)
        assert (answer.status_code, answer["Retry-After"]) == (429, "30")
        body = answer.json()
        (error,) = body["errors"]
        assert (body["type"], error["code"], error["attr"]) == ("client_error", "throttled", None)
        assert error["detail"].startswith("More than 2 requests in a minute from this address.")
    assert Client(REMOTE_ADDR="192.0.2.1").get(GOALS).status_code == 200
    assert get(**{"X-Forwarded-For": "192.0.2.77"}).status_code == 429


@pytest.mark.django_db
def test_tokens_of_one_user_share_what_he_may(rates: Any) -> None:
    user = User.objects.create_user("analyst")
    first, second = (Token.issue(user, name, 30)[1] for name in ("one", "two"))
    other = Token.issue(User.objects.create_user("other"), "one", 30)[1]
    asked = [get(Authorization=f"Token {secret}").status_code for secret in (first, second, first, second)]
    assert asked == [200, 200, 200, 429]
    client = Client()
    client.force_login(user)
    assert client.get(GOALS).status_code == 429
    assert get(Authorization=f"Token {other}").status_code == 200
    assert get().status_code == 200, "an address and a user are counted apart"
    rates.RATE_SIGNED_IN = 0
    assert get(Authorization=f"Token {first}").status_code == 200


@pytest.mark.django_db
def test_counting_asks_nothing_of_the_database(rates: Any) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert get().status_code == 200
        return len(captured)

    rates.RATE_ANONYMOUS = 0
    queries()
    version, uncounted = content_version(), queries()
    rates.RATE_ANONYMOUS = 100
    assert queries() == uncounted
    assert content_version() == version


@pytest.mark.django_db
def test_what_is_kept_or_unchanged_is_not_counted(rates: Any) -> None:
    rates.MIDDLEWARE = production.MIDDLEWARE
    client = Client()
    tag = client.get(GOALS)["ETag"]
    assert {client.get(GOALS).status_code for _ in range(5)} == {200}
    secret = Token.issue(User.objects.create_user("analyst"), "one", 30)[1]
    known = {"Authorization": f"Token {secret}"}
    tag = get(**known)["ETag"]
    assert {get(**known, **{"If-None-Match": tag}).status_code for _ in range(5)} == {304}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/goals/", "/goals/IPS-G1/", "/goals.csv", "/search/?q=space", "/nope/", "/api/docs/"]
)
def test_pages_and_files_are_counted_with_the_api(path: str) -> None:
    assert get().status_code == 200
    assert Client().get(path).status_code in (200, 404)
    with CaptureQueriesContext(connection) as captured:
        answer = Client().get(path)
    assert (answer.status_code, len(captured)) == (429, 0)
    wait = answer["Retry-After"]
    assert 0 < int(wait) <= 30
    assert f"More than 2 requests in a minute from this address. Try again in {wait} seconds." in text_of(answer)
    assert get().status_code == 429
    for uncounted in ("/healthz", "/readyz", "/static/strategy/site.css"):
        assert Client().head(uncounted).status_code == 200


@pytest.mark.django_db
def test_pages_of_a_reader_who_signed_in_count_toward_his_own_limit() -> None:
    client = Client()
    client.force_login(User.objects.create_user("reader"))
    assert [client.get("/goals/").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert Client().get("/goals/").status_code == 200
