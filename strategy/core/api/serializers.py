"""Serializers of records and their parts, derived from the model: the definition of what the row reader reads.

A record's serializer has the model's own fields, related records by code, its addresses, and a list of each relation to
its parts. ``record_serializer`` makes it for a model that needs no more; one that does declares the rest::

    class RiskSerializer(RecordSerializer):
        mitigations = CodeRelatedField(many=True, read_only=True)

        class Meta(RecordSerializer.Meta):
            model = Risk
"""

from functools import cache
from typing import Any, ClassVar

from django.urls import get_script_prefix, reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ..models import CodedModel, Part
from .row_reader import ComputedField

# Ends the name of a relation to rows that tie the record to another: the API names the list after the other records.
LINKS = "_links"


class CodeRelatedField(serializers.SlugRelatedField):
    """A related record as its code."""

    def __init__(self, **kwargs):
        kwargs.setdefault("slug_field", "code")
        super().__init__(**kwargs)


def paths_around_code(name: str) -> tuple[str, str]:
    """What stands before and after the code in the path of a named address.

    A code has only letters, digits and - _ . in it, so that every such path is this one with another code.
    """
    return _paths_around_code(name, get_script_prefix())


@cache
def _paths_around_code(name: str, script_prefix: str) -> tuple[str, str]:
    before, _, after = reverse(name, kwargs={"code": "CODE"}).rpartition("CODE")
    return before, after


@extend_schema_field(OpenApiTypes.URI)
class RecordLink(ComputedField):
    """The address of a record: of its page, or with ``api`` in the API."""

    needs = ("code",)

    def __init__(self, *, api: bool = False, **kwargs: Any):
        self.api = api
        super().__init__(**kwargs)

    def of(self, rows, context):
        parent: Any = self.parent
        name = f"{'api:' if self.api else ''}{parent.Meta.model._meta.model_name}-detail"
        before, after = paths_around_code(name)
        if request := context.get("request"):
            before = request.build_absolute_uri(before)
        return [f"{before}{row[0]}{after}" for row in rows]


class PartSerializer(serializers.ModelSerializer):
    """A part inside its record: its own fields, without the way back."""

    serializer_related_field = CodeRelatedField


class RecordSerializer(serializers.ModelSerializer):
    """Every field of a record a reader may see; related records by code.

    ``url`` is the record in the API, ``web_url`` its page. Row ids never leave the database.
    """

    serializer_related_field = CodeRelatedField
    url = RecordLink(api=True)
    web_url = RecordLink()

    class Meta:
        exclude: ClassVar[tuple[str, ...]] = ("id", "code_order", "label_order")

    def get_field_names(self, declared_fields, info):
        """The model's own fields first, code before all; then the addresses, its parts, and what else is declared."""
        names = sorted(super().get_field_names(declared_fields, info), key=lambda name: name in declared_fields)
        place = names.index("web_url") + 1
        parts = [name for name in part_relations(self.Meta.model) if name not in declared_fields]
        return [*names[:place], *parts, *names[place:]]

    def build_field(self, field_name, info, model_class, nested_depth):
        """A list of parts where the model has no field of the name."""
        relation = part_relations(model_class).get(field_name)
        if relation is None:
            return super().build_field(field_name, info, model_class, nested_depth)
        accessor = relation.get_accessor_name()
        source = {} if accessor == field_name else {"source": accessor}
        return part_serializer(relation.related_model), {"many": True, "read_only": True, **source}


@cache
def part_relations(model: type[CodedModel]) -> dict[str, Any]:
    """The relations of a model to its parts, by the name of the list in the API: ``goal_links`` are ``goals``."""
    return {
        _list_name(str(relation.get_accessor_name())): relation
        for relation in model._meta.related_objects
        if issubclass(part := relation.related_model, Part) and part.parent_field == relation.field.name
    }


def _list_name(accessor: str) -> str:
    name = accessor.removesuffix(LINKS)
    return name if name == accessor or name.endswith("s") else f"{name}s"


@cache
def part_serializer(model: type[Part]) -> type[PartSerializer]:
    """The serializer of a kind of part: all fields but the way back to its record."""
    meta = type("Meta", (), {"model": model, "exclude": ("id", model.parent_field)})
    return type(f"{model.__name__}Serializer", (PartSerializer,), {"Meta": meta})


@cache
def record_serializer(model: type[CodedModel]) -> type[RecordSerializer]:
    """The serializer of a kind of record that needs nothing beside its fields and parts."""
    meta = type("Meta", (RecordSerializer.Meta,), {"model": model})
    return type(f"{model.__name__}Serializer", (RecordSerializer,), {"Meta": meta})
