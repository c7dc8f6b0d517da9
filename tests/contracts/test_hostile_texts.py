"""No text makes a file malformed, whatever came into the database past the models: each by two readers."""

import csv
import json
import re
from io import BytesIO, StringIO
from typing import Any
from xml.dom import minidom
from zipfile import ZipFile

import orjson
import pytest
from django.db.models import CharField, TextField
from django.test import Client
from icalendar import Calendar
from openpyxl import load_workbook

from partners.models import Engagement
from strategy.core.models import CodedModel
from strategy.models import Goal
from tests.support.html import parse
from tests.support.models import api_url, detail_url, each_model, list_url, visible

pytestmark = pytest.mark.django_db
# Controls, non-characters, half an escape of a workbook, what ends a tag, a section or a line, and turns of direction.
HOSTILE = (
    "\x01\x0b\x1f a\ufffe\uffffb _x0041_ ]]> <b>&amp; \"'; \u2028\u2029\x85 \u202e \r\n;,\\n END:VEVENT \U0001f600"
)


# All but ``Char`` of XML 1.0.
NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def spoil(record: CodedModel) -> list[str]:
    """Puts the text into every text of a record that takes any; the names of the fields."""
    fields = [f for f in record._meta.concrete_fields if type(f) in (CharField, TextField) and not f.choices]
    names = [f.name for f in fields if f.name != "code" and (f.max_length or 200) >= len(HOSTILE)]
    type(record)._default_manager.filter(pk=record.pk).update(**dict.fromkeys(names, HOSTILE))
    return names


def well_formed(text: bytes) -> None:
    """By expat, and by the letters that the standard allows, which some readers do not look at."""
    minidom.parseString(text)
    assert not NO_CHARACTER.search(text.decode())
    escaped = {int(number) for number in re.findall(rb"&#([0-9]+);", text)}
    assert all(number in (9, 10, 13) or number >= 32 for number in escaped)


def records_in_csv(text: str) -> list[list[str]]:
    """As RFC 4180 says it, without Python's reader."""
    cells = re.findall(r'(?:"((?:[^"]|"")*)"|([^,\r\n"]*))(,|\r\n)', text)
    rows: list[list[str]] = [[]]
    for quoted, bare, end in cells:
        rows[-1].append(quoted.replace('""', '"') or bare)
        if end != ",":
            rows.append([])
    return rows[:-1]


@each_model
def test_every_file_of_every_kind_of_record_is_read_by_two_readers(client: Client, model: type[CodedModel]) -> None:
    record = visible(model)[0]
    names = spoil(record)
    assert names
    page, query = list_url(model).rstrip("/"), {"search": record.code}
    for url, parameters in ((f"{page}.%s", query), (api_url(model), {"code": record.code})):

        def content(suffix: str, url: str = url, parameters: dict[str, str] = parameters) -> bytes:
            found = (
                client.get(url % suffix, parameters)
                if "%s" in url
                else client.get(url, {**parameters, "format": suffix})
            )
            assert found.status_code == 200
            return bytes(found.getvalue())

        rows = json.loads(content("json"))
        assert rows == orjson.loads(content("json"))
        assert record.code in {row["code"] for row in rows}
        book = content("xlsx")
        assert load_workbook(BytesIO(book)).active.max_row == len(rows) + 1
        with ZipFile(BytesIO(book)) as parts:
            for name in parts.namelist():
                well_formed(parts.read(name))
        table = content("csv").decode("utf-8-sig")
        assert records_in_csv(table) == list(csv.reader(StringIO(table, newline=""), strict=True))
        if "%s" not in url:
            lines = content("ndjson").decode()
            assert len(lines.splitlines()) == len(lines.split("\n")) - 1 == len(rows)
            assert [json.loads(line) for line in lines.splitlines()] == rows
    assert parse(client.get(detail_url(model, record.code))).has("main")


def test_pictures_and_calendars_are_well_formed(client: Client) -> None:
    for model in (Goal, Engagement):
        for record in model._default_manager.visible()[:3]:
            spoil(record)
    well_formed(client.get("/trace.svg").content)
    calendar: Any = client.get("/engagements.ics").getvalue()
    events = Calendar.from_ical(calendar).walk("VEVENT")
    unfolded = re.sub(rb"\r\n[ \t]", b"", calendar).split(b"\r\n")
    assert unfolded.count(b"BEGIN:VEVENT") == unfolded.count(b"END:VEVENT") == len(events)
    assert all(re.match(rb"[A-Z-]+[:;]", line) for line in unfolded if line)
