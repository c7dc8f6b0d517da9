"""What the probes say, and that they say no more."""

from typing import Any

import pytest
from django.apps import apps
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

ready = pytest.mark.django_db


def test_healthz_asks_no_database(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert "no-store" in answer["Cache-Control"]


@ready
def test_ready_with_content(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"ready")


@ready
def test_not_ready_without_content(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apps.get_model("strategy", "Strategy")._base_manager.__class__, "exists", lambda _: False)
    assert_not_ready(client)


@ready
def test_not_ready_with_unapplied_migrations(client: Client) -> None:
    newest = MigrationRecorder.Migration.objects.using(connection.alias).latest("pk")
    newest.delete()
    assert_not_ready(client)


@ready
def test_not_ready_with_migrations_of_a_newer_release(client: Client) -> None:
    migrations = MigrationRecorder.Migration.objects.using(connection.alias)
    # Of an app that is no more, an earlier release left it behind.
    migrations.create(app="gone", name="0001_initial")
    assert client.get("/readyz").status_code == 200
    migrations.create(app="strategy", name="9999_next")
    assert_not_ready(client)


@ready
def test_not_ready_without_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise OperationalError("password=hidden")

    monkeypatch.setattr(connection, "cursor", refuse)
    assert_not_ready(client)


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_probes_only_read_and_refuse_without_the_database(client: Client, path: str) -> None:
    refused = client.post(path)
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert refused["Content-Type"] == "text/plain"


def assert_not_ready(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"not ready")
