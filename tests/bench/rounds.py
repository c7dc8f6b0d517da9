"""One case after the other: the answers are held against each other first, then the contenders are asked in turn."""

import time
from pathlib import Path
from typing import Any

from tests.bench import data
from tests.bench.cases import Case, Requests, Sample
from tests.bench.client import Asked, Clients, Result, ask
from tests.bench.contenders import OURS, Contender

# Requests before anything is measured, those whose answers are compared, and those whose statements are counted.
WARM, COMPARED, COUNTED = 30, 10, 5
Running = dict[str, Contender]


def conditional(contender: Contender, requests: list[Asked]) -> list[Asked]:
    """The requests as a reader sends them who has the answer already."""
    tag = ask(contender.port, requests[0]).headers["etag"]
    return [Asked(item.path, {"If-None-Match": tag}) for item in requests]


def requests_of(case: Case, sample: Sample, running: Running) -> Requests:
    requests = case.requests(sample)
    if "304" in case.name:
        requests[OURS] = conditional(running[OURS], requests[OURS])
    return requests


def difference(case: Case, running: Running, sample: Sample) -> str:
    """The first question whose answers do not say the same, or say nothing; empty if there is none.

    Where the answers differ, their times say nothing about each other.
    """
    if "304" in case.name:
        return ""
    requests = case.requests(sample)
    for same in zip(*(requests[name][:COMPARED] for name in requests), strict=True):
        facts = {name: case.facts(ask(running[name].port, item)) for name, item in zip(requests, same, strict=True)}
        first, *others = facts.values()
        if not first or any(other != first for other in others):
            return f"{case.name}: the answers differ at {same[-1].path}: {short(facts)}"
    return ""


def short(facts: dict[str, Any]) -> str:
    """What each contender says, on one line, from where the first two of them differ."""
    texts = [repr(value) for value in facts.values()]
    same = next((n for n, signs in enumerate(zip(*texts, strict=False)) if len(set(signs)) > 1), 0)
    place = max(same - 20, 0)
    return ", ".join(f"{name} …{text[place : place + 60]}…" for name, text in zip(facts, texts, strict=True))


def measure(case: Case, running: Running, sample: Sample, clients: Clients, rounds: int) -> dict[str, Result]:
    requests = requests_of(case, sample, running)
    results: dict[str, Result] = {name: Result([]) for name in requests}
    for name in requests:
        clients.run(running[name], requests[name][:WARM])
    # What is asked anew each time starts after what has been asked already.
    own = {name: params if case.repeated else params[WARM:-COUNTED] for name, params in requests.items()}
    size = min(map(len, own.values())) // rounds
    for turn in range(rounds):
        for name, params in own.items():
            share = params[turn * size : (turn + 1) * size]
            results[name].rounds.append(clients.run(running[name], share))
    return results


def queries(case: Case, running: Running, sample: Sample, home: Path, admin: str) -> dict[str, float]:
    """How many statements each contender sends for one request, as the database's own log has them."""
    log, counted = home / "log", {}
    requests = requests_of(case, sample, running)
    for name, params in requests.items():
        data.run(admin, "ALTER SYSTEM SET log_statement = 'all'")
        data.run(admin, "SELECT pg_reload_conf()")
        time.sleep(0.3)
        before = log.stat().st_size
        last = params[-COUNTED:]
        for item in last:
            ask(running[name].port, item)
        with log.open("rb") as file:
            file.seek(before)
            statements = file.read().count(b"LOG:  statement:")
        counted[name] = statements / len(last)
        data.run(admin, "ALTER SYSTEM RESET log_statement")
        data.run(admin, "SELECT pg_reload_conf()")
        time.sleep(0.3)
    return counted
