"""Requests that are sent at the same moment."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connections


def at_once(*jobs: Callable[[], Any]) -> list[Any]:
    """The answers of requests that are sent at the same moment, each from a thread of its own."""
    barrier = threading.Barrier(len(jobs))
    answers: dict[int, Any] = {}

    def run(number: int, job: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            answers[number] = job()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answers[number] for number in range(len(jobs))]
