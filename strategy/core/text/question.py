"""A search question: its words, what else may stand for them, and which words of a text it matches."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from ..folding import WORD
from .word_forms import matches, words

MAX_LENGTH, MAX_WORDS = 300, 50
START, STOP = "\x02", "\x03"
# Number of words in an excerpt, and of those before the first match.
EXCERPT_WORDS, WORDS_BEFORE_MATCH = 26, 8
# The code of a nation may be such a word too: "CAN" is Canada, "can" is not.
CAPITALS = re.compile(r"\b[A-Z][A-Z0-9]+\b")
# Left out where any of the words will do, and others are there: they stand in most texts.
FUNCTION_WORDS = frozenset(
    """a about all also an and any are as at be between by can do does for from had has have how i if in into is it its
    no nor not of on or our so such that the their then there these they this to us was we were what when where which
    who whom why will with you""".split()
)
Phrase = tuple[str, ...]
# The other names of each name, as words.
Synonyms = Mapping[Phrase, frozenset[Phrase]]


class SearchError(ValueError):
    """Raised for a text that cannot be searched for; the message says why."""


def parse_words(text: str) -> list[str]:
    """The words of ``text`` to search for: all of them, folded and in one spelling.

    SearchError for a NUL character, a text that is too long, or too many words.
    """
    if "\x00" in text:
        raise SearchError("The search text holds a NUL character.")
    if len(text) > MAX_LENGTH:
        raise SearchError(f"The search text is longer than {MAX_LENGTH} characters.")
    parsed = words(text)
    if len(parsed) > MAX_WORDS:
        raise SearchError(f"The search text has more than {MAX_WORDS} words.")
    return parsed


@dataclass(frozen=True)
class Unit:
    """One thing a question asks for: a word, or words of a name that has ``others``, other names for the same."""

    phrase: Phrase
    others: frozenset[Phrase] = frozenset()

    @property
    def phrases(self) -> list[Phrase]:
        return [self.phrase, *sorted(self.others)]


@dataclass(frozen=True)
class Question:
    """The words of a question, in order, with the synonyms that are known.

    A record answers it if it has every unit; with ``any_word`` if it has one of them.
    """

    text: str
    synonyms: Synonyms = field(default_factory=dict, repr=False, compare=False)
    any_word: bool = False

    @cached_property
    def words(self) -> list[str]:
        return parse_words(self.text)

    @property
    def key(self) -> str:
        """The question as the index writes names."""
        return " ".join(self.words)

    @cached_property
    def units(self) -> list[Unit]:
        """Every word, those that together are a name with synonyms as one; with ``any_word`` those that mean something.

        A word of the language is an acronym only in capitals.
        """
        longest = max(map(len, self.synonyms), default=0)
        plain = FUNCTION_WORDS - set(words(" ".join(CAPITALS.findall(self.text))))
        units: list[Unit] = []
        place = 0
        while place < len(self.words):
            lengths = range(min(longest, len(self.words) - place), 0, -1)
            phrases = (tuple(self.words[place : place + length]) for length in lengths)
            phrase = next((p for p in phrases if p in self.synonyms and p[0] not in plain), None)
            units.append(Unit(phrase, self.synonyms[phrase]) if phrase else Unit((self.words[place],)))
            place += len(units[-1].phrase)
        units = list(dict.fromkeys(units))
        meaning = [unit for unit in units if len(unit.phrase) > 1 or unit.others or unit.phrase[0] not in plain]
        return meaning if self.any_word and meaning else units

    def with_any_word(self) -> "Question":
        """The same question, content with any of the words that mean something."""
        return replace(self, any_word=True)

    @cached_property
    def _wanted(self) -> list[str]:
        others = {word for unit in self.units for phrase in unit.others for word in phrase}
        return sorted({*self.words, *(others - FUNCTION_WORDS)})

    def matches(self, text: str) -> bool:
        """Whether a word of ``text`` is among those asked for."""
        return any(matches(wanted, word) for word in words(text) for wanted in self._wanted)

    def mark(self, text: str) -> str:
        """``text`` with START and STOP around each word that is asked for."""
        composed = unicodedata.normalize("NFC", text)
        return WORD.sub(lambda word: f"{START}{word[0]}{STOP}" if self.matches(word[0]) else word[0], composed)

    def excerpt(self, text: str) -> str:
        """Some words of ``text`` around the first match, with START and STOP around each match."""
        pieces = text.split()
        first = next((place for place, piece in enumerate(pieces) if self.matches(piece)), 0)
        start = max(min(first - WORDS_BEFORE_MATCH, len(pieces) - EXCERPT_WORDS), 0)
        shown = " ".join(pieces[start : start + EXCERPT_WORDS])
        cut = ("… " if start else "", " …" if start + EXCERPT_WORDS < len(pieces) else "")
        return self.mark(shown).join(cut)


def synonyms_of(groups: Iterable[Iterable[str]]) -> Synonyms:
    """The other names of each name, from groups of names for the same thing; only those of its own groups."""
    others: dict[Phrase, set[Phrase]] = {}
    for group in groups:
        phrases = {phrase for name in group if (phrase := tuple(words(name)))}
        for phrase in phrases:
            others.setdefault(phrase, set()).update(phrases - {phrase})
    return {phrase: frozenset(more) for phrase, more in others.items() if more}
