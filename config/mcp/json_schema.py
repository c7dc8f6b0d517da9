"""JSON Schema of what the API's serializers declare: how a tool's answer looks."""

from typing import Any

from rest_framework import serializers

Schema = dict[str, Any]
TYPES: tuple[tuple[type[serializers.Field], str], ...] = (
    (serializers.BooleanField, "boolean"),
    (serializers.IntegerField, "integer"),
    (serializers.FloatField, "number"),
)


def shape(field: Any) -> Schema:
    """The schema of a serializer, or of one of its fields."""
    made = _of(field)
    return {"anyOf": [made, {"type": "null"}]} if getattr(field, "allow_null", False) else made


def _of(field: Any) -> Schema:
    if isinstance(field, serializers.ListSerializer | serializers.ListField):
        return {"type": "array", "items": shape(field.child)}
    if isinstance(field, serializers.Serializer):
        return record({name: shape(one) for name, one in field.fields.items()}, type(field).__doc__)
    if isinstance(field, serializers.JSONField):
        return {"type": "object"}
    if isinstance(field, serializers.ChoiceField):
        return {"type": "string", "enum": [*field.choices, *([""] if field.allow_blank else [])]}
    return {"type": next((name for kind, name in TYPES if isinstance(field, kind)), "string")}


def record(properties: Schema, description: str | None = None) -> Schema:
    said = {"description": " ".join(description.split())} if description else {}
    return {"type": "object", **said, "properties": properties, "required": list(properties)}
