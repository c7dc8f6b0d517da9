"""Measures the product on a PostgreSQL of its own, beside the limit and stock DRF. See the README for what it says.

python -m tests.bench                      everything; filling the large database takes some minutes
python -m tests.bench --keep FOLDER        the same, with the databases kept for the next run
python -m tests.bench --only tasking       the cases with this word in their names
python -m tests.bench --activities 2000    a smaller database, to see that everything runs

What cannot be measured, as where two answers differ, is one line that begins with PROBLEM; the run goes on, and its
exit status is 1.
"""

import argparse
import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import data, depth, files, rounds
from tests.bench.cases import CASES, Case, Sample
from tests.bench.client import Clients
from tests.bench.contenders import LIMIT, OURS, STOCK, Contender, all_started, started
from tests.bench.report import Report
from tests.support.postgres import home_of, running, url_of


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where the databases are kept between runs")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the tables to this file as well")
    parser.add_argument("--activities", type=int, default=100_000, help="in the large database (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=5, help="turns of each contender (default: %(default)s)")
    parser.add_argument("--requests", type=int, default=60, help="requests in a turn (default: %(default)s)")
    parser.add_argument("--connections", type=int, default=1, help="requests at a time (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8110, help="the first of four ports (default: %(default)s)")
    parser.add_argument(
        "--only", default="", metavar="WORD", help="cases with this word in their names, files or depth"
    )
    return parser.parse_args()


def main() -> None:
    options = parse_options()
    with running(options.keep) as url, TemporaryDirectory(prefix="bench-") as folder:
        # Requests are counted as for any reader, but none is one too many.
        environment = {"DATA_DIR": folder, "LOG_LEVEL": "ERROR", "RATE_ANONYMOUS": "0"}
        home, size = home_of(url), data.large(options.activities)
        small = {**environment, "DATABASE_URL": data.ready(home, data.REAL, environment)}
        large = {**environment, "DATABASE_URL": data.ready(home, size, environment)}
        report = Report()
        Run(options, report, home, size, small, large).measure()
        report.summary()
        if options.markdown:
            options.markdown.write_text("\n".join(report.lines) + "\n")
    sys.exit(1 if report.problems else 0)


class Run:
    """One run over all that is asked for. What fails is reported, and the rest is measured all the same."""

    def __init__(
        self,
        options: argparse.Namespace,
        report: Report,
        home: Path,
        size: data.Size,
        small: dict[str, str],
        large: dict[str, str],
    ):
        self.options, self.report, self.home, self.size = options, report, home, size
        self.small, self.large = small, large
        self.rounds, self.requests = options.rounds, options.requests
        self.clients = Clients(options.connections)

    def measure(self) -> None:
        self.report.tell(f"{platform.machine()}, {os.cpu_count()} processors shared by server, database and client")
        self.report.tell(
            f"{self.size.activities} activities; one worker; {self.options.connections} connections; "
            f"{self.rounds} turns of {self.requests} requests"
        )
        number = self.rounds * self.requests + rounds.WARM + rounds.COUNTED
        sample = Sample(self.large["DATABASE_URL"], number)
        with all_started((LIMIT, STOCK, OURS), self.options.port, self.large) as contenders:
            for case in CASES:
                if self.options.only in case.name:
                    with self.reported(case.name):
                        self.case(case, contenders, sample)
            self.report.memory(contenders)
            if self.options.only in ("", "depth"):
                with self.reported("depth"):
                    self.depth(contenders[OURS])
            if self.options.only in ("", "files"):
                with self.reported("files"):
                    self.report.files(files.measure(contenders, min(3, self.rounds)))

    @contextmanager
    def reported(self, name: str) -> Iterator[None]:
        """A failure in here is one line of the report."""
        try:
            yield
        except (AssertionError, ArithmeticError, LookupError, OSError, TypeError, ValueError) as error:
            self.report.problem(f"{name}: {type(error).__name__}: {' '.join(str(error).split())[:200]}")

    def case(self, case: Case, contenders: dict[str, Contender], sample: Sample) -> None:
        if problem := rounds.difference(case, contenders, sample):
            self.report.problem(problem)
            return
        results = rounds.measure(case, contenders, sample, self.clients, self.rounds)
        self.report.case(case, results, rounds.queries(case, contenders, sample, self.home, url_of(self.home)))

    def depth(self, ours: Contender) -> None:
        with started(OURS, self.options.port + 3, self.small) as small:
            grown = depth.measure_growth(small, ours, self.size, self.clients, self.rounds, self.requests)
        self.report.pairs(f"from the real size to {self.size.activities} activities", grown, (2, 2))
        deep = depth.measure_depth(ours, self.size, self.clients, self.rounds, self.requests)
        self.report.pairs("far down a list", deep, (1.2, None))


if __name__ == "__main__":
    main()
