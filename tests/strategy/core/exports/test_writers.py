"""One set of writers for tables and records, and where the two differ."""

import csv
from contextlib import closing
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import load_workbook

from strategy.core.exports import FORMATS, Sheet, download, stream_records
from strategy.core.exports.streaming import CHUNK

# A response that is closed ends a request, which looks at the connection.
pytestmark = pytest.mark.django_db
RECORDS: list[dict[str, Any]] = [{"code": "A1", "n": 1, "of": ["B"]}, {"code": "=A2", "n": None, "of": []}]


def sheet(rows: list[list[Any]], suffix: str) -> bytes:
    with closing(download(Sheet("name", ["code", "n"], rows), suffix)) as response:
        return response.getvalue()


def records(suffix: str, rows: list[dict[str, Any]] = RECORDS) -> bytes:
    read = lambda keys: [rows[key] for key in keys]  # noqa: E731
    with closing(stream_records("name", ["code", "n", "of"], range(len(rows)), read, suffix)) as response:
        return response.getvalue()


def test_a_table_is_json_with_spaces_and_records_are_not() -> None:
    assert sheet([["A1", 1], ["é", None]], "json") == (
        '[\n{"code": "A1", "n": 1},\n{"code": "é", "n": null}\n]\n'.encode()
    )
    assert records("json") == b'[{"code":"A1","n":1,"of":["B"]},\n{"code":"=A2","n":null,"of":[]}]\n'
    assert sheet([["A1", 1]], "ndjson") == b'{"code": "A1", "n": 1}\n'
    assert records("ndjson") == b'{"code":"A1","n":1,"of":["B"]}\n{"code":"=A2","n":null,"of":[]}\n'


def test_a_cell_is_no_formula_and_a_list_stays_json() -> None:
    assert sheet([["=A1", True]], "csv") == b"\xef\xbb\xbfcode,n\r\n'=A1,True\r\n"
    assert records("csv") == b'code,n,of\r\nA1,1,"[""B""]"\r\n\'=A2,,[]\r\n'
    for content in (sheet([["=A1", 2]], "xlsx"), records("xlsx", [{"code": "=A1", "n": 2, "of": None}])):
        page = load_workbook(BytesIO(content)).active
        assert [cell.value for cell in page[2]][:2] == ["=A1", 2]
        assert page["A2"].data_type == "s"


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("a;=1+1", "a;'=1+1"),
        ("a\t@SUM(1)", "a\t'@SUM(1)"),
        ("a\n\n+1", "a\n\n'+1"),
        ("a|\uff1d1", "a|'\uff1d1"),
        ("\t=1", "'\t'=1"),
        ("\r=1", "'\r'=1"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("-1;2", "'-1;2"),
        ("a; b = c, d-e", "a; b = c, d-e"),
        ("one\n\ntwo", "one\n\ntwo"),
    ],
)
def test_no_cell_becomes_a_formula_under_another_separator(text: str, cell: str) -> None:
    content = sheet([[text, 1]], "csv").decode()
    assert list(csv.reader(StringIO(content, newline="")))[1] == [cell, "1"]
    for separator in ";\t|":
        cells = [one for row in csv.reader(StringIO(content, newline=""), delimiter=separator) for one in row]
        assert not any(one.startswith(("=", "+", "-", "@", "\uff1d")) for one in cells)
    assert load_workbook(BytesIO(sheet([["a;=1", 1]], "xlsx"))).active["A2"].data_type == "s"


def test_a_workbook_holds_nothing_that_xml_forbids() -> None:
    page = load_workbook(BytesIO(sheet([["a\ufffeb\uffffc\x07", 1]], "xlsx"))).active
    assert page["A2"].value == "a\ufffdb\ufffdc\ufffd"


@pytest.mark.parametrize("number", [0, 1, CHUNK, CHUNK + 1])
def test_a_file_has_every_row_however_many_chunks_there_are(number: int) -> None:
    rows = [{"code": f"A{n}", "n": n, "of": None} for n in range(number)]
    for content in (records("csv", rows), sheet([[row["code"], row["n"]] for row in rows], "csv")):
        assert len(list(csv.reader(StringIO(content.decode())))) == number + 1
    assert records("ndjson", rows).count(b"\n") == number


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_file_without_rows_is_whole(suffix: str) -> None:
    empty = {"csv": b"\xef\xbb\xbfcode,n\r\n", "json": b"[]\n", "ndjson": b""}
    if suffix in empty:
        assert sheet([], suffix) == empty[suffix]
    else:
        assert [[cell.value for cell in row] for row in load_workbook(BytesIO(sheet([], suffix))).active] == [
            ["code", "n"]
        ]
