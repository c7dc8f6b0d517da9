"""What was measured, as tables: every contender, and ours as a share of the limit beside what is to be reached."""

from collections.abc import Iterable, Sequence

from tests.bench.cases import Case
from tests.bench.client import Result
from tests.bench.contenders import LIMIT, OURS, STOCK, Contender
from tests.bench.files import FORMS, FileTimes

MAX_MEMORY = 70
SHARE_OF_FILES = 0.5
AT_LEAST, AT_MOST = "at least", "at most"
Row = Sequence[str]


class Report:
    """Lines of text, told as soon as they are known and kept for a file."""

    def __init__(self) -> None:
        self.ratios: list[Row] = []
        self.lines: list[str] = []
        self.problems: list[str] = []

    def tell(self, line: str = "") -> None:
        print(line, flush=True)
        self.lines.append(line)

    def table(self, heads: Row, rows: Iterable[Row]) -> None:
        self.tell()
        for row in (heads, ["---"] * len(heads), *rows):
            self.tell(f"| {' | '.join(row)} |")

    def ratio(self, what: str, value: float, sense: str, target: float, stock: str = "") -> None:
        reached = value >= target if sense == AT_LEAST else value <= target
        self.ratios.append((what, f"{value:.2f}", f"{sense} {target:g}", "yes" if reached else "no", stock))

    def case(self, case: Case, results: dict[str, Result], queries: dict[str, float]) -> None:
        self.tell(f"\n{case.name}")
        self.table(
            ("", "requests/s", "p50 ms", "p99 ms", "CPU ms", "queries"),
            ([name, *_figures(result), f"{queries[name]:.1f}"] for name, result in results.items()),
        )
        limit = results[LIMIT].rate
        stock = f"{results[STOCK].rate / limit:.2f}" if STOCK in results else ""
        self.ratio(case.name, results[OURS].rate / limit, AT_LEAST, case.target, stock)

    def files(self, measured: dict[str, dict[str, FileTimes]]) -> None:
        self.tell("\nfiles of all activities")
        self.table(
            ("", "limit s", "ours s", "limit grows MB", "ours grows MB", "MB"),
            (
                [form, *(f"{times[name].time:.1f}" for name in (LIMIT, OURS))]
                + [f"{max(times[name].growth):.0f}" for name in (LIMIT, OURS)]
                + [f"{times[OURS].size / 1e6:.0f}"]
                for form, times in measured.items()
            ),
        )
        for form, times in measured.items():
            self.ratio(f"{form} of all activities", times[LIMIT].time / times[OURS].time, AT_LEAST, SHARE_OF_FILES)
            self.ratio(f"{form}: memory grows by MB", max(times[OURS].growth), AT_MOST, FORMS[form])

    def pairs(self, title: str, results: dict[str, Result], most: Sequence[float | None]) -> None:
        """Results that are held against each other by twos: the second may cost so many times the first."""
        self.tell(f"\n{title}")
        self.table(
            ("", "requests/s", "p50 ms", "p99 ms", "CPU ms"),
            ([name, *_figures(result)] for name, result in results.items()),
        )
        names = list(results)
        for first, second, target in zip(names[::2], names[1::2], most, strict=True):
            times = results[second].p50 / results[first].p50
            if target:
                self.ratio(f"{second}, times {first}", times, AT_MOST, target)
            else:
                self.tell(f"{second} costs {times:.1f} times {first}.")

    def memory(self, running: dict[str, Contender]) -> None:
        self.ratio("memory of the worker, MB (PSS)", running[OURS].pss(), AT_MOST, MAX_MEMORY)

    def problem(self, line: str) -> None:
        """Something could not be measured: one line, and the run goes on."""
        self.problems.append(line)
        self.tell(f"PROBLEM {line}")

    def summary(self) -> None:
        self.tell("\nours against the limit")
        self.table(("", "measured", "to reach", "reached", "stock DRF"), self.ratios)


def _figures(result: Result) -> list[str]:
    return [f"{result.rate:.0f}", f"{result.p50:.2f}", f"{result.p99:.2f}", f"{result.cpu:.2f}"]
