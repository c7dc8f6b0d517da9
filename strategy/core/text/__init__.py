"""Words: full-text search, terms in a text, likeness of names, abbreviations."""

from .abbreviations import abbreviations
from .search_engine import MAX_LENGTH, MAX_WORDS, Hit, SearchError, SearchQuerySet, words
from .similarity import Pair, Rule, match, suffix
from .term_matcher import Glosses, Name

__all__ = [
    "MAX_LENGTH",
    "MAX_WORDS",
    "Glosses",
    "Hit",
    "Name",
    "Pair",
    "Rule",
    "SearchError",
    "SearchQuerySet",
    "abbreviations",
    "match",
    "suffix",
    "words",
]
