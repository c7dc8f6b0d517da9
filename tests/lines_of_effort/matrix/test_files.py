"""Files of the matrix hold so much and no more, and what is refused costs little."""

from typing import Any

import pytest
from django.test import Client

from lines_of_effort.matrix.request import PairParams
from tests.support.downloads import download_rows
from tests.support.html import text_of

pytestmark = pytest.mark.django_db
URL = "/matrix/"
PAIR = {"rows": "goal", "columns": "line_of_effort"}


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "json"])
def test_too_many_marks_are_refused_with_advice(client: Client, monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    limit = len(download_rows(client, URL, suffix)) - 1
    monkeypatch.setattr("lines_of_effort.matrix.sheet.MAX_MARKS", limit)
    words = f"marks are too many for one file of the matrix, which holds {limit} at most: filter."
    refused = client.get(f"/matrix.{suffix}")
    assert (refused.status_code, words in text_of(refused)) == (400, True)
    if suffix != "json":
        (error,) = client.get("/api/v1/matrix/", {"format": suffix}).json()["errors"]
        assert words in error["detail"]
    assert len(download_rows(client, URL, suffix, office="STARCOM")) <= limit


@pytest.mark.parametrize("shape", ["long", "wide"])
def test_too_many_numbers_are_refused_with_advice(client: Client, monkeypatch: pytest.MonkeyPatch, shape: str) -> None:
    monkeypatch.setattr("lines_of_effort.matrix.sheet.MAX_NUMBERS", 15)
    refused = client.get("/matrix.csv", {**PAIR, "shape": shape})
    assert (refused.status_code, "16 numbers are too many for one file" in text_of(refused)) == (400, True)


def test_a_table_that_is_not_drawn_is_not_worked_out(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> str:
        raise AssertionError("The address of a number was made.")

    monkeypatch.setattr("lines_of_effort.matrix.pair_counts.MAX_OFFICES", 3)
    monkeypatch.setattr(PairParams, "list_url", fail)
    page = client.get("/matrix/", PAIR)
    assert (page.status_code, "Too many to draw." in text_of(page)) == (200, True)
