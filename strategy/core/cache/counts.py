"""Counts at the price of no query, or of one for many."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models.expressions import RawSQL

MOST_KEPT = 1000


def count_each(querysets: Sequence[models.QuerySet]) -> list[int]:
    """How many rows each queryset has. A page with twenty counts asks the database once, not twenty times."""
    numbers, statements = [0] * len(querysets), []
    params: list[Any] = []
    for place, queryset in enumerate(querysets):
        try:
            sql, values = queryset.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:
            continue
        statements.append(f"SELECT {place} AS place, COUNT(*) FROM ({sql}) AS counted{place}")
        params += values
    if statements:
        with connections[querysets[0].db].cursor() as cursor:
            cursor.execute(" UNION ALL ".join(statements), params)
            for place, count in cursor.fetchall():
                numbers[place] = count
    return numbers


class VersionedTotals:
    """How many rows each question has, for as long as the content stands: a reader who turns pages counts once.

    The content version tells (see ``versioning``). Each process keeps its own.
    """

    def __init__(self) -> None:
        self._kept: tuple[int | None, dict[Any, int]] = None, {}

    def under(self, version: int) -> dict[Any, int]:
        """The numbers known under this version."""
        kept = self._kept
        if kept[0] != version or len(kept[1]) >= MOST_KEPT:
            kept = self._kept = version, {}
        return kept[1]


totals = VersionedTotals()


def count_and_page(keys: models.QuerySet, first: int, size: int, version: int | None = None) -> tuple[list[int], int]:
    """The keys of one page, and how many there are in all: one query, unless the page is empty.

    With the version of the content that is read, the number is counted once.
    """
    try:
        sql, values = keys.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return [], 0
    known = totals.under(version) if version else {}
    question = sql, tuple(values)
    if question in known:
        return list(keys[first : first + size]), known[question]
    total = RawSQL(f"(SELECT COUNT(*) FROM ({sql}) AS counted)", values, output_field=models.BigIntegerField())
    rows = list(keys.annotate(total=total).values_list("pk", "total")[first : first + size])
    count = known[question] = rows[0][1] if rows else keys.count()
    return [key for key, _ in rows], count
