"""Measures the product on a PostgreSQL of its own, beside the limit and stock DRF. See the README for what it says.

python -m tests.bench                      everything; filling the large database takes some minutes
python -m tests.bench --keep FOLDER        the same, with the databases kept for the next run
python -m tests.bench --only detail        the cases with this word in their names
"""

import argparse
import os
import platform
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import data, depth, files, rounds
from tests.bench.cases import CASES, Sample
from tests.bench.contenders import LIMIT, OURS, STOCK, all_started, started
from tests.bench.load import Clients
from tests.bench.report import Report
from tests.support.postgres import home_of, running, url_of


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where the databases are kept between runs")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the tables to this file as well")
    parser.add_argument("--rounds", type=int, default=5, help="turns of each contender (default: %(default)s)")
    parser.add_argument("--requests", type=int, default=60, help="requests in a turn (default: %(default)s)")
    parser.add_argument("--connections", type=int, default=1, help="requests at a time (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8110, help="the first of four ports (default: %(default)s)")
    parser.add_argument(
        "--only", default="", metavar="WORD", help="cases with this word in their names, files or depth"
    )
    return parser.parse_args()


def main() -> None:
    asked = options()
    with running(asked.keep) as url, TemporaryDirectory(prefix="bench-") as folder:
        # Requests are counted as for any reader, but none is one too many.
        environment = {"DATA_DIR": folder, "LOG_LEVEL": "ERROR", "RATE_ANONYMOUS": "10000000"}
        home = home_of(url)
        small = data.ready(home, data.REAL, environment)
        large = data.ready(home, data.LARGE, environment)
        report = Report()
        measure(asked, report, home, {**environment, "DATABASE_URL": small}, {**environment, "DATABASE_URL": large})
        report.summary()
        if asked.markdown:
            asked.markdown.write_text("\n".join(report.lines) + "\n")


def measure(
    asked: argparse.Namespace, report: Report, home: Path, small: dict[str, str], large: dict[str, str]
) -> None:
    report.tell(f"{platform.machine()}, {os.cpu_count()} processors shared by server, database and client")
    report.tell(f"one worker; {asked.connections} connections; {asked.rounds} turns of {asked.requests} requests")
    clients = Clients(asked.connections)
    sample = Sample(large["DATABASE_URL"], asked.rounds * asked.requests + rounds.WARM + rounds.COUNTED)
    with all_started((LIMIT, STOCK, OURS), asked.port, large) as contenders:
        for case in CASES:
            if asked.only in case.name:
                results = rounds.measure(case, contenders, sample, clients, asked.rounds)
                report.case(case, results, rounds.queries(case, contenders, sample, home, url_of(home)))
        report.memory(contenders)
        if asked.only in ("", "depth"):
            with started(OURS, asked.port + 3, small) as other:
                grown = depth.measure_growth(other, contenders[OURS], clients, asked.rounds, asked.requests)
            report.pairs("from the real size to a hundred thousand activities", grown, (2, 2))
            deep = depth.measure_depth(contenders[OURS], clients, asked.rounds, asked.requests)
            report.pairs("far down a list", deep, (1.2, None))
        if asked.only in ("", "files"):
            report.files(files.measure(contenders, min(3, asked.rounds)))


if __name__ == "__main__":
    main()
