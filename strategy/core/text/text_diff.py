"""Word-by-word difference of two versions of a text. Knows nothing of records."""

import difflib
import re
from dataclasses import dataclass

TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
# Longer texts are not aligned: the work grows with the product of their lengths.
MAX_TOKENS = 2000


@dataclass(frozen=True)
class TextPiece:
    """A stretch of one version; ``changed`` where the other version has not got it."""

    text: str
    changed: bool


@dataclass(frozen=True)
class Wording:
    """One field of a record, before and after; empty where the record is missing."""

    label: str
    old: str
    new: str

    @property
    def changed(self) -> bool:
        return self.old != self.new

    @property
    def pieces(self) -> tuple[list[TextPiece], list[TextPiece]]:
        """The old and the new version in pieces, so that what was removed and what was added can be marked."""
        before, after = TOKEN.findall(self.old), TOKEN.findall(self.new)
        if max(len(before), len(after)) > MAX_TOKENS:
            return [TextPiece(self.old, self.changed)], [TextPiece(self.new, self.changed)]
        old: list[TextPiece] = []
        new: list[TextPiece] = []
        matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
        for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
            if old_start < old_end:
                old.append(TextPiece("".join(before[old_start:old_end]), tag != "equal"))
            if new_start < new_end:
                new.append(TextPiece("".join(after[new_start:new_end]), tag != "equal"))
        return _join_pieces(old), _join_pieces(new)


def _join_pieces(pieces: list[TextPiece]) -> list[TextPiece]:
    """Joins changes that only a space keeps apart: "a b" is easier to read struck through than "a" and "b"."""
    joined: list[TextPiece] = []
    for piece in pieces:
        after_space = len(joined) > 1 and not joined[-1].changed and not joined[-1].text.strip()
        if piece.changed and after_space and joined[-2].changed:
            space, before = joined.pop(), joined.pop()
            piece = TextPiece(before.text + space.text + piece.text, changed=True)
        elif joined and joined[-1].changed == piece.changed:
            piece = TextPiece(joined.pop().text + piece.text, piece.changed)
        joined.append(piece)
    return joined
