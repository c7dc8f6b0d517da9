"""Row reader: reads what a serializer declares as plain rows, by statements compiled once.

Building model objects and serializing each is most of the cost of a list. Here the serializer is only looked at, once:
its fields become the columns of one statement, each of its lists another, and Django compiles them from ordinary
querysets. An answer then runs the compiled text with the keys of its rows, and puts dictionaries together.

For reading records by their keys: a filtered queryset decides which rows, and in which order. The serializer stays
the one definition of the fields: of their names and order, of the schema, and of the answer's shape.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from operator import itemgetter
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import connections, models, router
from django.db.models import F, Lookup
from rest_framework import serializers

from ..models import Notional
from ..params import BadParametersError

KEYS = object()
Row = Sequence[Any]
# SQL, its parameters, and the converters of columns by their place.
Compiled = tuple[str, list[Any], list[tuple[int, Any, list[Any]]]]


class InKeys(Lookup):
    """The column is one of the keys: a statement whose text does not change with their number."""

    lookup_name = "any_of"
    prepare_rhs = False

    def __init__(self, column: str):
        super().__init__(F(column), KEYS)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        column, params = self.process_lhs(compiler, connection)
        any_of = "= ANY(%s)" if connection.vendor == "postgresql" else "IN (SELECT value FROM json_each(%s))"
        return f"{column} {any_of}", [*params, KEYS]


class CompiledStatement:
    """One SELECT, compiled once for each database. ``InKeys`` in the queryset stands for the keys of each run."""

    def __init__(self, queryset: models.QuerySet, columns: Iterable[str]):
        self.queryset = queryset.values_list(*columns)
        self._compiled: dict[str, Compiled] = {}

    def compile_for(self, using: str) -> Compiled:
        if using not in self._compiled:
            self._compiled[using] = self._compile(using)
        return self._compiled[using]

    def _compile(self, using: str) -> Compiled:
        compiler = self.queryset.query.get_compiler(using)
        text, params = compiler.as_sql()
        converters = compiler.get_converters([column for column, _, _ in compiler.select])
        return text, list(params), [(place, expression, each) for place, (each, expression) in converters.items()]

    def rows(self, keys: Sequence[Any], *, limit: int | None = None, offset: int = 0) -> list[Row]:
        """The rows of the keys, all or at most ``limit`` of them from ``offset`` on."""
        using = router.db_for_read(self.queryset.model)
        connection = connections[using]
        text, params, converters = self.compile_for(using)
        keys_param: Any = list(keys) if connection.vendor == "postgresql" else json.dumps(list(keys))
        params = [keys_param if param is KEYS else param for param in params]
        if limit is not None:
            text, params = f"{text} LIMIT %s OFFSET %s", [*params, limit, offset]
        with connection.cursor() as cursor:
            cursor.execute(text, params)
            rows: list[Any] = cursor.fetchall()
        if converters:
            rows = [list(row) for row in rows]
            for place, expression, each in converters:
                for row in rows:
                    for convert in each:
                        row[place] = convert(row[place], expression, connection)
        return rows


class ComputedField(serializers.Field):
    """A field worked out from columns of its record, for all rows of an answer at once. ``needs`` names the columns."""

    needs: tuple[str, ...]

    def __init__(self, **kwargs: Any):
        super().__init__(read_only=True, source="*", **kwargs)

    def to_representation(self, record: Any) -> Any:
        return self.of([tuple(getattr(record, name) for name in self.needs)], {**self.context})[0]

    def of(self, rows: list[Row], context: dict[str, Any]) -> list[Any]:
        """The value of each row, from its needed columns."""
        raise NotImplementedError


class RowReader:
    """Reads records of one serializer by key. ``back`` is the column by which a list's rows know their owner.

    ``fields`` are the names wanted, in the serializer's order. ``max_rows`` bounds the rows of a list. The readers of
    lists and of expanded records are ``lists`` and ``targets``: there are as many statements as relations asked for,
    whatever the number of rows.
    """

    def __init__(
        self, serializer: Any, *, fields: Iterable[str] | None = None, back: str = "pk", max_rows: int | None = None
    ):
        self.model = serializer.Meta.model
        self.columns: list[str] = [back, "pk"]
        self.names: list[str] = []
        self.places: list[int] = []
        self.computed: list[tuple[str, ComputedField, itemgetter]] = []
        self.lists: dict[str, RowReader | RelatedCodesReader] = {}
        self.targets: dict[str, tuple[int, RowReader]] = {}
        self.back, self.max_rows = back, max_rows
        wanted = None if fields is None else set(fields)
        for name, field in serializer().fields.items():
            if wanted is None or name in wanted:
                self.add(name, field)

    def add(self, name: str, field: Any) -> None:
        """Adds a field of the serializer."""
        place = 0
        if isinstance(field, ComputedField):
            places = [self.column(column) for column in field.needs]
            # A getter of one place gives the value itself, of several a tuple.
            self.computed.append((name, field, itemgetter(*places, places[0])))
        elif isinstance(field, serializers.ListSerializer):
            self.lists[name] = RowReader(type(field.child), back=_back(self.model, field.source))
        elif isinstance(field, serializers.ManyRelatedField):
            self.lists[name] = RelatedCodesReader(self.model, field.source)
        elif isinstance(field, serializers.SlugRelatedField):
            place = self.column(f"{field.source}__{field.slug_field}")
        elif isinstance(field, serializers.SerializerMethodField) or "." in field.source or field.source == "*":
            raise ImproperlyConfigured(f"{self.model.__name__}.{name} can be read in no column: make it a Computed")
        else:
            place = self.column(field.source)
        self.name(name, place)

    def name(self, name: str, place: int = 0) -> None:
        """Adds a field that is not there yet. What is filled in later keeps its place in the order of the names."""
        if name not in self.names:
            self.names.append(name)
            self.places.append(place)

    def column(self, name: str) -> int:
        """The place of a column, added if it is not there yet."""
        if name not in self.columns:
            self.columns.append(name)
        return self.columns.index(name)

    def get_queryset(self) -> models.QuerySet:
        """The rows of the keys."""
        return self.model._default_manager.filter(InKeys(self.back))

    @cached_property
    def statement(self) -> CompiledStatement:
        rows = self.get_queryset()
        return CompiledStatement(rows if self.max_rows is None else rows[: self.max_rows + 1], self.columns)

    @cached_property
    def pick(self) -> itemgetter:
        return itemgetter(*self.places, 0)

    def read(self, keys: Sequence[int], context: dict[str, Any]) -> list[dict[str, Any]]:
        """The records of the keys, in their order; a key without a record is passed over."""
        by_key = self.by_key(keys, context)
        return [by_key[key] for key in keys if key in by_key]

    def by_key(self, keys: Sequence[int], context: dict[str, Any]) -> dict[int, dict[str, Any]]:
        rows = self.rows(keys)
        return {row[1]: record for row, record in zip(rows, self.records(rows, context), strict=True)}

    def by_owner(self, keys: Sequence[Any], context: dict[str, Any]) -> dict[Any, list[Any]]:
        """The records of each owner, in the order of the model."""
        records: dict[Any, list[Any]] = defaultdict(list)
        rows = self.rows(keys)
        for row, record in zip(rows, self.records(rows, context), strict=True):
            records[row[0]].append(record)
        return records

    def rows(self, keys: Sequence[Any]) -> list[Row]:
        return bounded(self.model, self.statement.rows(keys) if keys else [], self.max_rows)

    def records(self, rows: list[Row], context: dict[str, Any]) -> list[dict[str, Any]]:
        """The record that each row begins, with all that belongs to it."""
        names, pick = self.names, self.pick
        records = [dict(zip(names, pick(row), strict=False)) for row in rows]
        for name, field, needed in self.computed:
            for record, value in zip(records, field.of([needed(row) for row in rows], context), strict=True):
                record[name] = value
        own = [row[1] for row in rows] if self.lists else []
        for name, reader in self.lists.items():
            lists = reader.by_owner(own, context)
            for key, record in zip(own, records, strict=True):
                record[name] = lists.get(key) or []
        for name, (place, target) in self.targets.items():
            by_key = target.by_key(list({row[place] for row in rows if row[place] is not None}), context)
            for row, record in zip(rows, records, strict=True):
                record[name] = by_key.get(row[place])
        return records


class CodeRowReader(RowReader):
    """Reads single records, by the codes that readers know them by."""

    def __init__(self, serializer: Any, *, fields: Iterable[str] | None = None):
        super().__init__(serializer, fields=fields, back="code")

    def get_queryset(self) -> models.QuerySet:
        return self.model._default_manager.visible(Notional.INCLUDE).filter(InKeys(self.back))


def bounded(model: Any, rows: list[Row], max_rows: int | None) -> list[Row]:
    """The rows; raises BadParametersError if they are too many for one answer."""
    if max_rows is not None and len(rows) > max_rows:
        message = (
            f"More than {max_rows} {model._meta.verbose_name_plural} for one answer: ask for fewer records at a time."
        )
        raise BadParametersError({"expand": [message]})
    return rows


class RelatedCodesReader:
    """The codes of the records at the other end of a relation, in the order of their model."""

    def __init__(self, model: Any, name: Any):
        relation = model._meta.get_field(name)
        back = relation.related_query_name() if relation.concrete else relation.field.name
        rows = relation.related_model._default_manager.filter(InKeys(back))
        self.statement = CompiledStatement(rows, [back, "code"])

    def by_owner(self, keys: Sequence[int], context: dict[str, Any]) -> dict[int, list[str]]:
        codes: dict[int, list[str]] = defaultdict(list)
        for owner, code in self.statement.rows(keys) if keys else ():
            codes[owner].append(code)
        return codes


def _back(model: Any, name: Any) -> str:
    """The column in which the rows of a relation name the record they belong to."""
    return model._meta.get_field(name).field.attname
