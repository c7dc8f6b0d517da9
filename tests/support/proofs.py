"""Proofs: tests that repeat something many times, in few rounds in the suite and in all of them by `run.py proofs`.

@pytest.mark.proof(rounds=20, all_rounds=1000)
def test_no_race_brings_a_record_back(rounds: int): ...
"""

from collections.abc import Iterator

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all-rounds", action="store_true", help="proofs in all their rounds, and their counts printed")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "proof(rounds, all_rounds): how often it repeats, in the suite and in full")


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> int:
    """How often the proof repeats what it does."""
    marker = request.node.get_closest_marker("proof")
    count: int = marker.kwargs["all_rounds" if request.config.getoption("all_rounds") else "rounds"]
    request.node.user_properties.append(("rounds", count))
    return count


def counted(terminalreporter: pytest.TerminalReporter, outcome: str) -> Iterator[tuple[str, int]]:
    for report in terminalreporter.getreports(outcome):
        if report.when == "call":
            yield from ((report.nodeid, value) for name, value in report.user_properties if name == "rounds")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if not config.getoption("all_rounds"):
        return
    terminalreporter.section("proofs")
    for outcome in ("passed", "failed"):
        for name, count in counted(terminalreporter, outcome):
            terminalreporter.line(f"{count:6} rounds {outcome}  {name}")
