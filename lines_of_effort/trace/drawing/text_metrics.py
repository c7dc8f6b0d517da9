"""Width of text when drawn, and line breaks. The server has no fonts: widths are estimates that are never too small."""

import unicodedata

# Widths of letters as shares of the font size, after Public Sans semi-bold; fallback fonts are not wider.
NARROW, WIDE, CAPITAL, USUAL, FULL = 0.34, 0.94, 0.72, 0.6, 1.0
NARROW_LETTERS = frozenset("fijlrtI.,:;'|!()[]/\\-· ")
WIDE_LETTERS = frozenset("mwMW@%&—…")
MONO = 0.605


def text_width(text: str, size: float, *, mono: bool = False) -> float:
    """Width of ``text`` in one line, in pixels as ``size`` of the font; ``mono`` for the monospaced font."""
    return sum(_letter_width(letter, mono) for letter in text) * size


def _letter_width(letter: str, mono: bool) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return FULL
    if mono:
        return MONO
    if letter in NARROW_LETTERS:
        return NARROW
    if letter in WIDE_LETTERS:
        return WIDE
    return CAPITAL if letter.isupper() else USUAL


def wrap_text(text: str, room: float, size: float, *, mono: bool = False) -> list[str]:
    """The text in lines no wider than ``room`` pixels. Nothing is cut off; a word that is too long is broken."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(joined, size, mono=mono) <= room:
            lines[-1] = joined
            continue
        while text_width(word, size, mono=mono) > room:
            end = next(n for n in range(1, len(word) + 1) if text_width(word[: n + 1], size, mono=mono) > room)
            lines.append(word[:end])
            word = word[end:]
        lines.append(word)
    return lines
