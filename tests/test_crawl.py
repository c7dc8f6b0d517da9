"""Every link of every page leads somewhere: what a reader who follows them all would find."""

import re
from collections import Counter, deque
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import resolve
from django.urls.exceptions import Resolver404

pytestmark = pytest.mark.django_db
STATIC = "/static/"
# Of each route this many pages are read, so that every record of a small model is, and a sample of a large one.
RECORDS, QUERIES, FILES = 30, 10, 2
# The API's documentation is a package's page, and editing asks for a password.
OUTSIDE = ("/api/", "/admin/")


class Links(HTMLParser):
    """The addresses in a page and what they may point at in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.ids: set[str] = set()
        self.twice: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            if values["id"] in self.ids:
                self.twice.append(values["id"])
            self.ids.add(values["id"])
        for name in ("href", "xlink:href", "src"):
            if name in values:
                self.targets.append(values[name])
        if tag == "form" and values.get("method", "get").lower() == "get":
            self.targets.append(values.get("action", ""))


@cache
def static_text(path: str) -> str | None:
    """The text of a static file, empty where it is none, and None where the file does not exist."""
    found = finders.find(path)
    if not found:
        return None
    return Path(str(found)).read_text() if path.endswith((".svg", ".css")) else ""


def broken_static(path: str, fragment: str) -> str:
    """What is wrong with a reference to a static file."""
    text = static_text(path)
    if text is None:
        return "no such file"
    return f"no #{fragment} in it" if fragment and f'id="{fragment}"' not in text else ""


def route_of(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return path


def test_every_link_leads_somewhere(client: Client) -> None:
    waiting, asked = deque([("/", "/")]), {"/"}
    read: Counter[str] = Counter()
    ids: dict[str, set[str]] = {}
    fragments: dict[tuple[str, str], str] = {}
    faults: list[str] = []
    while waiting:
        address, origin = waiting.popleft()
        parts = urlsplit(address)
        response = client.get(address)
        if response.status_code in (301, 302):
            target = urljoin(address, response["Location"])
            if target not in asked:
                asked.add(target)
                waiting.append((target, origin))
            continue
        if response.status_code not in (200, 300):
            faults.append(f"{response.status_code} {address} from {origin}")
            continue
        if not response["Content-Type"].startswith("text/html"):
            continue
        page = Links(response.content.decode())
        ids[address] = page.ids
        faults += [f"#{twice} stands twice in {address}" for twice in page.twice]
        for target in page.targets:
            found = urlsplit(urljoin(address, target))
            if found.scheme not in ("", "http") or found.netloc not in ("", "testserver"):
                continue
            whole = found.path + (f"?{found.query}" if found.query else "")
            if found.path.startswith(STATIC):
                fault = broken_static(found.path.removeprefix(STATIC), found.fragment)
                if fault:
                    faults.append(f"{fault}: {target} in {address}")
                continue
            if found.path.startswith(OUTSIDE):
                continue
            if found.fragment:
                fragments.setdefault((whole, unquote(found.fragment)), address)
            if whole in asked:
                continue
            asked.add(whole)
            kind = f"{route_of(found.path)}{'?' if found.query else ''}"
            limit = FILES if "." in found.path.rsplit("/", 1)[-1] else QUERIES if found.query else RECORDS
            if read[kind] < limit:
                read[kind] += 1
                waiting.append((whole, address))
    for (whole, fragment), origin in fragments.items():
        if whole not in ids:
            response = client.get(whole, follow=True)
            ids[whole] = Links(response.content.decode()).ids
        if fragment not in ids[whole]:
            faults.append(f"no #{fragment} in {whole} from {origin}")
    assert faults == []
    assert len(ids) > 400, "the crawl no longer reaches what it should"
    assert {"matrix", "trace", "glossary", "compare", "contacts", "search?", "participation-detail"} <= set(read)


def test_the_style_sheet_s_files_exist() -> None:
    text = static_text("strategy/site.css")
    assert text
    for target in re.findall(r"url\(([^)]+)\)", text):
        address = unescape(target.strip("\"'"))
        if not address.startswith("data:"):
            path = urljoin(f"{STATIC}strategy/", address).removeprefix(STATIC)
            assert static_text(path.split("#")[0].split("?")[0]) is not None, target
