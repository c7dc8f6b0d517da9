"""Suggestions for words that match nothing: the records whose names share most trigrams with them."""

import re
from functools import lru_cache

from django.db.models import QuerySet

from ..models import SearchEntry

# The most records whose names are looked at, and the most words that are compared with them.
MAX_ENTRIES, MAX_WORDS = 5000, 8
# A name that scores less is no suggestion.
MIN_SCORE = 0.34


@lru_cache(maxsize=20_000)
def trigrams(word: str) -> frozenset[str]:
    """The word in overlapping threes, its beginning and end included: "fleet" has "  f", " fl", "fle" and so on."""
    padded = f"  {word} "
    return frozenset(padded[n : n + 3] for n in range(len(padded) - 2))


def likeness(word: str, other: str) -> float:
    """The share of trigrams that two words have in common, 0 to 1."""
    a, b = trigrams(word), trigrams(other)
    return len(a & b) / len(a | b)


def words(text: str) -> list[str]:
    """The words of a text in lower case; an underscore parts words too."""
    return re.findall(r"\w+", text.lower().replace("_", " "))


def nearest(text: str, entries: QuerySet, limit: int = 5) -> list[SearchEntry]:
    """The ``entries`` whose names are most like ``text``, best first; without links and sources."""
    query = [word[:40] for word in words(text)[:MAX_WORDS]]
    if not query:
        return []
    rows = entries.filter(precedence=0).defer("body").order_by("kind", "code")[:MAX_ENTRIES]
    scored = ((_score(query, entry), entry) for entry in rows)
    near = sorted((pair for pair in scored if pair[0] >= MIN_SCORE), key=lambda pair: (-pair[0], pair[1].code))
    return [entry for _, entry in near[:limit]]


def _score(query: list[str], entry: SearchEntry) -> float:
    """How well the entry's names match the words on average, and its code all of them; short names before long."""
    names = set(words(f"{entry.code} {entry.title} {entry.aliases}"))
    if not names:
        return 0.0
    likenesses = [max(likeness(word, name) for name in names) for word in query]
    code_likeness = likeness("-".join(query), "-".join(words(entry.code)))
    return sum(likenesses) / len(likenesses) + code_likeness / 2 - min(len(names), 50) * 0.001
