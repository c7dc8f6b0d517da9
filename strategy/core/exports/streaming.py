"""The whole of a filtered list in one answer, as CSV, workbook, lines of JSON or one JSON array, streamed.

The same records and fields as the pages of the list have. Memory does not grow with their number, but for a workbook,
which is written to a file first.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from tempfile import TemporaryFile
from typing import Any

import orjson
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from .formats import FORMATS, LineWriter, escape_formula

CHUNK = 1000
Record = dict[str, Any]
Chunks = Iterable[list[Record]]


def stream_records(
    name: str, columns: list[str], keys: Iterable[int], read: Callable[[list[int]], list[Record]], form: str
) -> Any:
    """The records of ``keys``, read a chunk at a time, as an attachment of the form asked for."""
    rows = iter(keys)
    chunks = iter(lambda: list(islice(rows, CHUNK)), [])
    # The first chunk is read before anything is sent: what fails then is still a fault in words.
    first = read(next(chunks, []))
    every = chain([first], map(read, chunks))
    response = WRITERS[form](every, columns, name)
    response["Content-Type"] = FORMATS[form]
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def _dumps(value: Any) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_UTC_Z)


def flatten_value(value: Any) -> Any:
    """A value as one cell: what is a list or a record stays as JSON."""
    if value is None or isinstance(value, str):
        return value
    text = _dumps(value).decode()
    return text.strip('"') if not isinstance(value, list | dict) else text


def _json(chunks: Chunks, columns: list[str], name: str) -> HttpResponseBase:
    def pieces() -> Iterator[bytes]:
        before = b"["
        for chunk in chunks:
            if chunk:
                yield before + b",\n".join(map(_dumps, chunk))
                before = b",\n"
        yield b"[]\n" if before == b"[" else b"]\n"

    return StreamingHttpResponse(pieces())


def _ndjson(chunks: Chunks, columns: list[str], name: str) -> HttpResponseBase:
    return StreamingHttpResponse(b"".join(_dumps(record) + b"\n" for record in chunk) for chunk in chunks)


def _csv(chunks: Chunks, columns: list[str], name: str) -> HttpResponseBase:
    def pieces() -> Iterator[str]:
        lines: list[str] = []
        writer = csv.writer(LineWriter(lines.append))
        writer.writerow(columns)
        for chunk in chunks:
            writer.writerows([[escape_formula(flatten_value(value)) for value in record.values()] for record in chunk])
            yield "".join(lines)
            lines.clear()

    return StreamingHttpResponse(pieces())


def _xlsx(chunks: Chunks, columns: list[str], name: str) -> HttpResponseBase:
    from .workbook import new_workbook, text_cell

    book, sheet = new_workbook(name)
    sheet.append(columns)
    for chunk in chunks:
        for record in chunk:
            sheet.append(
                [
                    text_cell(sheet, value if isinstance(value, int | float) else flatten_value(value))
                    for value in record.values()
                ]
            )
    file = TemporaryFile()  # noqa: SIM115  # closed with the response
    book.save(file)
    file.seek(0)
    return FileResponse(file)


WRITERS = {"json": _json, "ndjson": _ndjson, "csv": _csv, "xlsx": _xlsx}
