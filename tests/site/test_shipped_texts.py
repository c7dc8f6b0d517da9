"""The wording of the shipped content: our own words, no dead references, one entry for one address."""

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.db import models

from strategy.core.models import CodedModel, Part
from strategy.models import Chapter, Citation, Source, Term

pytestmark = pytest.mark.django_db

CODED = [model for model in apps.get_models() if issubclass(model, CodedModel)]
CONTENT = [model for model in apps.get_models() if issubclass(model, CodedModel | Part)]
# Titles and proper names are quoted; the longest of them has seven words.
LONGEST_QUOTATION = 7
CODE = re.compile(r"\b(?:IPS-[A-Z]+\d+|ASG\d+[AB]?|(?:SRC|SIL|CIT|MEM|PAR|SSA)-[A-Z0-9]+)\b")


# Fields that hold what others wrote, in their spelling.
AS_OTHERS_WRITE = {"code", "code_order", "url", "official_url", "title", "publisher", "native_name", "office_as_stated"}
# Words that Americans spell otherwise. Capitals are left alone: they are proper names (Ministry of Defence).
BRITISH = re.compile(
    r"\b(?:(?:organ|recogn|final|util|standard|priorit|author|modern|normal|summar|synchron|special|harmon|mobil|minim"
    r"|maxim|categor|central|local|character|critic|emphas)is(?:e|ed|es|er|ing|ation|ations|ational)"
    r"|analys(?:e|ed|es|ing)|(?:behavi|fav|hon|lab|col|harb|neighb|rum|endeav)our\w*|centres?|defences?|programmes?"
    r"|licences?|judgements?|towards|whilst|learnt|fulfil|manoeuvre\w*|travelled|theatres?|metres?|practise[ds]?)\b"
)
# How the content is kept and was compiled is no reader's business; and what is not known is said without riddles.
BANNED = re.compile(
    r"\bstored\b|in what was read|needs? an editor|confirm before|\bno rank\b|\bdossier\b|(?:was|were) not seen"
    r"|\bnot seen\b|\bretranslat|on the way there|does not stand|candidate for nothing|in, from and to space"
    r"|for this item|\brepost|\bmirror",
    re.IGNORECASE,
)
# Sites that copy others, or that this product has no business to send a reader to.
NEVER_LINKED = {"economicpopulist.net", "sputnikglobe.com", "worddisk.com", "wikimili.com", "scour.ing"}
COPY = re.compile(r"\b(?:copy|extract|syndicated)\b", re.IGNORECASE)


def texts() -> Iterator[tuple[str, str]]:
    """Every text of the content but addresses, with the kind and code of what it stands in."""
    for model in CONTENT:
        for row in model._default_manager.visible().values():
            for name, value in row.items():
                if isinstance(value, str) and name not in ("code", "code_order", "url", "official_url"):
                    yield f"{model.__name__} {row.get('code', row['id'])} {name}", value


def our_words() -> Iterator[tuple[str, str]]:
    """The texts in our own words: no titles and names as others write them, and no values of a list of choices."""
    for model in CONTENT:
        ours = [
            field.name
            for field in model._meta.fields
            if isinstance(field, models.CharField | models.TextField)
            and not field.choices
            and field.editable
            and field.name not in AS_OTHERS_WRITE
        ]
        key = "code" if issubclass(model, CodedModel) else "pk"
        for row in model._default_manager.visible().values(key, *ours):
            for name in ours:
                if isinstance(row[name], str):
                    yield f"{model.__name__} {row[key]} {name}", row[name]


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


def test_words_are_spelled_as_americans_spell_them() -> None:
    assert [(where, words) for where, text in our_words() if (words := BRITISH.findall(text))] == []


def test_no_text_speaks_of_how_it_is_kept() -> None:
    """A source says how much of a stored copy was read, and a silence with what was searched: facts about evidence."""
    talk = [
        (where, words.group())
        for where, text in our_words()
        if not (where.startswith("Source ") or where.endswith(" looked_for")) and (words := BANNED.search(text))
    ]
    assert talk == []


def test_a_definition_says_whose_words_it_paraphrases() -> None:
    for term in Term.objects.visible().exclude(definition=""):
        assert term.defined_in.startswith(("paraphrase of ", "our own definition")), term.code


def test_a_copy_says_so_and_is_not_rated_official() -> None:
    for source in Source.objects.visible():
        if COPY.search(source.publisher):
            assert source.tier != "official", source.code
            assert "on another site" in source.note, source.code


def test_no_link_leads_to_an_aggregator_where_the_original_is_known() -> None:
    hosts = {urlsplit(url).netloc.removeprefix("www.") for url in Source.objects.values_list("url", flat=True)}
    assert hosts & NEVER_LINKED == set()
