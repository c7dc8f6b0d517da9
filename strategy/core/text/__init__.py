"""Text: full-text search, terms in running text, similarity of names, abbreviations."""

from .abbreviations import abbreviations
from .search_engine import MAX_LENGTH, MAX_WORDS, SearchError, SearchHit, SearchQuerySet, parse_words
from .similarity import PairingRule, RecordPair, code_suffix, pair_records
from .term_matcher import TermMatcher, TermName

__all__ = [
    "MAX_LENGTH",
    "MAX_WORDS",
    "PairingRule",
    "RecordPair",
    "SearchError",
    "SearchHit",
    "SearchQuerySet",
    "TermMatcher",
    "TermName",
    "abbreviations",
    "code_suffix",
    "pair_records",
    "parse_words",
]
