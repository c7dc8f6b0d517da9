"""Parses a fixture file into rows in the order of their references; does not look at values otherwise."""

import json
from typing import Any

from django.db import models

from .files import ContentError, Problem

Row = tuple[str, dict[str, Any]]
THE_FILE = "the file"


class RepeatedKeyError(ValueError):
    """Raised for a JSON object with a key twice, of which Python's parser would keep the last."""

    def __init__(self, key: str, code: object):
        super().__init__(f"{key} stands twice")
        self.key, self.code = key, code


def parse_rows(path, name: str, model: type[models.Model]) -> list[Row]:
    """Title (the code, if the row has one) and values of every row in the file, which messages call ``name``.

    ContentError if the file is no fixture of the model.
    """
    return [_parse_row(name, number, row, model) for number, row in enumerate(_read_json(path, name), start=1)]


def _read_json(path, name: str) -> list[Any]:
    def refuse(message: str, record: str = THE_FILE, field: str = "") -> ContentError:
        return ContentError([Problem(name, record, field, message)])

    try:
        text = path.read_bytes().decode("utf-8")
        rows = json.loads(text, object_pairs_hook=_without_repeated_keys, parse_constant=_refuse_constant)
    except OSError as error:
        raise refuse(f"cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise refuse(f"is not in UTF-8: byte {error.start + 1} fits no character.") from error
    except RepeatedKeyError as error:
        record = error.code if isinstance(error.code, str) else THE_FILE
        raise refuse("stands twice in one object.", record, error.key) from error
    except RecursionError as error:
        raise refuse("is nested too deeply for a fixture.") from error
    except ValueError as error:
        reason = "it begins with a byte order mark; save it as UTF-8 without one." if text[:1] == "\ufeff" else error
        raise refuse(f"is not JSON: {reason}") from error
    if not isinstance(rows, list):
        raise refuse("holds no list of rows.")
    return rows


def _without_repeated_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        keys = [key for key, _ in pairs]
        raise RepeatedKeyError(next(key for key in keys if keys.count(key) > 1), values.get("code"))
    return values


def _refuse_constant(word: str) -> float:
    raise ValueError(f"{word} is no JSON value")


def _parse_row(name: str, number: int, row: Any, model: type[models.Model]) -> Row:
    title = f"row {number}"

    def refuse(message: str, field: str = "") -> ContentError:
        return ContentError([Problem(name, title, field, message)])

    if not isinstance(row, dict):
        raise refuse("is not an object with 'model' and 'fields'.")
    for key in ("model", "fields"):
        if key not in row:
            raise refuse("is missing: a row has 'model' and 'fields'.", key)
    for key in row.keys() - {"model", "fields"}:
        raise refuse("is not known here: a row has 'model' and 'fields', and nothing else.", key)
    if row["model"] != model._meta.label_lower:
        raise refuse(f"must be '{model._meta.label_lower}'.", "model")
    values = row["fields"]
    if not isinstance(values, dict):
        raise refuse("must be an object of names and values.", "fields")
    code = values.get("code")
    return code if code and isinstance(code, str) else title, values


def order_by_references(rows: list[Row], name: str, model: type[models.Model]) -> list[Row]:
    """The rows, each after those of the same file that it points at; ContentError if they point in a circle."""
    references = [f.name for f in model._meta.concrete_fields if f.related_model is model]
    waiting, ordered = rows, []
    while references and waiting:
        codes = {title for title, _ in waiting}
        ready = [row for row in waiting if not (_referenced_codes(row[1], references) - {row[0]}) & codes]
        if not ready:
            raise ContentError([_circle(dict(waiting), name, references)])
        ordered += ready
        placed = {title for title, _ in ready}
        waiting = [row for row in waiting if row[0] not in placed]
    return ordered + waiting


def _referenced_codes(values: dict[str, Any], names: list[str]) -> set[str]:
    keys = (values.get(name) for name in names)
    return {code for key in keys if isinstance(key, list) for code in key if isinstance(code, str)}


def _circle(waiting: dict[str, dict[str, Any]], name: str, references: list[str]) -> Problem:
    """A circle among rows each of which points at another of them."""
    path = [next(iter(waiting))]
    while path[-1] not in path[:-1]:
        codes = _referenced_codes(waiting[path[-1]], references) - {path[-1]}
        path.append(next(code for code in sorted(codes) if code in waiting))
    circle = path[path.index(path[-1]) :]
    field = next(name for name in references if circle[1] in _referenced_codes(waiting[circle[0]], [name]))
    return Problem(name, circle[0], field, f"leads back to itself: {' > '.join(circle)}.")
