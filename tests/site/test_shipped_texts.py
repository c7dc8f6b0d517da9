"""The wording of the shipped content: our own words, no dead references, one entry for one address."""

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.apps import apps

from strategy.core.models import CodedModel, Part
from strategy.models import Chapter, Citation, Source

pytestmark = pytest.mark.django_db

CODED = [model for model in apps.get_models() if issubclass(model, CodedModel)]
CONTENT = [model for model in apps.get_models() if issubclass(model, CodedModel | Part)]
# Titles and proper names are quoted; the longest of them has seven words.
LONGEST_QUOTATION = 7
CODE = re.compile(r"\b(?:IPS-[A-Z]+\d+|ASG\d+[AB]?|(?:SRC|SIL|CIT|MEM|PAR|SSA)-[A-Z0-9]+)\b")


def texts() -> Iterator[tuple[str, str]]:
    """Every text of the content but addresses, with the kind and code of what it stands in."""
    for model in CONTENT:
        for row in model._default_manager.visible().values():
            for name, value in row.items():
                if isinstance(value, str) and name not in ("code", "code_order", "url", "official_url"):
                    yield f"{model.__name__} {row.get('code', row['id'])} {name}", value


def test_nothing_longer_than_a_name_is_quoted() -> None:
    quoted = re.compile(r"(?<!\w)['\u2018\u201c\"]([^'\u2018\u2019\u201c\u201d\"]+)['\u2019\u201d\"](?!\w)")
    long = [
        (where, words)
        for where, text in texts()
        for words in quoted.findall(text)
        if len(words.split()) > LONGEST_QUOTATION
    ]
    assert long == []


def test_the_dossier_s_own_jargon_is_translated() -> None:
    words = re.compile(r"\bseed\b|official-text", re.IGNORECASE)
    assert [where for where, text in texts() if words.search(text.replace("SRC-SEED", ""))] == []


def test_every_record_a_text_speaks_of_is_there() -> None:
    there = {code for model in CODED for code in model._default_manager.values_list("code", flat=True)}
    dead = [(where, code) for where, text in texts() for code in CODE.findall(text) if code not in there]
    assert dead == []


def test_one_address_is_one_source() -> None:
    """The same page by http and https, with www and without, is one address."""
    pages = Counter()
    for url in Source.objects.visible().values_list("url", flat=True):
        parts = urlsplit(url)
        pages[parts.netloc.lower().removeprefix("www."), parts.path.rstrip("/"), parts.query] += 1
    assert [page for page, count in pages.items() if count > 1] == []


def test_addresses_follow_nobody() -> None:
    """An address that carries a campaign or a reader's number tells on whoever opens it."""
    tracking = re.compile(r"[?&](?:utm_|mc_|fbclid|gclid)")
    assert [url for url in Source.objects.values_list("url", flat=True) if tracking.search(url)] == []


def test_a_likely_title_is_our_reading() -> None:
    for chapter in Chapter.objects.visible():
        message = Citation.objects.filter(field="likely_official_title", object_id=chapter.pk, basis="inferred")
        assert message.filter(content_type__model="chapter").exclude(reason="").exists(), chapter
