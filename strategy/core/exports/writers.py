"""Writers of rows as CSV, Excel workbook, JSON and lines of JSON, for the pages' tables and the API's records alike.

What differs between the two is a ``RowStyle``: ``SHEET_STYLE`` for rows of cells, ``RECORD_STYLE`` for dictionaries.
"""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from tempfile import SpooledTemporaryFile
from typing import IO, Any

import orjson

from ..params import BadParametersError

Chunks = Iterable[Sequence[Any]]
# Bytes of a workbook; a larger one is written to disk.
MAX_IN_MEMORY = 2_000_000
# Where a spreadsheet would begin a formula, full-width forms included: at the start of a cell, and inside of one after
# what would end the cell if the file were opened with another separator. Quotes do not keep a spreadsheet from that.
FORMULA = re.compile(
    "^(?=[=+\\-@\t\r\n\x00\uff1d\uff0b\uff0d\uff20])|(?<=[;|\t\r\n])(?=[=+\\-@\uff1d\uff0b\uff0d\uff20])"
)


@dataclass(frozen=True)
class RowStyle:
    """How rows of one shape are written."""

    # The row's values for CSV, and for a workbook, where numbers stay numbers.
    csv_cells: Callable[[Any], Iterable[Any]]
    workbook_cells: Callable[[Any], Iterable[Any]]
    # The row as one JSON object, from the names of the columns and the row.
    json_object: Callable[[Sequence[str], Any], bytes]
    # What stands before the first and after the last object of a JSON array.
    brackets: tuple[bytes, bytes]


# Line breaks of Unicode, which JSON leaves as they are and readers of lines take for the end of one.
LINE_BREAKS = {character.encode(): f"\\u{ord(character):04x}".encode() for character in "\u2028\u2029\x85"}


def dumps(value: Any) -> bytes:
    """JSON as the API writes it."""
    return orjson.dumps(value, option=orjson.OPT_UTC_Z)


def flatten_value(value: Any) -> Any:
    """A value as one cell: what is a list or a record stays as JSON."""
    if value is None or isinstance(value, str):
        return value
    text = dumps(value).decode()
    return text.strip('"') if not isinstance(value, list | dict) else text


def escape_formula(value: Any) -> Any:
    """Text with an apostrophe wherever a spreadsheet would take what follows for a formula."""
    return FORMULA.sub("'", value) if isinstance(value, str) else value


SHEET_STYLE = RowStyle(
    csv_cells=lambda row: row,
    workbook_cells=lambda row: row,
    json_object=lambda columns, row: json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False).encode(),
    brackets=(b"[\n", b"\n]\n"),
)
RECORD_STYLE = RowStyle(
    csv_cells=lambda record: map(flatten_value, record.values()),
    workbook_cells=lambda record: [
        value if isinstance(value, int | float | date) else flatten_value(value) for value in record.values()
    ],
    json_object=lambda columns, record: dumps(record),
    brackets=(b"[", b"]\n"),
)


class LineWriter:
    """A file for ``csv.writer`` that hands each line to ``write``."""

    def __init__(self, write: Callable[[str], Any]):
        self.write = write


def write_csv(columns: Sequence[str], chunks: Chunks, style: RowStyle) -> Iterator[str]:
    """A line of names, then a line a row."""
    lines: list[str] = []
    writer = csv.writer(LineWriter(lines.append))
    writer.writerow(map(escape_formula, columns))
    for chunk in chunks:
        writer.writerows([map(escape_formula, style.csv_cells(row)) for row in chunk])
        yield "".join(lines)
        lines.clear()
    # The names alone, where there was no row.
    if lines:
        yield "".join(lines)


def write_json(columns: Sequence[str], chunks: Chunks, style: RowStyle) -> Iterator[bytes]:
    """An array with an object a row."""
    opening, closing = style.brackets
    before = opening
    for chunk in chunks:
        if chunk:
            yield before + b",\n".join(style.json_object(columns, row) for row in chunk)
            before = b",\n"
    yield b"[]\n" if before == opening else closing


def write_ndjson(columns: Sequence[str], chunks: Chunks, style: RowStyle) -> Iterator[bytes]:
    """A line with an object a row."""
    for chunk in chunks:
        yield b"".join(without_line_breaks(style.json_object(columns, row)) + b"\n" for row in chunk)


def without_line_breaks(text: bytes) -> bytes:
    """JSON without anything that some reader takes for the end of a line."""
    for character, escape in LINE_BREAKS.items():
        text = text.replace(character, escape)
    return text


def write_workbook(name: str, columns: Sequence[str], chunks: Chunks, style: RowStyle) -> IO[bytes]:
    """A temporary file with a workbook, to be closed by whoever reads it."""
    # Imported where one is asked for: it makes a process 8 MB larger.
    from .workbook import MAX_COLUMNS, WorkbookWriter

    if len(columns) > MAX_COLUMNS:
        raise BadParametersError({"format": [f"A workbook holds {MAX_COLUMNS:,} columns: take CSV or JSON."]})
    book = WorkbookWriter(name, columns)
    for chunk in chunks:
        book.add(style.workbook_cells(row) for row in chunk)
    file = SpooledTemporaryFile(MAX_IN_MEMORY)  # noqa: SIM115  # closed with the response
    book.save(file)
    file.seek(0)
    return file


STREAMS = {"csv": write_csv, "json": write_json, "ndjson": write_ndjson}
