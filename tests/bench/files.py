"""Files of all activities: the time they take and how far memory grows, beside a bare cursor writing the same rows."""

import csv
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from io import BytesIO
from itertools import islice
from statistics import median
from typing import Any

from openpyxl import load_workbook

from tests.bench.cases import FIELDS
from tests.bench.contenders import LIMIT, OURS, Contender

PATHS = {LIMIT: "/{form}/", OURS: "/api/v1/activities/?notional=only&format={form}&fields=" + FIELDS}
# Megabytes by which memory may grow at most.
FORMS = {"csv": 30, "ndjson": 30, "xlsx": 100}
BLOCK = 1 << 16
COMPARED = 500


@dataclass
class FileTimes:
    """One file, as it was taken several times."""

    seconds: list[float]
    growth: list[float]
    size: int

    @property
    def time(self) -> float:
        return median(self.seconds)


def take(contender: Contender, form: str) -> tuple[float, float, bytes]:
    """Seconds, megabytes of growth, and the file."""
    connection = HTTPConnection("127.0.0.1", contender.port, timeout=600)
    before, start, parts = contender.forget_peak(), time.perf_counter(), []
    connection.request("GET", PATHS[contender.name].format(form=form))
    answer = connection.getresponse()
    while block := answer.read(BLOCK):
        parts.append(block)
    passed = time.perf_counter() - start
    connection.close()
    return passed, contender.peak() - before, b"".join(parts)


def rows(form: str, file: bytes) -> Iterator[Any]:
    """What the lines of a file say; a list within one is read, since it may be spaced otherwise."""
    if form == "ndjson":
        return map(json.loads, file.splitlines())
    if form == "csv":
        return map(_plain, csv.reader(file.decode().splitlines()))
    return map(_plain, load_workbook(BytesIO(file), read_only=True).worksheets[0].iter_rows(values_only=True))


def _plain(row: Any) -> list[Any]:
    return [json.loads(cell) if isinstance(cell, str) and cell.startswith("[") else cell or "" for cell in row]


def measure(running: dict[str, Contender], rounds: int) -> dict[str, dict[str, FileTimes]]:
    """By form and contender. Raises ValueError if the first rows differ."""
    measured = {}
    for form in FORMS:
        times = {name: FileTimes([], [], 0) for name in PATHS}
        files = {}
        for _ in range(rounds):
            for name, own in times.items():
                seconds, growth, files[name] = take(running[name], form)
                own.seconds.append(seconds)
                own.growth.append(growth)
                own.size = len(files[name])
        compared = [list(islice(rows(form, file), COMPARED)) for file in files.values()]
        if len(compared[0]) < COMPARED or any(result != compared[0] for result in compared):
            raise ValueError(f"The files as {form} differ.")
        measured[form] = times
    return measured
