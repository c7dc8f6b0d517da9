"""How much a reader on a thin line has to wait for."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from ..support.page_kinds import PAGES

KB = 1000
SHEETS = r'<link rel="stylesheet" href="/static/([^"]+)"'
SCRIPTS = r'<script src="/static/([^"]+)"'


def packed(data: bytes) -> int:
    """Bytes on the line: every server and proxy compresses at least so well."""
    return len(gzip.compress(data, 6))


def weight(page: str, pattern: str) -> int:
    """Of the static files of one kind that the page asks for."""
    total = 0
    for path in re.findall(pattern, page):
        found = finders.find(path)
        assert found, path
        total += packed(Path(str(found)).read_bytes())
    return total


@pytest.mark.django_db
def test_the_first_page_is_light(client: Client) -> None:
    page = client.get("/").content.decode()
    style, script = weight(page, SHEETS), weight(page, SCRIPTS)
    assert 0 < style < 40 * KB
    assert 0 < script < 25 * KB
    assert packed(page.encode()) + style + script < 150 * KB


@pytest.mark.django_db
def test_no_page_brings_styles_or_scripts_of_its_own(client: Client) -> None:
    """What the first page brought serves all others."""
    first = client.get("/").content.decode()
    for address in PAGES.values():
        page = client.get(address).content.decode()
        assert set(re.findall(SHEETS, page)) == set(re.findall(SHEETS, first)), address
        assert set(re.findall(SCRIPTS, page)) == set(re.findall(SCRIPTS, first)), address
