"""The records nearest to words that match nothing: by the letters they share, so that a slip of the pen is forgiven."""

import re
from functools import lru_cache

from django.db.models import QuerySet

from ..models import SearchEntry

# The most records whose names are looked at, and the most words of the question.
MOST_READ, MOST_WORDS = 5000, 8
# A name that shares less with the question is no suggestion.
NEAR = 0.34


@lru_cache(maxsize=20_000)
def trigrams(word: str) -> frozenset[str]:
    """The word in overlapping threes, its beginning and end included: "fleet" has "  f", " fl", "fle" and so on."""
    padded = f"  {word} "
    return frozenset(padded[n : n + 3] for n in range(len(padded) - 2))


def likeness(one: str, other: str) -> float:
    """The share of trigrams that two words have in common, 0 to 1."""
    a, b = trigrams(one), trigrams(other)
    return len(a & b) / len(a | b)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower().replace("_", " "))


def nearest(text: str, entries: QuerySet, limit: int = 5) -> list[SearchEntry]:
    """The ``entries`` whose names are most like ``text``, best first; links between records are left out."""
    asked = [word[:40] for word in words(text)[:MOST_WORDS]]
    if not asked:
        return []
    rows = entries.filter(is_link=False).defer("body").order_by("kind", "code")[:MOST_READ]
    scored = ((_score(asked, entry), entry) for entry in rows)
    near = sorted((pair for pair in scored if pair[0] >= NEAR), key=lambda pair: (-pair[0], pair[1].code))
    return [entry for _, entry in near[:limit]]


def _score(asked: list[str], entry: SearchEntry) -> float:
    """How well the entry's names meet the words on average, and its code all of them; short names before long."""
    names = set(words(f"{entry.code} {entry.title} {entry.aliases}"))
    if not names:
        return 0.0
    met = [max(likeness(word, name) for name in names) for word in asked]
    slip = likeness("-".join(asked), "-".join(words(entry.code)))
    return sum(met) / len(met) + slip / 2 - min(len(names), 50) * 0.001
