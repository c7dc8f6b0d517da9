"""Counts of rows: of many querysets in one query, and of a list together with one page of it."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models.expressions import RawSQL

from .versioned_cache import VersionedKeyCache

# Number of rows by SQL text and parameters of the query: a reader who turns pages counts once.
totals: VersionedKeyCache[tuple[str, tuple[Any, ...]], int] = VersionedKeyCache(max_size=1000)


def keys_sql(queryset: models.QuerySet) -> tuple[str, tuple[Any, ...]]:
    """SQL and parameters of the primary keys of a queryset, for its database. Raises EmptyResultSet."""
    return sql_of(queryset.order_by().values("pk"))


def sql_of(queryset: models.QuerySet) -> tuple[str, tuple[Any, ...]]:
    """SQL and parameters of a queryset for its database; ``Query.sql_with_params`` is for the default one only."""
    return queryset.query.get_compiler(queryset.db).as_sql()


def count_each(querysets: Sequence[models.QuerySet]) -> list[int]:
    """How many rows each queryset has, in their order: one query for all of them."""
    numbers, statements = [0] * len(querysets), []
    params: list[Any] = []
    for place, queryset in enumerate(querysets):
        try:
            sql, values = keys_sql(queryset)
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


def count_and_page(queryset: models.QuerySet, first: int, size: int) -> tuple[list[int], int]:
    """The primary keys of ``size`` rows from the row ``first`` (0-based) on, and how many rows there are in all.

    One query, or two for a page without rows. The number is cached under the content version.
    """
    try:
        sql, values = keys_sql(queryset)
    except EmptyResultSet:
        return [], 0
    key = sql, tuple(values)
    if key in (cached := totals([key])):
        return list(queryset[first : first + size]), cached[key]
    total = RawSQL(f"(SELECT COUNT(*) FROM ({sql}) AS counted)", values, output_field=models.BigIntegerField())
    rows = list(queryset.annotate(total=total).values_list("pk", "total")[first : first + size])
    count = rows[0][1] if rows else queryset.count()
    totals.add({key: count})
    return [pk for pk, _ in rows], count
