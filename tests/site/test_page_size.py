"""How much a reader on a thin line has to wait for."""

import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.support.html import Element, parse
from tests.support.page_kinds import PAGES

KB = 1000
STATIC = "/static/"


def packed(data: bytes) -> int:
    """Bytes on the line: every server and proxy compresses at least so well."""
    return len(gzip.compress(data, 6))


def style_sheets(page: Element) -> set[str]:
    return set(page.values("link[rel=stylesheet]", "href"))


def scripts(page: Element) -> set[str]:
    return set(page.values("script[src]", "src"))


def weight(addresses: set[str]) -> int:
    """Bytes on the line of these static files."""
    total = 0
    for address in addresses:
        assert address.startswith(STATIC)
        file = finders.find(address.removeprefix(STATIC))
        assert file, address
        total += packed(Path(str(file)).read_bytes())
    return total


@pytest.mark.django_db
def test_the_first_page_is_light(client: Client) -> None:
    response = client.get("/")
    style, script = weight(style_sheets(parse(response))), weight(scripts(parse(response)))
    assert 0 < style < 40 * KB
    assert 0 < script < 25 * KB
    assert packed(response.content) + style + script < 150 * KB


@pytest.mark.django_db
def test_no_page_brings_styles_or_scripts_of_its_own(client: Client) -> None:
    """What the first page brought serves all others."""
    first = parse(client.get("/"))
    for address in PAGES.values():
        page = parse(client.get(address))
        assert style_sheets(page) == style_sheets(first), address
        assert scripts(page) == scripts(first), address
        assert not page.has("style, [style]"), address
