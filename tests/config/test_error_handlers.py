"""What a reader and a program get when the code itself fails."""

import re
from typing import Any

import pytest
from django.db import DatabaseError, DataError, InterfaceError, OperationalError
from django.test import Client

from strategy.core.api import CompiledStatement
from strategy.core.models import CodedQuerySet

PATHS = ["/offices/", "/offices/STARCOM/", "/api/v1/offices/", "/api/v1/offices/STARCOM/"]


@pytest.fixture
def client(db: None) -> Client:
    return Client(raise_request_exception=False)


def fails_with(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(CodedQuerySet, "visible", refuse)
    monkeypatch.setattr(CompiledStatement, "rows", refuse)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (RuntimeError("password=hidden"), 500, "Something went wrong|Server Error"),
        (OperationalError("password=hidden"), 503, "The database does not answer"),
        (InterfaceError("password=hidden"), 503, "The database does not answer"),
        (DatabaseError("file is not a database, hidden"), 503, "The database does not answer"),
        (DataError("hidden"), 500, "Something went wrong|Server Error"),
    ],
)
def test_says_so_and_no_more(
    client: Client, monkeypatch: pytest.MonkeyPatch, path: str, error: Exception, status: int, words: str
) -> None:
    fails_with(monkeypatch, error)
    response = client.get(path)
    text = response.content.decode()
    assert response.status_code == status
    assert re.search(words, text)
    assert "hidden" not in text
    assert "Traceback" not in text
    assert response.has_header("Retry-After") == (status == 503)
    if path.startswith("/api/"):
        (fault,) = response.json()["errors"]
        assert set(fault) == {"code", "detail", "attr"}
        assert response.json()["type"] == "server_error"
    else:
        # Whatever failed may be what would have found a style sheet.
        assert not re.search(r"<(script|img)\b", text)
