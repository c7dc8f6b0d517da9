"""Proofs repeat as often as they are told, and their counts are printed."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]
PROOF = """
import pytest

@pytest.mark.proof(rounds=2, all_rounds=5)
def test_something(rounds):
    assert rounds == {expected}

def test_that_is_no_proof():
    pass
"""


@pytest.mark.parametrize(("words", "expected"), [((), 2), (("-m", "proof", "--all-rounds"), 5)])
def test_a_proof_has_its_rounds(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, root: Path, words: tuple[str, ...], expected: int
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(root))
    pytester.makepyfile(PROOF.format(expected=expected))
    result = pytester.runpytest_subprocess("-p", "tests.support.proofs", "-p", "no:django", "-p", "no:randomly", *words)
    assert result.ret == 0
    result.assert_outcomes(passed=1 if words else 2, deselected=1 if words else 0)
    printed = [line for line in result.outlines if "rounds passed" in line]
    assert [line.split()[0] for line in printed] == (["5"] if words else [])
