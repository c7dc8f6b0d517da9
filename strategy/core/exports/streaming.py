"""Responses that are files: a page's table, and the whole of a filtered list of records.

Rows are read and written a chunk at a time, so that memory does not grow with their number; a workbook is written to a
file on disk first.
"""

from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from django.http import FileResponse, StreamingHttpResponse

from .formats import FORMATS
from .writers import RECORD_STYLE, SHEET_STYLE, STREAMS, Chunks, RowStyle, write_workbook

CHUNK = 1000
Record = dict[str, Any]


@dataclass
class Sheet:
    """A table as a file. ``name`` is the file's, without suffix; cells are text, numbers, true or false, or None."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Any]]


def download(sheet: Sheet, suffix: str, *, for_people: bool = True) -> StreamingHttpResponse:
    """The sheet as an attachment, written while it is read.

    CSV for people begins with a byte order mark, without which Excel reads the letters of another alphabet.
    """
    response = file_response(sheet.name, sheet.columns, in_chunks(sheet.rows), SHEET_STYLE, suffix)
    if suffix == "csv" and for_people:
        content: Any = response.streaming_content
        response.streaming_content = chain([BOM_UTF8], content)
    return response


def stream_records(
    name: str, columns: list[str], keys: Iterable[int], read: Callable[[list[int]], list[Record]], suffix: str
) -> StreamingHttpResponse:
    """The records of ``keys``, which ``read`` reads a chunk at a time, as an attachment."""
    chunks = iter(in_chunks(keys))
    # The first chunk is read before anything is sent: what fails then is still a fault in words.
    first = read(next(chunks, []))
    return file_response(name, columns, chain([first], map(read, chunks)), RECORD_STYLE, suffix)


def in_chunks(rows: Iterable[Any]) -> Iterable[list[Any]]:
    """Lists of ``CHUNK`` rows, the last of what is left."""
    iterator = iter(rows)
    return iter(lambda: list(islice(iterator, CHUNK)), [])


def file_response(
    name: str, columns: Sequence[str], chunks: Chunks, style: RowStyle, suffix: str
) -> StreamingHttpResponse:
    """The rows as an attachment named ``<name>.<suffix>``, written while they are read."""
    response = (
        FileResponse(write_workbook(name, columns, chunks, style))
        if suffix == "xlsx"
        else StreamingHttpResponse(STREAMS[suffix](columns, chunks, style))
    )
    response["Content-Type"] = FORMATS[suffix]
    response["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    return response
