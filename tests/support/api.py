"""Read answers of the REST API: codes, keys at any depth, and refusals in the one shape of errors."""

from collections.abc import Iterator
from typing import Any


def codes(response: Any) -> list[str]:
    """The codes of a page of records."""
    assert response.status_code == 200, response.content
    return [row["code"] for row in response.json()["results"]]


def keys_at_any_depth(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        for inner in value.values():
            yield from keys_at_any_depth(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys_at_any_depth(inner)


def assert_refused(response: Any, name: str, words: str = "") -> None:
    """A 400 in the one shape of errors, which names the parameter and says these words of it."""
    assert response.status_code == 400, response.content
    body = response.json()
    assert body["type"] == "validation_error"
    assert all(set(error) == {"code", "detail", "attr"} for error in body["errors"])
    assert words in " ".join(error["detail"] for error in body["errors"] if error["attr"] == name)
    assert name in {error["attr"] for error in body["errors"]}
