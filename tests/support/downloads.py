"""Read the files that pages offer: CSV, workbooks and JSON, each as rows of column and value."""

import csv
import json
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any

from django.test import Client
from openpyxl import load_workbook

from strategy.core.exports import MEDIA_TYPES


def download_rows(client: Client, url: str, suffix: str, **parameters: str) -> list[dict[str, Any]]:
    """The rows of a page's file, each as column and value."""
    response = client.get(f"{url.rstrip('/')}.{suffix}", parameters)
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == MEDIA_TYPES[suffix]
    assert response["Content-Disposition"].endswith(f'.{suffix}"')
    content = response.getvalue()
    if suffix == "json":
        return json.loads(content)
    if suffix == "csv":
        return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, map(plain, row), strict=True)) for row in rows]


def plain(value: Any) -> Any:
    """A day as text, as the other files have it."""
    return value.date().isoformat() if isinstance(value, datetime) else value


def as_text(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    """CSV knows only text, and an empty cell of a workbook is None. A workbook writes each line break as one sign."""
    return [{name: "" if value is None else str(value) for name, value in row.items()} for row in rows]
