"""Paging by key: the next page starts after the last row of this one, whatever was added or taken away meanwhile.

Page 2,000 costs what page 1 costs, where an offset reads all rows before it. A cursor is signed, and belongs to the
filters and the order of its page; with others it is refused.
"""

import datetime
from dataclasses import dataclass
from hashlib import blake2s
from typing import Any

from django.core import signing
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import OrderBy

from ..params import BadParametersError

FIRST = "first"
SALT = "strategy.keyset"


@dataclass(frozen=True)
class OrderTerm:
    """One column of an order; rows without a value come last, whichever way it runs."""

    column: str
    descending: bool = False


def order_terms(queryset: models.QuerySet) -> tuple[models.QuerySet, list[OrderTerm]]:
    """The order of a queryset, made complete by the code, which no two rows share; what it orders by has a name."""
    terms = []
    for place, item in enumerate(queryset.query.order_by or queryset.model._meta.ordering):
        if isinstance(item, str):
            term = OrderTerm(item.removeprefix("-"), item.startswith("-"))
        elif isinstance(item, OrderBy) and isinstance(item.expression, F):
            expression: Any = item.expression
            term = OrderTerm(expression.name, item.descending)
        else:
            term = OrderTerm(f"order_{place}")
            queryset = queryset.annotate(**{term.column: item})
        terms.append(term)
    return queryset, terms if OrderTerm("code") in terms else [*terms, OrderTerm("code")]


def after(terms: list[OrderTerm], values: list[Any]) -> Q:
    """The rows that come after the one with these values."""
    later, equal = Q(pk__in=[]), Q()
    for term, value in zip(terms, values, strict=True):
        if value is not None:
            past = Q(**{f"{term.column}__{'lt' if term.descending else 'gt'}": value})
            later |= equal & (past | Q(**{f"{term.column}__isnull": True}))
        equal &= Q(**{f"{term.column}__isnull": True}) if value is None else Q(**{term.column: value})
    first, value = terms[0], values[0]
    if value is None:
        return later & Q(**{f"{first.column}__isnull": True})
    # Repeated for the first column alone: an index can then start where the page starts.
    reach = Q(**{f"{first.column}__{'lte' if first.descending else 'gte'}": value})
    return later & (reach | Q(**{f"{first.column}__isnull": True}))


def ordered(queryset: models.QuerySet, terms: list[OrderTerm]) -> models.QuerySet:
    """The queryset in the order of the terms, rows without a value last."""
    columns = (F(term.column) for term in terms)
    return queryset.order_by(
        *(
            column.desc(nulls_last=True) if term.descending else column.asc(nulls_last=True)
            for column, term in zip(columns, terms, strict=True)
        )
    )


def keyset_page(queryset: models.QuerySet, cursor: str, size: int, filters: Any) -> tuple[list[int], str | None]:
    """The keys of the page after ``cursor`` and the cursor after it, None at the end.

    ``filters`` are all other parameters, in any form whose ``repr`` is stable: a cursor is valid for these only.
    Raises BadParametersError for a cursor that was changed, or belongs to other filters or another order.
    """
    queryset, terms = order_terms(queryset)
    purpose = blake2s(repr((queryset.model._meta.label, filters, terms)).encode(), digest_size=8).hexdigest()
    rows = ordered(queryset, terms)
    if cursor != FIRST:
        rows = rows.filter(after(terms, _values(cursor, purpose, len(terms))))
    # As expressions: what only the order needs may be an alias, which has no column of its own.
    page = list(rows.values_list("pk", *(F(term.column) for term in terms))[: size + 1])
    next_cursor = None
    if len(page) > size:
        page = page[:size]
        # In full: the encoder of Django cuts a moment to thousandths, and the row would then follow itself.
        values = [str(value) if isinstance(value, datetime.date) else value for value in page[-1][1:]]
        next_cursor = signing.dumps([purpose, values], salt=SALT)
    return [row[0] for row in page], next_cursor


def _values(cursor: str, purpose: str, number: int) -> list[Any]:
    try:
        cursor_purpose, values = signing.loads(cursor, salt=SALT)
    except signing.BadSignature:
        raise BadParametersError(
            {"cursor": [f"Not a cursor of this site: start with cursor={FIRST} and follow next."]}
        ) from None
    if cursor_purpose != purpose or len(values) != number:
        raise BadParametersError({"cursor": [f"Made for other filters or another order: start with cursor={FIRST}."]})
    return values
