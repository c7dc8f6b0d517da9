"""Rows taken away: one sheet, as CSV, as an Excel workbook or as JSON.

The same cells in every format. Not for the API's own answers, whose fields are declared by serializers.
"""

import csv
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import register_converter

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
# What the API gives in files: the lines of JSON too, which programs read and people do not.
FORMATS = MEDIA_TYPES | {"ndjson": "application/x-ndjson"}
# What a spreadsheet would run as a formula, full-width forms included.
FORMULA = re.compile("^[=+\\-@\t\r\n\x00\uff1d\uff0b\uff0d\uff20]")


@dataclass
class Sheet:
    """A table to take away. ``name`` is the file's, without suffix; cells are text, numbers, true or false, or None."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Any]]


def column_name(title: str) -> str:
    """A column's title as a key: "Line of effort" is ``line_of_effort``."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def escape_formula(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula, with an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and FORMULA.match(value) else value


def download(sheet: Sheet, suffix: str) -> HttpResponseBase:
    """The sheet as an attachment, written while it is read."""
    write = {"csv": _csv, "xlsx": _xlsx, "json": _json, "ndjson": _ndjson}[suffix]
    response = write(sheet)
    response["Content-Type"] = FORMATS[suffix]
    response["Content-Disposition"] = f'attachment; filename="{sheet.name}.{suffix}"'
    return response


class LineWriter:
    """A file for ``csv.writer`` that hands each line on."""

    def __init__(self, write: Callable[[str], Any]):
        self.write = write


def _csv(sheet: Sheet) -> HttpResponseBase:
    writer = csv.writer(LineWriter(lambda line: line))
    lines = (writer.writerow([escape_formula(value) for value in row]) for row in _with_head(sheet))
    return StreamingHttpResponse(lines)


def _with_head(sheet: Sheet) -> Iterator[Sequence[Any]]:
    yield sheet.columns
    yield from sheet.rows


def _json(sheet: Sheet) -> HttpResponseBase:
    def pieces() -> Iterator[str]:
        before = "[\n"
        for row in sheet.rows:
            yield before + json.dumps(dict(zip(sheet.columns, row, strict=True)), ensure_ascii=False)
            before = ",\n"
        yield "[]\n" if before == "[\n" else "\n]\n"

    return StreamingHttpResponse(pieces())


def _ndjson(sheet: Sheet) -> HttpResponseBase:
    rows = (dict(zip(sheet.columns, row, strict=True)) for row in sheet.rows)
    return StreamingHttpResponse(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)


def _xlsx(sheet: Sheet) -> HttpResponseBase:
    # Loaded when somebody takes a workbook: it makes a process 8 MB larger.
    from .workbook import new_workbook, text_cell

    book, page = new_workbook(sheet.name)
    for row in _with_head(sheet):
        page.append([text_cell(page, value) for value in row])
    buffer = BytesIO()
    book.save(buffer)
    return HttpResponse(buffer.getvalue())


class Suffix:
    """The path converter ``<suffix:suffix>``: the formats a page can be taken away in."""

    regex = "|".join(MEDIA_TYPES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Suffix, "suffix")


def download_links(path: str, querystring: str = "") -> list[tuple[str, str]]:
    """Label and address of the page's twins: ``/activities/`` has ``/activities.csv`` and the others."""
    query = f"?{querystring.rstrip('&')}" if querystring else ""
    return [(suffix.upper(), f"{path.rstrip('/')}.{suffix}{query}") for suffix in MEDIA_TYPES]
