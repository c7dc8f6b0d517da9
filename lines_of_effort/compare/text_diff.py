"""Two versions of a text, word by word. Knows nothing of records."""

import difflib
import re
from dataclasses import dataclass

TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
# Longer texts are not aligned: the work grows with the product of their lengths.
MOST_TOKENS = 2000


@dataclass(frozen=True)
class Piece:
    """A stretch of one version; ``changed`` where the other version has not got it."""

    text: str
    changed: bool


@dataclass(frozen=True)
class Wording:
    """One field of a record before and after."""

    label: str
    old: str
    new: str

    @property
    def changed(self) -> bool:
        return self.old != self.new

    @property
    def pieces(self) -> tuple[list[Piece], list[Piece]]:
        """Both versions in pieces, so that what was removed and what was added can be marked."""
        before, after = TOKEN.findall(self.old), TOKEN.findall(self.new)
        if max(len(before), len(after)) > MOST_TOKENS:
            return [Piece(self.old, self.changed)], [Piece(self.new, self.changed)]
        old: list[Piece] = []
        new: list[Piece] = []
        for tag, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            if a < b:
                old.append(Piece("".join(before[a:b]), tag != "equal"))
            if c < d:
                new.append(Piece("".join(after[c:d]), tag != "equal"))
        return _joined(old), _joined(new)


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Changes that only a space keeps apart as one: "a b" is easier to read struck through than "a" and "b"."""
    found: list[Piece] = []
    for piece in pieces:
        lone = len(found) > 1 and piece.changed and not found[-1].changed and not found[-1].text.strip()
        if lone and found[-2].changed:
            space, before = found.pop(), found.pop()
            piece = Piece(before.text + space.text + piece.text, changed=True)
        elif found and found[-1].changed == piece.changed:
            piece = Piece(found.pop().text + piece.text, piece.changed)
        found.append(piece)
    return found
