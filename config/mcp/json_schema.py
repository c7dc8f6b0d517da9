"""JSON Schema of the API's serializers: the output schemas of the tools."""

from typing import Any

from rest_framework import serializers

Schema = dict[str, Any]
TYPES: tuple[tuple[type[serializers.Field], str], ...] = (
    (serializers.BooleanField, "boolean"),
    (serializers.IntegerField, "integer"),
    (serializers.FloatField, "number"),
)


def field_schema(field: Any) -> Schema:
    """The JSON Schema of a serializer, or of one of its fields; null is allowed where the field allows it."""
    schema = _non_null_schema(field)
    return {"anyOf": [schema, {"type": "null"}]} if getattr(field, "allow_null", False) else schema


def _non_null_schema(field: Any) -> Schema:
    if isinstance(field, serializers.ListSerializer | serializers.ListField):
        return {"type": "array", "items": field_schema(field.child)}
    if isinstance(field, serializers.Serializer):
        return object_schema({name: field_schema(child) for name, child in field.fields.items()}, type(field).__doc__)
    if isinstance(field, serializers.JSONField):
        return {"type": "object"}
    if isinstance(field, serializers.ChoiceField):
        return {"type": "string", "enum": [*field.choices, *([""] if field.allow_blank else [])]}
    return {"type": next((name for kind, name in TYPES if isinstance(field, kind)), "string")}


def object_schema(properties: Schema, description: str | None = None) -> Schema:
    """An object with all of ``properties``, whose description is the docstring of its serializer on one line."""
    about = {"description": " ".join(description.split())} if description else {}
    return {"type": "object", **about, "properties": properties, "required": list(properties)}
