"""Which records of two editions are the same record. Works on codes and names; knows no model.

Three rules, strictest first. Whoever shows a pair says which of them made it.
"""

import difflib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

# Names that are less alike are taken for different records.
ALIKE = 0.7
# The most pairs of names that are held against each other: beyond it likeness is not looked for.
MOST_PAIRS = 250_000


class PairingRule(StrEnum):
    """What made a pair."""

    NAME = "name"
    CODE = "code"
    LIKENESS = "likeness"


class NamedRecord(Protocol):
    """What can be matched."""

    code: str

    @property
    def label(self) -> str: ...


N = TypeVar("N", bound=NamedRecord)


@dataclass(frozen=True)
class RecordPair(Generic[N]):
    """A record before and after; one of them is missing where it was added or removed."""

    old: N | None
    new: N | None
    rule: PairingRule | None = None
    likeness: float = 0.0


def code_suffix(code: str, prefix: str) -> str:
    """The code without its document's prefix: ``G1`` of ``IPS-G1``, and ``T01`` of ``T01``."""
    return code.removeprefix(f"{prefix}-") if prefix else code


def pair_records(
    old: Sequence[N], new: Sequence[N], old_prefix: str = "", new_prefix: str = "", *, by_code: bool
) -> list[RecordPair[N]]:
    """Every record of both sides once: pairs in the order of the old, then what was added.

    ``by_code`` allows the second rule, which says something only of editions of one document.
    """
    left: dict[str, N] = {row.code: row for row in old}
    right: dict[str, N] = {row.code: row for row in new}
    pairs: dict[str, RecordPair[N]] = {}

    def take(found: Sequence[tuple[str, str, float]], rule: PairingRule) -> None:
        for a, b, likeness in found:
            if a in left and b in right:
                pairs[a] = RecordPair(left.pop(a), right.pop(b), rule, likeness)

    take(_equal(left, right, lambda row: _plain(row.label), lambda row: _plain(row.label)), PairingRule.NAME)
    if by_code:
        take(
            _equal(left, right, lambda r: code_suffix(r.code, old_prefix), lambda r: code_suffix(r.code, new_prefix)),
            PairingRule.CODE,
        )
    take(_alike(left, right), PairingRule.LIKENESS)
    return [
        *(pairs.get(row.code, RecordPair(row, None)) for row in old),
        *(RecordPair(None, row) for row in right.values()),
    ]


def _plain(name: str) -> str:
    return " ".join(name.lower().split())


def _equal(
    left: dict[str, N], right: dict[str, N], old_key: Callable[[N], str], new_key: Callable[[N], str]
) -> list[tuple[str, str, float]]:
    """Codes of rows with the same key, where just one row on each side has it."""
    ours: dict[str, list[str]] = defaultdict(list)
    theirs: dict[str, list[str]] = defaultdict(list)
    for row in left.values():
        ours[old_key(row)].append(row.code)
    for row in right.values():
        theirs[new_key(row)].append(row.code)
    return [
        (codes[0], theirs[key][0], 1.0)
        for key, codes in ours.items()
        if key and len(codes) == 1 and len(theirs.get(key, ())) == 1
    ]


def _alike(left: dict[str, N], right: dict[str, N]) -> list[tuple[str, str, float]]:
    """Codes of rows with names that are alike, the most alike first."""
    if len(left) * len(right) > MOST_PAIRS:
        return []
    found: list[tuple[float, str, str]] = []
    matcher = difflib.SequenceMatcher(autojunk=False)
    for new in right.values():
        matcher.set_seq2(_plain(new.label)[:200])
        for old in left.values():
            matcher.set_seq1(_plain(old.label)[:200])
            if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE:
                likeness = matcher.ratio()
                if likeness >= ALIKE:
                    found.append((-likeness, old.code, new.code))
    return [(old, new, -likeness) for likeness, old, new in sorted(found)]
