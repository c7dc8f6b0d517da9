"""The site as it was: at each version every kind of answer is, byte for byte, the one that was given then."""

import random
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from openpyxl import load_workbook

from strategy.core.cache.request_version import finish_request
from strategy.models import content_version
from tests.support.random_edits import edit

ADDRESSES = (
    *("/", "/goals/", "/goals/IPS-G1/", "/activities/", "/activities/?role=lead", "/activities/IPS-A06/", "/risks/"),
    *("/offices/", "/offices/STARCOM/", "/offices/STARCOM/tasking.csv", "/org-chart/", "/matrix/", "/partners/AUS/"),
    *("/trace/?focus=STARCOM", "/findings/", "/contacts/", "/read/", "/glossary/", "/engagements/", "/compare/"),
    *("/risks.csv", "/activities.json", "/activities.xlsx", "/engagements.ics", "/matrix.csv", "/trace.svg?focus=SSC"),
    *("/api/v1/activities/", "/api/v1/activities/?page_size=3", "/api/v1/offices/STARCOM/", "/api/v1/assignments/"),
    *("/api/v1/assignments/?format=csv", "/api/v1/risks/?format=ndjson", "/api/v1/findings/"),
    *("/api/v1/matrix/", "/api/v1/trace/?focus=STARCOM", "/api/v1/offices/STARCOM/tasking/", "/search/?q=partner"),
    *("/api/v1/search/?q=office", "/api/v1/activities/?expand=line_of_effort", "/sources/", "/about/"),
)
BANNER = re.compile(r'<div class="edition" role="region" aria-label="Content of the past">.*?</div>', re.DOTALL)
# Forms that store something are of today only.
FORMS = re.compile(r'<form class="mine".*?</form>', re.DOTALL)
# Leads out of the past on purpose: signing in, files of the site, and the change log.
OUT = re.compile(r"/(sign-in|static|changes)/|.*/history/")
LINK = re.compile(r'(?:href|action|src)="(/[^"]*)"')
ABSOLUTE = re.compile(r"http://testserver(/[^\s\"',<>\\)]*)")


@pytest.fixture(autouse=True)
def snapshots_dir(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def read(client: Client, address: str) -> tuple[int, str]:
    response = client.get(address)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    finish_request()
    if address.partition("?")[0].endswith(".xlsx"):
        # The second sheet has the time of the download.
        body = repr(list(load_workbook(BytesIO(body)).worksheets[0].values)).encode()
    return response.status_code, body.decode().replace("\r\n ", "")


def past(address: str, version: int) -> str:
    return f"{address}{'&' if '?' in address else '?'}as_of={version}"


def plain(text: str, version: int) -> str:
    """Without the banner, the forms, and the prefix of addresses."""
    text = FORMS.sub("", BANNER.sub("", text))
    text = text.replace(f"as-of/{version}/", "").replace(f"as-of%2F{version}%2F", "")
    return re.sub(r"\s+", " ", text)


def hits(address: str, text: str) -> str:
    """PostgreSQL orders the hits of a search in a way of its own."""
    links = sorted(re.findall(r"/[a-z-]+/[A-Z0-9][A-Z0-9.-]+/", text))
    return " ".join(links) if "search/" in address else text


def links_out(address: str, text: str, version: int) -> list[str]:
    """Links of an answer of the past that lead to today, but for the way back."""
    inside = BANNER.sub("", text)
    links = [*LINK.findall(inside), *ABSOLUTE.findall(inside)]
    return [link for link in links if not link.startswith(f"/as-of/{version}/") and not OUT.match(link)]


@pytest.mark.proof(rounds=8, all_rounds=500)
@pytest.mark.django_db
def test_every_answer_is_what_it_was(client: Client, rounds: int) -> None:
    rng = random.Random(f"past {rounds}")
    then: list[tuple[int, str, tuple[int, str]]] = []
    addresses = list(ADDRESSES)
    for place in range(rounds):
        name = edit(rng)
        version = content_version()
        some = addresses[place * 6 % len(addresses) :][:6] if rounds < 100 else rng.sample(addresses, 4)
        then += [(version, f"{address} after {name}", read(client, address)) for address in some]
    edit(rng)
    failures = []
    for version, what, (status, text) in then:
        address = what.partition(" ")[0]
        now_status, now = read(client, past(address, version))
        if out := links_out(address, now, version):
            failures.append(f"{what}: leads out of the past to {out[:3]}")
        expected, result = plain(text, version), plain(now, version)
        if connection.vendor == "postgresql":
            expected, result = hits(address, expected), hits(address, result)
        if (status, expected) != (now_status, result):
            failures.append(f"{what}: {status} {now_status} {first_difference(expected, result)}")
    assert not failures, "\n".join(failures[:10])


def first_difference(first: str, second: str) -> str:
    place = next(
        (i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(map(len, (first, second)))
    )
    return f"{first[max(0, place - 60) : place + 60]!r} now {second[max(0, place - 60) : place + 60]!r}"
