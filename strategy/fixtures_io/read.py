"""Reads one fixture file into rows, and says what is wrong with one that is no fixture. Knows no values."""

import json
from typing import Any

from django.db import models

from .files import ContentError, Problem

Row = tuple[str, dict[str, Any]]
THE_FILE = "the file"


class RepeatedKeyError(ValueError):
    """An object that has one key twice: JSON readers keep the last and say nothing."""

    def __init__(self, key: str, code: object):
        super().__init__(f"{key} stands twice")
        self.key, self.code = key, code


def rows_of(path, name: str, model: type[models.Model]) -> list[Row]:
    """Title (the code, if the row has one) and fields of every row in the file, which is called ``name``."""
    return [_row(name, number, row, model) for number, row in enumerate(_json(path, name), start=1)]


def _json(path, name: str) -> list[Any]:
    def refuse(message: str, record: str = THE_FILE, field: str = "") -> ContentError:
        return ContentError([Problem(name, record, field, message)])

    try:
        text = path.read_bytes().decode("utf-8")
        rows = json.loads(text, object_pairs_hook=_object, parse_constant=_constant)
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


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        keys = [key for key, _ in pairs]
        raise RepeatedKeyError(next(key for key in keys if keys.count(key) > 1), values.get("code"))
    return values


def _constant(word: str) -> float:
    raise ValueError(f"{word} is no JSON value")


def _row(name: str, number: int, row: Any, model: type[models.Model]) -> Row:
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


def in_order(rows: list[Row], name: str, model: type[models.Model]) -> list[Row]:
    """Rows that others of the same file point at, first. Rows that point in a circle have no order: refused."""
    own = [f.name for f in model._meta.concrete_fields if f.related_model is model]
    waiting, ordered = rows, []
    while own and waiting:
        codes = {title for title, _ in waiting}
        ready = [row for row in waiting if not (_pointed_at(row[1], own) - {row[0]}) & codes]
        if not ready:
            raise ContentError([_circle(dict(waiting), name, own)])
        ordered += ready
        placed = {title for title, _ in ready}
        waiting = [row for row in waiting if row[0] not in placed]
    return ordered + waiting


def _pointed_at(values: dict[str, Any], names: list[str]) -> set[str]:
    keys = (values.get(name) for name in names)
    return {code for key in keys if isinstance(key, list) for code in key if isinstance(code, str)}


def _circle(waiting: dict[str, dict[str, Any]], name: str, own: list[str]) -> Problem:
    """One circle among rows each of which waits for another of them."""
    way = [next(iter(waiting))]
    while way[-1] not in way[:-1]:
        ahead = _pointed_at(waiting[way[-1]], own) - {way[-1]}
        way.append(next(code for code in sorted(ahead) if code in waiting))
    circle = way[way.index(way[-1]) :]
    field = next(name for name in own if circle[1] in _pointed_at(waiting[circle[0]], [name]))
    return Problem(name, circle[0], field, f"leads back to itself: {' > '.join(circle)}.")
