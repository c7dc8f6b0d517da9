"""Every link of every page leads somewhere: what a reader who follows them all would find."""

import re
from collections import Counter, deque
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import resolve
from django.urls.exceptions import Resolver404

from tests.support.html import parse
from tests.support.page_kinds import is_page, routes

pytestmark = pytest.mark.django_db
STATIC = "/static/"
# Of each route so many pages are read: every record of a small model, a sample of a large one.
RECORDS, QUERIES, FILES = 30, 10, 2
# What programs read has each of its examples asked for by a test of its own, and editing asks for a password.
OUTSIDE = ("/api/v1/", "/api/schema/", "/admin/")


class Links:
    """The addresses in a page and what they may point at in it."""

    def __init__(self, response: Any) -> None:
        page = parse(response)
        ids = Counter(page.values("[id]", "id"))
        self.ids = set(ids)
        self.repeated_ids = [name for name, count in ids.items() if count > 1]
        self.targets = [*page.values("[href]", "href"), *page.values("[src]", "src")]
        self.targets += page.values("use", "xlink:href")
        forms = [form for form in page.all("form") if (form.get("method") or "get").lower() == "get"]
        self.targets += [form.get("action") or "" for form in forms]


@cache
def static_text(path: str) -> str | None:
    """The text of a static file, empty where it is none, and None where the file does not exist."""
    result = finders.find(path)
    if not result:
        return None
    return Path(str(result)).read_text() if path.endswith((".svg", ".css")) else ""


def broken_static(path: str, fragment: str) -> str:
    """What is wrong with a reference to a static file."""
    text = static_text(path)
    if text is None:
        return "no such file"
    return f"no #{fragment} in it" if fragment and f'id="{fragment}"' not in text else ""


def route_of(path: str) -> str:
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return path


class Crawl:
    """All pages that can be reached from the first one, each route as often as its limit, and what is wrong in them."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.waiting, self.seen = deque([("/", "")]), {"/"}
        self.read: Counter[str] = Counter()
        self.ids: dict[str, set[str]] = {}
        self.fragments: dict[tuple[str, str], str] = {}
        self.faults: list[str] = []
        while self.waiting:
            self.ask(*self.waiting.popleft())
        self.check_fragments()

    def ask(self, address: str, origin: str) -> None:
        response = self.client.get(address)
        if response.status_code in (301, 302):
            self.note(urljoin(address, response["Location"]), origin)
        elif response.status_code not in (200, 300):
            self.faults.append(f"{response.status_code} {address} from {origin}")
        elif response["Content-Type"].startswith("text/html"):
            page = Links(response)
            self.ids[address] = page.ids
            self.faults += [f"#{name} stands twice in {address}" for name in page.repeated_ids]
            for target in page.targets:
                self.note(urljoin(address, target), address)
        elif response.streaming:
            # A file that nobody reads to its end stays open.
            response.getvalue()

    def note(self, target: str, origin: str) -> None:
        """A target is checked if it is a file, remembered if it is a page, and let be if it is elsewhere."""
        parts = urlsplit(target)
        if parts.scheme not in ("", "http") or parts.netloc not in ("", "testserver") or parts.path.startswith(OUTSIDE):
            return
        if parts.path.startswith(STATIC):
            fault = broken_static(parts.path.removeprefix(STATIC), parts.fragment)
            self.faults += [f"{fault}: {target} in {origin}"] if fault else []
            return
        address = parts.path + (f"?{parts.query}" if parts.query else "")
        if parts.fragment:
            self.fragments.setdefault((address, unquote(parts.fragment)), origin)
        if address not in self.seen:
            self.seen.add(address)
            self.queue(address, origin, bool(parts.query), "." in parts.path.rsplit("/", 1)[-1])

    def queue(self, address: str, origin: str, asks: bool, file: bool) -> None:
        kind = f"{route_of(address)}{'?' if asks else ''}"
        if self.read[kind] < (FILES if file else QUERIES if asks else RECORDS):
            self.read[kind] += 1
            self.waiting.append((address, origin))

    def check_fragments(self) -> None:
        for (address, fragment), origin in self.fragments.items():
            if address not in self.ids:
                self.ids[address] = Links(self.client.get(address, follow=True)).ids
            if fragment not in self.ids[address]:
                self.faults.append(f"no #{fragment} in {address} from {origin}")


@pytest.mark.long
def test_every_link_leads_somewhere(client: Client) -> None:
    crawl = Crawl(client)
    assert crawl.faults == []
    assert len(crawl.ids) > 400, "the crawl no longer reaches what it should"
    # Nobody is led to the door while it stands open.
    pages = {route for route in routes() if is_page(route)} - {"home", "permalink", "sign-in"}
    assert pages <= {kind.removesuffix("?") for kind in crawl.read}, "no link leads there"


def test_the_style_sheet_s_files_exist() -> None:
    text = static_text("strategy/site.css")
    assert text
    for target in re.findall(r"url\(([^)]+)\)", text):
        address = unescape(target.strip("\"'"))
        if not address.startswith("data:"):
            path = urljoin(f"{STATIC}strategy/", address).removeprefix(STATIC)
            assert static_text(path.split("#")[0].split("?")[0]) is not None, target
