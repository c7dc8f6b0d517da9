"""``?as_of=``: which moments and addresses it takes, what it refuses in words, and what comes with an answer."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from config.middleware import as_of
from strategy.core.snapshots import Snapshot, SnapshotIsReadOnlyError, reading
from strategy.history import changeset
from strategy.models import Goal, content_version
from strategy.snapshots import files, snapshot_file
from strategy.snapshots.files import BuildingError

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def snapshots_dir(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def before() -> int:
    """The version before a goal was renamed "Renamed"."""
    version = content_version()
    with changeset(None, "", "edit"):
        Goal.objects.filter(code="IPS-G1").update(title="Renamed")
    return version


def detail(response: Any) -> str:
    if response["Content-Type"] == "application/json":
        (error,) = response.json()["errors"]
        assert error["attr"] == "as_of"
        return str(error["detail"])
    return response.content.decode()


def test_an_address_of_the_past_and_the_parameter_are_the_same(client: Client, before: int) -> None:
    prefix = f"/as-of/{before}"
    by_parameter = client.get(f"/goals/IPS-G1/?as_of={before}")
    assert "Renamed" not in by_parameter.content.decode()
    assert by_parameter.content == client.get(f"{prefix}/goals/IPS-G1/").content
    assert '<a href="/goals/IPS-G1/">Back to today' in by_parameter.content.decode()
    record = client.get("/api/v1/goals/IPS-G1/", {"as_of": before})
    assert record.json()["title"] != "Renamed"
    assert record.json()["web_url"] == f"http://testserver{prefix}/goals/IPS-G1/"
    assert record["Link"] == '<http://testserver/api/v1/goals/IPS-G1/>; rel="original"'
    assert record["Memento-Datetime"].endswith("GMT")
    assert "Memento-Datetime" not in client.get("/goals/IPS-G1/")
    redirect = client.get(f"{prefix}/goals/ips-g1/")
    assert redirect["Location"] == f"{prefix}/goals/IPS-G1/"


def test_a_moment_names_the_newest_version_by_then(client: Client, before: int) -> None:
    after = content_version()
    moment = datetime.datetime.fromtimestamp(after / 1e6, tz=datetime.UTC)
    just_before = (moment - datetime.timedelta(milliseconds=1)).isoformat()
    old = client.get("/api/v1/goals/IPS-G1/", {"as_of": just_before}).json()
    assert old["url"].startswith(f"http://testserver/as-of/{before}/")
    plus = client.get(f"/api/v1/goals/IPS-G1/?as_of={just_before}").json()
    assert plus == old, "a plus sign that nobody has quoted"
    for today in (timezone.now().date().isoformat(), f"{timezone.now():%Y-%m}", f"{timezone.now():%Y}", str(after)):
        now = client.get("/api/v1/goals/IPS-G1/", {"as_of": today}).json()
        assert (now["title"], f"/as-of/{after}/" in now["url"]) == ("Renamed", True)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("1999", "The change log began on 20"),
        ("2999-01", "is in the future"),
        ("9999", "is in the future"),
        ("", "2026-03-01"),
        ("soon", "is not a moment"),
        ("2026-02-30", "is not a moment"),
        ("2026-03-01T08:00:00", "has no time zone"),
        ("123456", "has never had the version"),
        ("9" * 19, "has never had the version"),
    ],
)
def test_what_is_no_moment_of_the_log_is_refused_in_words(client: Client, value: str, words: str) -> None:
    for address in ("/goals/", "/api/v1/goals/", "/goals.csv"):
        response = client.get(address, {"as_of": value})
        assert response.status_code == 400
        assert words in detail(response)
    assert client.get(f"/as-of/{value or 'x'}/goals/").status_code == 400


def test_only_reading_and_one_moment(client: Client, before: int) -> None:
    for address in ("/goals/", "/api/v1/goals/", "/my-office/"):
        assert client.post(f"{address}?as_of={before}").status_code in (400, 405)
    assert client.post(f"/goals/?as_of={before}")["Allow"] == "GET, HEAD"
    assert "twice" in detail(client.get(f"/as-of/{before}/api/v1/goals/?as_of={before}"))
    assert "twice" in detail(client.get(f"/api/v1/goals/?as_of={before}&as_of={before}"))
    with reading(Snapshot("as-of/1/", 1)), pytest.raises(SnapshotIsReadOnlyError):
        Goal(title="New").save()


def every_path(patterns: Any, before: str = "/") -> set[str]:
    paths: set[str] = set()
    for pattern in patterns:
        path = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            paths |= every_path(pattern.url_patterns, path)
        elif isinstance(pattern, URLPattern):
            paths.add(path)
    return paths


def test_what_is_of_today_only_is_refused(client: Client, before: int) -> None:
    paths = every_path(get_resolver().url_patterns)
    present = {path for path in paths if as_of.PRESENT_ONLY.match(path) or path in as_of.PROBES}
    first = {path.split("/")[1] for path in present}
    assert {"admin", "sign-in", "sign-out", "my-office", "api", "healthz", "readyz", "favicon.ico"} <= first
    assert not {path for path in paths - present if "admin" in path or "/sign-" in path or "mcp" in path}
    for path in ("/admin/", "/admin/strategy/goal/", "/sign-in/", "/healthz", "/readyz", "/favicon.ico", "/api/mcp/"):
        response = client.get(path, {"as_of": before})
        assert response.status_code == 400
        assert "of today only" in detail(response)


def test_a_closed_site_asks_for_signing_in_first(client: Client, before: int, settings: Any) -> None:
    settings.SIGN_IN = True
    response = client.get(f"/goals/?as_of={before}")
    assert response["Location"] == f"/sign-in/?next=/as-of/{before}/goals/"
    assert client.get(f"/api/v1/goals/?as_of={before}").status_code == 401
    client.force_login(User.objects.create_user("reader"))
    assert client.get(f"/goals/?as_of={before}").status_code == 200


def test_a_large_snapshot_is_waited_for(client: Client, before: int, monkeypatch: Any) -> None:
    def not_yet(snapshot: Snapshot) -> HttpResponse:
        raise BuildingError

    monkeypatch.setattr(as_of, "snapshot_file", not_yet)
    page, answer = (client.get(f"{path}?as_of={before}") for path in ("/goals/", "/api/v1/goals/"))
    assert (page.status_code, page["Retry-After"], page["Refresh"]) == (503, "5", "5")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")


def test_files_are_bounded_and_a_damaged_one_is_written_anew(before: int, settings: Any) -> None:
    settings.SNAPSHOT_FILES = 2
    paths = []
    for number in range(3):
        with changeset(None, "", "edit"):
            Goal.objects.filter(code="IPS-G1").update(title=f"Renamed {number}")
        paths.append(snapshot_file(Snapshot(f"as-of/{before + number}/", before + number)))
    assert [path.exists() for path in paths if path] == [False, True, True]
    newest = paths[-1]
    assert newest is not None
    whole = newest.read_bytes()
    for damaged in (b"", b"no database", whole[: len(whole) // 2]):
        newest.write_bytes(damaged)
        snapshot_file(Snapshot(f"as-of/{before + 2}/", before + 2))
        assert newest.stat().st_size == len(whole)
    assert not list(files.folder().glob("*.new*"))
