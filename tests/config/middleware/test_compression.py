"""Compressed answers: the same content, tags that still spare an answer, and nothing compressed twice or in vain."""

import gzip
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.middleware import gzip as django_gzip
from django.test import Client

from config import settings as production
from config.accounts.models import Token

pytestmark = pytest.mark.django_db
GZIP = {"Accept-Encoding": "br, gzip"}
TEXTS = ["/", "/goals/", "/api/v1/goals/", "/api/schema/", "/goals.csv", "/trace.svg", "/api/v1/goals/?format=ndjson"]


@pytest.fixture(autouse=True)
def production_middleware(settings: Any) -> Iterator[None]:
    settings.MIDDLEWARE = production.MIDDLEWARE
    with time_machine.travel(4_000_000_000, tick=False):
        yield


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize("url", TEXTS)
def test_a_text_is_compressed_for_who_takes_it(client: Client, url: str) -> None:
    plain = client.get(url)
    expected = body(plain)
    for _ in range(2):
        compressed = client.get(url, headers=GZIP)
        assert compressed["Content-Encoding"] == "gzip"
        received = body(compressed)
        assert gzip.decompress(received) == expected
        assert len(received) < len(expected)
        assert compressed.streaming or int(compressed["Content-Length"]) == len(received)
    for response in (plain, compressed):
        assert "Accept-Encoding" in response["Vary"]
    assert "Content-Encoding" not in client.get(url)


@pytest.mark.parametrize("url", TEXTS)
def test_a_weakened_tag_spares_the_answer(client: Client, url: str) -> None:
    first = client.get(url, headers=GZIP)
    body(first)
    assert first["ETag"] == f"W/{client.get(url)['ETag']}"
    for tag in (first["ETag"], first["ETag"].removeprefix("W/")):
        answer = client.get(url, headers={**GZIP, "If-None-Match": tag})
        assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)
        assert "Accept-Encoding" in answer["Vary"]
        assert "Content-Encoding" not in answer
    by_date = client.get(url, headers={**GZIP, "If-Modified-Since": first["Last-Modified"]})
    assert by_date.status_code == 304


def test_a_private_tag_that_was_weakened_spares_the_answer() -> None:
    _, secret = Token.issue(User.objects.create_user("analyst"), "test", 30)
    client, headers = Client(), {**GZIP, "Authorization": f"Token {secret}"}
    first = client.get("/api/v1/goals/", headers=headers)
    assert first["Content-Encoding"] == "gzip"
    assert first["ETag"].startswith('W/"')
    answer = client.get("/api/v1/goals/", headers={**headers, "If-None-Match": first["ETag"]})
    assert (answer.status_code, answer["ETag"]) == (304, first["ETag"])


def test_a_cached_answer_is_compressed_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    first = client.get("/goals/", headers=GZIP)
    monkeypatch.setattr(django_gzip, "compress_string", None)
    assert client.get("/goals/", headers=GZIP).content == first.content


def test_head_says_what_get_says(client: Client) -> None:
    response = client.head("/goals/", headers=GZIP)
    assert (response.status_code, response.content) == (200, b"")
    assert response["Content-Encoding"] == "gzip"
    assert response["ETag"].startswith('W/"')


@pytest.mark.parametrize("url", ["/goals.xlsx", "/healthz", "/sign-out/"])
def test_what_is_short_or_compressed_already_is_left_alone(client: Client, url: str) -> None:
    response = client.get(url, headers=GZIP)
    body(response)
    assert "Content-Encoding" not in response
