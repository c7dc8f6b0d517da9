"""The limit: a bare WSGI application. One statement gives the finished answer, and nothing else is done.

It refuses nothing and knows one shape of answer. What it costs is what the database, its driver and the web server
cost: nothing that answers from this database can be faster, unless it need not ask.
"""

import csv
import io
import os
import threading
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile
from typing import Any
from urllib.parse import parse_qsl

import psycopg2
from openpyxl import Workbook

from tests.bench import limit_pages
from tests.bench import limit_sql as sql

CHUNK = 1000
STATEMENTS = {
    "page": sql.page,
    "record": sql.objects,
    "assignments": sql.assignments,
    "tasking": sql.tasking,
}
PAGES = {
    "html": (sql.rows, limit_pages.activities),
    "office": (sql.tasking_object, limit_pages.office),
    "matrix": (sql.grid, limit_pages.matrix),
}
own = threading.local()


def connection() -> Any:
    if not hasattr(own, "connection"):
        own.connection = psycopg2.connect(os.environ["DATABASE_URL"])
        own.connection.autocommit = True
    return own.connection


def fetched(statement: str, params: dict[str, Any]) -> list[Any]:
    with connection().cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    what = environ["PATH_INFO"].strip("/")
    params: dict[str, Any] = {"page": "1", "page_size": "50", **dict(parse_qsl(environ["QUERY_STRING"]))}
    params["first"] = (int(params["page"]) - 1) * int(params["page_size"])
    if "search" in params:
        params["words"] = " & ".join(f"'{word}':*" for word in params["search"].split())
    if what in FILES:
        start_response("200 OK", [("Content-Type", "application/octet-stream")])
        return FILES[what](params)
    if what in PAGES:
        statement, page = PAGES[what]
        body, kind = page(fetched(statement(params), params)).encode(), "text/html; charset=utf-8"
    elif what in STATEMENTS:
        body, kind = fetched(STATEMENTS[what](params), params)[0][0].encode(), "application/json"
    else:
        body, kind = b"", "text/plain"
    start_response("200 OK", [("Content-Type", kind), ("Content-Length", str(len(body)))])
    return [body]


# ---- Files: a server-side cursor, and each row written ---------------------------------------------------------------


def streamed(statement: str, params: dict[str, Any]) -> Iterator[list[Any]]:
    bare = psycopg2.connect(os.environ["DATABASE_URL"])
    with bare.cursor("rows") as cursor:
        cursor.itersize = CHUNK
        cursor.execute(statement, params)
        while rows := cursor.fetchmany(CHUNK):
            yield rows
    bare.close()


def ndjson(params: dict[str, Any]) -> Iterator[bytes]:
    for rows in streamed(sql.objects(params), params):
        yield "".join(f"{row[0]}\n" for row in rows).encode()


def cells(params: dict[str, Any]) -> Iterator[list[Any]]:
    statement = sql.rows(params, "").replace("'[]') AS", "'[]')::text AS")
    return streamed(statement, params)


def csv_file(params: dict[str, Any]) -> Iterator[bytes]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(sql.COLUMNS)
    for rows in cells(params):
        writer.writerows(rows)
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()


def xlsx(params: dict[str, Any]) -> Iterator[bytes]:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("activities")
    sheet.append(sql.COLUMNS)
    for rows in cells(params):
        for row in rows:
            sheet.append(row)
    with TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        yield from iter(lambda: file.read(65536), b"")


FILES = {"csv": csv_file, "ndjson": ndjson, "xlsx": xlsx}
