"""The limit: a bare WSGI application. One statement gives the finished answer, and nothing else is done.

It refuses nothing and knows one shape of answer. What it costs is what the database, its driver and the web server
cost: nothing that answers from this database can be faster, unless it need not ask.
"""

import csv
import io
import os
import threading
from collections.abc import Iterable, Iterator
from html import escape
from tempfile import TemporaryFile
from typing import Any
from urllib.parse import parse_qsl

import psycopg2
from openpyxl import Workbook

from tests.bench import limit_sql as sql

CHUNK = 1000
STATEMENTS = {"page": sql.page, "record": sql.objects, "tasking": sql.tasking}
own = threading.local()


def connection() -> Any:
    if not hasattr(own, "connection"):
        own.connection = psycopg2.connect(os.environ["DATABASE_URL"])
        own.connection.autocommit = True
    return own.connection


def fetched(statement: str, asked: dict[str, Any]) -> list[Any]:
    with connection().cursor() as cursor:
        cursor.execute(statement, asked)
        return cursor.fetchall()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    what = environ["PATH_INFO"].strip("/")
    asked: dict[str, Any] = {"page": "1", "page_size": "50", **dict(parse_qsl(environ["QUERY_STRING"]))}
    asked["first"] = (int(asked["page"]) - 1) * int(asked["page_size"])
    if "search" in asked:
        asked["words"] = " & ".join(f"'{word}':*" for word in asked["search"].split())
    if what in FILES:
        start_response("200 OK", [("Content-Type", "application/octet-stream")])
        return FILES[what](asked)
    if what == "html":
        body, kind = html(fetched(sql.rows(asked), asked)).encode(), "text/html; charset=utf-8"
    elif what in STATEMENTS:
        body, kind = fetched(STATEMENTS[what](asked), asked)[0][0].encode(), "application/json"
    else:
        body, kind = b"", "text/plain"
    start_response("200 OK", [("Content-Type", kind), ("Content-Length", str(len(body)))])
    return [body]


# ---- The page of a list ----------------------------------------------------------------------------------------------


def html(rows: list[Any]) -> str:
    """The rows as a bare table."""
    return "<!doctype html><title>Activities</title><table>" + "".join(map(table_row, rows)) + "</table>"


def table_row(row: Any) -> str:
    code, basis, title, kind, _status, _start, _end, line, goals, assignments = row
    offices = "".join(
        f'<li>{one["role"]} <a href="/offices/{one["office"]}/">{one["office"]}</a>' for one in assignments
    )
    ends = "".join(f'<li><a href="/goals/{one["goal"]}/">{one["goal"]}</a>' for one in goals)
    return (
        f'<tr><th><a href="/activities/{code}/">{code} {escape(title)}</a><td>{line or "Not placed"}'
        f"<td><ul>{offices}</ul><td><ul>{ends}</ul><td>{kind}<td>{basis}"
    )


# ---- Files: a server-side cursor, and each row written ---------------------------------------------------------------


def streamed(statement: str, asked: dict[str, Any]) -> Iterator[list[Any]]:
    bare = psycopg2.connect(os.environ["DATABASE_URL"])
    with bare.cursor("rows") as cursor:
        cursor.itersize = CHUNK
        cursor.execute(statement, asked)
        while rows := cursor.fetchmany(CHUNK):
            yield rows
    bare.close()


def ndjson(asked: dict[str, Any]) -> Iterator[bytes]:
    for rows in streamed(sql.objects(asked), asked):
        yield "".join(f"{row[0]}\n" for row in rows).encode()


def cells(asked: dict[str, Any]) -> Iterator[list[Any]]:
    statement = sql.rows(asked, "").replace("'[]') AS", "'[]')::text AS")
    return streamed(statement, asked)


def csv_file(asked: dict[str, Any]) -> Iterator[bytes]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(sql.COLUMNS)
    for rows in cells(asked):
        writer.writerows(rows)
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()


def xlsx(asked: dict[str, Any]) -> Iterator[bytes]:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("activities")
    sheet.append(sql.COLUMNS)
    for rows in cells(asked):
        for row in rows:
            sheet.append(row)
    with TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        yield from iter(lambda: file.read(65536), b"")


FILES = {"csv": csv_file, "ndjson": ndjson, "xlsx": xlsx}
