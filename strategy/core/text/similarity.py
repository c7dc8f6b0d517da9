"""Pairs the records of two editions by name, by code or by similarity of names; knows no model."""

import difflib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

# Least similarity of two names, 0 to 1, for their records to be paired.
MIN_LIKENESS = 0.7
# Pairs of names to compare; with more than that, similarity is not looked for.
MAX_COMPARISONS = 250_000


class PairingRule(StrEnum):
    """The rule by which two records were paired, strictest first."""

    NAME = "name"
    CODE = "code"
    LIKENESS = "likeness"


class NamedRecord(Protocol):
    """A record that can be paired."""

    code: str

    @property
    def label(self) -> str: ...


N = TypeVar("N", bound=NamedRecord)


@dataclass(frozen=True)
class RecordPair(Generic[N]):
    """A record in the old and in the new edition, one of them None if it was added or removed.

    ``likeness`` is the similarity of their names, 0 to 1.
    """

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
    """Pairs of all records of both sides, each once: in the order of ``old``, then the added ones.

    ``by_code`` allows pairing by code, which is meaningful only for editions of one document; the prefixes are the
    codes of the documents.
    """
    left: dict[str, N] = {row.code: row for row in old}
    right: dict[str, N] = {row.code: row for row in new}
    pairs: dict[str, RecordPair[N]] = {}

    def add_pairs(codes: Sequence[tuple[str, str, float]], rule: PairingRule) -> None:
        for old_code, new_code, likeness in codes:
            if old_code in left and new_code in right:
                pairs[old_code] = RecordPair(left.pop(old_code), right.pop(new_code), rule, likeness)

    add_pairs(_equal(left, right, lambda row: _plain(row.label), lambda row: _plain(row.label)), PairingRule.NAME)
    if by_code:
        add_pairs(
            _equal(left, right, lambda r: code_suffix(r.code, old_prefix), lambda r: code_suffix(r.code, new_prefix)),
            PairingRule.CODE,
        )
    add_pairs(_similar(left, right), PairingRule.LIKENESS)
    return [
        *(pairs.get(row.code, RecordPair(row, None)) for row in old),
        *(RecordPair(None, row) for row in right.values()),
    ]


def _plain(name: str) -> str:
    return " ".join(name.lower().split())


def _equal(
    left: dict[str, N], right: dict[str, N], old_key: Callable[[N], str], new_key: Callable[[N], str]
) -> list[tuple[str, str, float]]:
    """Old code, new code and 1.0 of records with the same key, where one record on each side has it."""
    old_codes: dict[str, list[str]] = defaultdict(list)
    new_codes: dict[str, list[str]] = defaultdict(list)
    for row in left.values():
        old_codes[old_key(row)].append(row.code)
    for row in right.values():
        new_codes[new_key(row)].append(row.code)
    return [
        (codes[0], new_codes[key][0], 1.0)
        for key, codes in old_codes.items()
        if key and len(codes) == 1 and len(new_codes.get(key, ())) == 1
    ]


def _similar(left: dict[str, N], right: dict[str, N]) -> list[tuple[str, str, float]]:
    """Old code, new code and similarity of records with similar names, the most similar first."""
    if len(left) * len(right) > MAX_COMPARISONS:
        return []
    pairs: list[tuple[float, str, str]] = []
    matcher = difflib.SequenceMatcher(autojunk=False)
    for new in right.values():
        matcher.set_seq2(_plain(new.label)[:200])
        for old in left.values():
            matcher.set_seq1(_plain(old.label)[:200])
            if matcher.real_quick_ratio() >= MIN_LIKENESS and matcher.quick_ratio() >= MIN_LIKENESS:
                likeness = matcher.ratio()
                if likeness >= MIN_LIKENESS:
                    pairs.append((-likeness, old.code, new.code))
    return [(old, new, -likeness) for likeness, old, new in sorted(pairs)]
