"""Finds abbreviations in running text, by their form."""

import re

WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*")
ROMAN = re.compile(r"[IVX]+")


def abbreviations(text: str) -> set[str]:
    """The words of ``text`` with two capitals or more that make up half of it: USSF, DoD, SpOC, but not SpaceNews.

    A plural is its singular (NATs is NAT), and Roman numerals are left out.
    """
    words = (word[:-1] if word.endswith("s") else word for word in WORD.findall(text))
    return {word for word in words if _is_abbreviation(word)}


def _is_abbreviation(word: str) -> bool:
    capitals = sum(letter.isupper() for letter in word)
    return capitals >= 2 and 2 * capitals >= len(word) and not ROMAN.fullmatch(word)
