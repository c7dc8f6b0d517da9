"""Counts as links: how many rows there are, with the address of exactly the list that is counted."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from ..cache import count_each


@dataclass
class LinkedCount:
    """The number of ``rows``, with the address of their list; of how many, where they are a part of ``whole``.

    ``count`` and ``total`` are set by ``fill_counts``; ``total`` stays None without a whole.
    """

    label: str
    rows: QuerySet
    url: str
    whole: QuerySet | None = None
    count: int = 0
    total: int | None = None


def fill_counts(counts: Iterable[LinkedCount]) -> None:
    """Sets the numbers of all the counts: one query."""
    counts = list(counts)
    parts = [count for count in counts if count.whole is not None]
    wholes = [count.whole for count in parts if count.whole is not None]
    numbers = count_each([*(count.rows for count in counts), *wholes])
    for count, number in zip(counts, numbers, strict=False):
        count.count = number
    for count, number in zip(parts, numbers[len(counts) :], strict=True):
        count.total = number
