"""Finds the positions of terms in running text."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
# A URL is one piece: no term is found inside it.
PIECE = re.compile(r"https?://\S+|www\.\S+|\w+")
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class TermName(Generic[T]):
    """One way to write the term ``of``: words in any case, or, if ``exact``, an abbreviation as written."""

    text: str
    of: T
    exact: bool = False


@dataclass(frozen=True)
class TermPosition(Generic[T]):
    """The position of the term ``of`` in a text."""

    start: int
    end: int
    of: T


class TermMatcher(Generic[T]):
    """Finds names of terms in texts, in a time that depends on the text and not on the number of terms.

    Only whole words match; of several names that match, the longest one does. A plural in s matches its singular.
    """

    def __init__(self, names: Iterable[TermName[T]]):
        self._by_word: dict[str, list[tuple[int, TermName[T]]]] = defaultdict(list)
        for name in sorted(names, key=lambda name: -len(name.text)):
            if first := WORD.search(name.text):
                self._by_word[first.group().lower()].append((first.start(), name))

    def positions(self, text: str) -> Iterator[TermPosition[T]]:
        """The terms of ``text`` from left to right, without overlaps."""
        last_end = 0
        for piece in PIECE.finditer(text):
            for offset, name in self._candidates(piece.group()):
                start = piece.start() - offset
                if start >= last_end and (end := _end(text, start, name)):
                    yield TermPosition(start, end, name.of)
                    last_end = end
                    break

    def _candidates(self, word: str) -> list[tuple[int, TermName[T]]]:
        singular = word[:-1] if word.endswith("s") else word
        names = self._by_word.get(word.lower(), [])
        return names if singular == word else [*names, *self._by_word.get(singular.lower(), [])]


def _end(text: str, start: int, name: TermName) -> int:
    """The end of ``name`` if it is at ``start`` as whole words, else 0."""
    end = start + len(name.text)
    written = text[start:end]
    if written != name.text and (name.exact or written.lower() != name.text.lower()):
        return 0
    if start and _joins(text[start - 1]):
        return 0
    if text[end : end + 1] == "s":
        end += 1
    return 0 if _joins(text[end : end + 1]) and not _closes(text, end) else end


def _joins(character: str) -> bool:
    """Whether a character joins its two sides into one word."""
    return character.isalnum() or character in tuple("_-\N{HYPHEN}\N{NON-BREAKING HYPHEN}")


def _closes(text: str, end: int) -> bool:
    """Whether the character at ``end`` is a hyphen that ends a word, as in "interoperability - and"."""
    return not text[end].isalnum() and text[end] != "_" and not text[end + 1 : end + 2].isalnum()
