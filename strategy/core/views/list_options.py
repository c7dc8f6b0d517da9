"""What a reader chooses of how a list is shown: its columns, its order by their headers, and rows to a page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import models
from django.http import QueryDict

from .. import exports, params
from ..filters import url_with_params
from ..models import CodedModel
from .tables import Column, as_columns

PAGE_SIZES = (25, 50, 100, params.MAX_PAGE_SIZE)
# Fields that every list has anyway, or that say nothing to a reader.
NO_COLUMN = ("id", "code", "notional", "object_id")


@dataclass(frozen=True)
class Header:
    """The head of a column. ``url`` orders by it, where that can be; ``sort`` is ascending, descending or empty."""

    title: str
    url: str = ""
    sort: str = ""


@dataclass(frozen=True)
class Choice:
    """One value that may be chosen by a link; ``chosen`` ones are shown."""

    label: str
    url: str
    chosen: bool


def column_key(model: type[models.Model], column: Column) -> str:
    """The name of a column in an address and in a file."""
    return exports.column_name(column.title(model))


def known_columns(model: type[CodedModel], declared: Iterable[str | Column]) -> dict[str, Column]:
    """Every column a list can show by its key: the declared ones, then the model's other fields."""
    columns: dict[str, Column] = {}
    for column in as_columns(declared):
        columns.setdefault(column_key(model, column), column)
    shown = {column.path for column in columns.values()}
    for field in model._meta.concrete_fields:
        hidden = not field.editable or field.name in (*NO_COLUMN, model.label_field) or field.name in shown
        record = field.related_model is None or issubclass(field.related_model, CodedModel)
        if not hidden and record:
            columns.setdefault(column_key(model, Column(field.name)), Column(field.name))
    return columns


def chosen_columns(
    query: QueryDict, model: type[CodedModel], declared: Sequence[str | Column], others: Sequence[str | Column] = ()
) -> tuple[Column, ...]:
    """The columns named in ``columns``, in that order; the declared ones if it is left out. BadParametersError.

    ``others`` are known as well: those of the list's files on its page, and the other way round.
    """
    text = query.get("columns", "")
    if not text:
        return as_columns(declared)
    known, names = known_columns(model, [*declared, *others]), text.split(",")
    for name in names:
        if name not in known:
            problem = f"There is no column '{params.printable(name)}'.{params.did_you_mean(name, known)}"
            raise params.BadParametersError({"columns": [f"{problem} Known: {params.comma_separated(known)}."]})
    if len(set(names)) < len(names):
        raise params.BadParametersError({"columns": ["Names the same column twice."]})
    return tuple(known[name] for name in names)


def column_choices(
    query: QueryDict, model: type[CodedModel], declared: Sequence[str | Column], others: Sequence[str | Column] = ()
) -> list[tuple[str, str, bool]]:
    """Every column a list can show: its name in an address, its title, and whether it is shown."""
    chosen = {column_key(model, column) for column in chosen_columns(query, model, declared, others)}
    known = known_columns(model, [*declared, *others])
    return [(name, column.title(model), name in chosen) for name, column in known.items()]


def sortable_headers(query: QueryDict, heads: Iterable[tuple[str, str]], orders: Sequence[str]) -> list[Header]:
    """The heads of columns, from their titles and paths; ``orders`` are the fields a list can be ordered by."""
    return [_header(query, title, _order_of(path, orders)) for title, path in heads]


def _order_of(path: str, orders: Sequence[str]) -> str:
    """The order that a column's path stands for: a date is ordered by its last day."""
    names = (path, f"{path}_latest", "latest" if path == "date" else "")
    return next((name for name in names if name in orders), "")


def _header(query: QueryDict, title: str, order: str) -> Header:
    if not order:
        return Header(title)
    current = query.get("ordering", "")
    sort = {order: "ascending", f"-{order}": "descending"}.get(current, "")
    url = url_with_params("", query, ordering=f"-{order}" if sort == "ascending" else order, page=None)
    return Header(title, url, sort)


def page_size_choices(query: QueryDict, size: int, count: int) -> list[Choice]:
    """How many rows a page may have, as links; none where all fit on the smallest page."""
    if count <= PAGE_SIZES[0]:
        return []
    return [
        Choice(str(number), url_with_params("", query, page_size=str(number), page=None), number == size)
        for number in PAGE_SIZES
    ]
