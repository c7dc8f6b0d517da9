"""Which words of a text are abbreviations."""

import pytest

from strategy.core.text import abbreviations


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("The USSF and the DoD", {"USSF", "DoD"}),
        ("SAF/IA, MNF-OOD (S4S)", {"SAF", "IA", "MNF", "OOD", "S4S"}),
        ("MATs and LOEs", {"MAT", "LOE"}),
        ("SpaceNews met Allies in June, part II or IV", set()),
        ("", set()),
    ],
)
def test_abbreviations(text, result):
    assert abbreviations(text) == result
