"""Finds terms in running text. Says where a term stands; what is made of the place is the caller's business."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
# An address is one piece: no word inside it is a word of the text.
PIECE = re.compile(r"https?://\S+|www\.\S+|\w+")
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class TermName(Generic[T]):
    """One way to write a term: its words in any case, or its abbreviation exactly so."""

    text: str
    of: T
    exact: bool = False


@dataclass(frozen=True)
class TermPosition(Generic[T]):
    """Where a term stands in a text."""

    start: int
    end: int
    of: T


class TermMatcher(Generic[T]):
    """Names sorted by their first word, so that a text costs by its own length and not by the number of terms.

    Only whole words count; of several names that fit, the longest does. A plural in s is its singular.
    """

    def __init__(self, names: Iterable[TermName[T]]):
        self._by_word: dict[str, list[tuple[int, TermName[T]]]] = defaultdict(list)
        for name in sorted(names, key=lambda name: -len(name.text)):
            if first := WORD.search(name.text):
                self._by_word[first.group().lower()].append((first.start(), name))

    def places(self, text: str) -> Iterator[TermPosition[T]]:
        """The terms of ``text`` from left to right, none inside another."""
        free = 0
        for piece in PIECE.finditer(text):
            for offset, name in self._candidates(piece.group()):
                start = piece.start() - offset
                if start >= free and (end := _end(text, start, name)):
                    yield TermPosition(start, end, name.of)
                    free = end
                    break

    def _candidates(self, word: str) -> list[tuple[int, TermName[T]]]:
        singular = word[:-1] if word.endswith("s") else word
        found = self._by_word.get(word.lower(), [])
        return found if singular == word else [*found, *self._by_word.get(singular.lower(), [])]


def _end(text: str, start: int, name: TermName) -> int:
    """Where ``name`` ends if it stands at ``start`` as whole words, else 0."""
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
    """Whether a character makes one word of what stands on its sides."""
    return character.isalnum() or character in tuple("_-\N{HYPHEN}\N{NON-BREAKING HYPHEN}")


def _closes(text: str, end: int) -> bool:
    """A hyphen at the end of a word joins nothing: "interoperability - and"."""
    return not text[end].isalnum() and text[end] != "_" and not text[end + 1 : end + 2].isalnum()
