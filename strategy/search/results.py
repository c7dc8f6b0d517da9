"""Search results as pages show them: a record with its address, its kind in words, and the words that matched."""

from dataclasses import dataclass, replace
from typing import Any

from django.apps import apps
from django.db.models import Count, QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ..core.text import START, STOP, SearchHit
from ..models import SearchEntry
from .indexing import where


@dataclass(frozen=True)
class SearchResult:
    """A record with its address and its kind in words; of a hit, its title and an excerpt with the words marked."""

    code: str
    title: str
    url: str
    kind: str
    notional: bool
    marked_title: str = ""
    snippet: str = ""


def entry_result(entry: SearchEntry) -> SearchResult:
    """A record by its entry in the index, without any match."""
    kind = str(apps.get_model(entry.kind)._meta.verbose_name).capitalize()
    return SearchResult(entry.code, entry.title, entry.get_absolute_url(), kind, entry.notional)


def hit_result(hit: SearchHit) -> SearchResult:
    """A hit with the words that matched marked in its title and in the text around them."""
    entry = SearchEntry(kind=hit.kind, code=hit.code, title=hit.title, notional=hit.notional)
    _, excerpt = where(hit)
    return replace(entry_result(entry), marked_title=mark_matches(hit.mark(hit.title)), snippet=mark_matches(excerpt))


def mark_matches(snippet: str) -> SafeString:
    """The snippet as HTML: everything escaped, the matches in ``<mark>``."""
    pieces = snippet.split(START)
    rest = [piece.partition(STOP) for piece in pieces[1:]]
    return format_html("{}", pieces[0]) + format_html_join(
        "", "<mark>{}</mark>{}", ((match, after) for match, _, after in rest)
    )


def counts_by_kind(entries: QuerySet) -> list[dict[str, Any]]:
    """How many entries there are of each ``kind``, most first: rows with its ``label`` in words and ``count``."""
    rows = entries.order_by().values("kind").annotate(count=Count("pk"))
    return sorted(
        ({**row, "label": str(apps.get_model(row["kind"])._meta.verbose_name_plural).capitalize()} for row in rows),
        key=lambda row: (-row["count"], row["label"]),
    )
