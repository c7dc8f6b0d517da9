"""Text: folding, full-text search, terms in running text, similarity of names, abbreviations."""

from ..folding import fold, sort_key
from .abbreviations import abbreviations
from .question import MAX_LENGTH, MAX_WORDS, START, STOP, Question, SearchError, Synonyms, parse_words, synonyms_of
from .search_engine import SearchHit, SearchQuerySet
from .similarity import PairingRule, RecordPair, code_suffix, pair_records
from .term_matcher import TermMatcher, TermName
from .word_forms import words

__all__ = [
    "MAX_LENGTH",
    "MAX_WORDS",
    "START",
    "STOP",
    "PairingRule",
    "Question",
    "RecordPair",
    "SearchError",
    "SearchHit",
    "SearchQuerySet",
    "Synonyms",
    "TermMatcher",
    "TermName",
    "abbreviations",
    "code_suffix",
    "fold",
    "pair_records",
    "parse_words",
    "sort_key",
    "synonyms_of",
    "words",
]
