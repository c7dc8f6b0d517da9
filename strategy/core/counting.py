"""Many counts at the price of one query."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections, models


def counts(querysets: Sequence[models.QuerySet]) -> list[int]:
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
