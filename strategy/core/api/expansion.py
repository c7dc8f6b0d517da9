"""Expansion: related records in full in a record's answer, in both directions of a relation.

``expand=line_of_effort`` gives the record for its code, ``expand=assignments`` the records that point at this one,
``expand=assignments.office`` both steps, ``expand=citations`` the evidence. What can be named follows from the models
that have a resource; nothing is listed by hand. Two steps at most, one statement a step.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from rest_framework import serializers

from ..params import BadParametersError, comma_separated, did_you_mean
from .row_reader import CompiledStatement, InKeys, RowReader, bounded

STEPS = 2
# Rows of one relation in one answer: a page of offices with all their assignments fits, a database does not.
MAX_ROWS = 10_000

# Name in the plural and serializer of every model with a resource, filled when the URLconf is loaded.
_resources: dict[type[models.Model], tuple[str, Any]] = {}


def register_resource(segment: str, serializer: Any) -> None:
    """Registers a resource: its records can be expanded from wherever they are pointed at, and back."""
    _resources[serializer.Meta.model] = (segment.replace("-", "_"), serializer)


def is_resource(serializer: Any) -> bool:
    """Whether this is how a resource shows its records, rather than how a record shows its parts."""
    return _resources.get(serializer.Meta.model, ("", None))[1] is serializer


def has_resource(model: type[models.Model]) -> bool:
    """Whether the records of a model have addresses of their own in the API."""
    return model in _resources


class GenericRowReader(RowReader):
    """Reads rows that point at records of any model, by content type and key: those of one model's records."""

    def __init__(self, serializer: Any, relation: GenericRelation):
        super().__init__(serializer, back=relation.object_id_field_name, max_rows=MAX_ROWS)
        self.relation = relation

    def get_queryset(self) -> models.QuerySet:
        content_type = ContentType.objects.get_for_model(self.relation.model)
        return super().get_queryset().filter(**{self.relation.content_type_field_name: content_type})


class ThroughReader(RowReader):
    """The records at the other end of a relation of many to many: two statements, links first."""

    def __init__(self, serializer: Any, model: Any, name: str):
        super().__init__(serializer)
        relation = model._meta.get_field(name)
        self.query_name = relation.related_query_name() if relation.concrete else relation.field.name
        rows = self.model._default_manager.filter(InKeys(self.query_name))[: MAX_ROWS + 1]
        self.links = CompiledStatement(rows, [self.query_name, "pk"])

    def by_owner(self, keys: Any, context: dict[str, Any]) -> dict[int, list[Any]]:
        links = bounded(self.model, self.links.rows(keys) if keys else [], MAX_ROWS)
        by_key = self.by_key(list({pk for _, pk in links}), context)
        records: dict[int, list[Any]] = defaultdict(list)
        for owner, pk in links:
            records[owner].append(by_key[pk])
        return records


def forward_relations(serializer: Any) -> dict[str, Any]:
    """Fields of a serializer that are codes of records with a resource: serializer of those records, by name."""
    model, ends = serializer.Meta.model, {}
    for name, field in serializer().fields.items():
        if isinstance(field, serializers.SlugRelatedField | serializers.ManyRelatedField) and field.source:
            related = model._meta.get_field(field.source).related_model
            if related in _resources:
                ends[name] = _resources[related][1]
    return ends


def backward_relations(model: Any) -> dict[str, Any]:
    """Relations in which records with a resource point at this model, by name."""
    relations: dict[str, Any] = {}
    for relation in model._meta.related_objects:
        if relation.related_model in _resources and not relation.many_to_many:
            accessor = relation.related_name or "_set"
            resource_name = _resources[relation.related_model][0]
            relations[resource_name if accessor.endswith("_set") else accessor] = relation
    return relations


def generic_relations(model: Any) -> dict[str, GenericRelation]:
    """Relations to records with a resource that point at records of any model, by name."""
    return {
        field.name: field
        for field in model._meta.private_fields
        if isinstance(field, GenericRelation) and field.related_model in _resources
    }


@cache
def expandable_names(serializer: Any) -> tuple[str, ...]:
    """Every name ``expand`` takes for this serializer, of one step and of two."""
    model = serializer.Meta.model
    whole = [*forward_relations(serializer), *backward_relations(model), *generic_relations(model)]
    paths = []
    for name in dict.fromkeys([*whole, *_parts(serializer)]):
        # A list of parts is there in full already.
        paths += [name] if name in whole else []
        paths += [f"{name}.{second}" for second in forward_relations(expanded_serializer(serializer, name))]
    return tuple(paths)


def _parts(serializer: Any) -> dict[str, Any]:
    """Lists of parts inside the record: there in full already, but the codes in them can be expanded."""
    fields = serializer().fields.items()
    return {name: type(field.child) for name, field in fields if isinstance(field, serializers.ListSerializer)}


def expanded_serializer(serializer: Any, name: str) -> Any:
    """The serializer a first step leads to."""
    model = serializer.Meta.model
    relation = (generic_relations(model) | backward_relations(model)).get(name)
    if relation is not None:
        return _resources[relation.related_model][1]
    return (forward_relations(serializer) | _parts(serializer))[name]


def split_names(serializer: Any, names: Iterable[str]) -> dict[str, list[str]]:
    """Second steps by first step; raises BadParametersError for what cannot be expanded."""
    steps: dict[str, list[str]] = {}
    allowed = expandable_names(serializer)
    for name in names:
        if name not in allowed:
            message = "Two steps at most." if name.count(".") >= STEPS else f"Known: {comma_separated(allowed)}."
            raise BadParametersError(
                {"expand": [f"'{name}' cannot be expanded.{did_you_mean(name, allowed)} {message}"]}
            )
        first, _, second = name.partition(".")
        steps.setdefault(first, [])
        if second:
            steps[first].append(second)
    return steps


@lru_cache(maxsize=256)
def build_reader(
    serializer: Any,
    fields: tuple[str, ...] | None = None,
    expand: tuple[str, ...] = (),
    reader_class: Any = RowReader,
) -> RowReader:
    """The reader of an answer, cached for each choice of fields and expansions."""
    reader = reader_class(serializer, fields=fields)
    for first, seconds in split_names(serializer, expand).items():
        step = _expand(reader, serializer, first)
        for second in seconds:
            _expand(step, expanded_serializer(serializer, first), second)
    return reader


@cache
def field_names(serializer: Any) -> tuple[str, ...]:
    """The fields of a record, in their order."""
    return tuple(serializer().fields)


def flat_field_names(serializer: Any) -> tuple[str, ...]:
    """The fields of a record but for its lists: what an expanded record shows of itself."""
    inner = _parts(serializer)
    return tuple(name for name in field_names(serializer) if name not in inner)


def _expand(reader: RowReader, serializer: Any, name: str) -> RowReader:
    """Replaces codes by records in ``reader``, or adds a list of records; the reader of those."""
    model, end = serializer.Meta.model, expanded_serializer(serializer, name)
    back, generic = backward_relations(model), generic_relations(model)
    step: Any
    if name in back:
        step = RowReader(end, fields=flat_field_names(end), back=back[name].field.attname, max_rows=MAX_ROWS)
    elif name in generic:
        step = GenericRowReader(end, generic[name])
    elif name not in forward_relations(serializer):
        if name not in reader.lists:
            reader.add(name, serializer().fields[name])
        step = reader.lists[name]
    else:
        field = model._meta.get_field(serializer().fields[name].source)
        if field.many_to_one or field.one_to_one:
            step = RowReader(end, fields=flat_field_names(end))
            reader.targets[name] = (reader.column(field.attname), step)
        else:
            step = ThroughReader(end, model, field.name)
    if name not in reader.targets:
        reader.lists[name] = step
    reader.name(name)
    return step
