"""Values of a fixture as those of a model's fields, and sentences for those that are refused."""

import difflib
import json
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

# Classes of model fields, the type of their values in JSON, and its name in messages.
JSON_TYPES: list[tuple[Any, Any, str]] = [
    ((models.CharField, models.TextField), str, "text"),
    (models.BooleanField, bool, "true or false"),
    (models.IntegerField, int, "a whole number"),
]


def to_value(model_field: models.Field, value: Any) -> Any:
    """The field's value; ValidationError unless ``value`` is of its type in JSON and one of its choices."""
    if value is None and model_field.null:
        return None
    for classes, json_type, name in JSON_TYPES:
        # Not isinstance: to Python, true is a whole number.
        if isinstance(model_field, classes) and type(value) is not json_type:
            raise ValidationError(f"must be {name}, not {json.dumps(value)[:60]}.")
    if model_field.choices and value not in (*model_field.empty_values, *dict(model_field.flatchoices)):
        known = ", ".join(str(choice) for choice in dict(model_field.flatchoices))
        raise ValidationError(f"{value!r} is not a valid choice: it is one of {known}.")
    return model_field.to_python(value)


def unknown_name(name: str, known: list[str]) -> str:
    """The sentence that refuses a name, with the nearest of those that are known."""
    return "is not known here" + did_you_mean(name, known)


def did_you_mean(name: str, known) -> str:
    """The end of a sentence, with the nearest of those that are known."""
    close = difflib.get_close_matches(name, list(known), n=1)
    return f"; did you mean '{close[0]}'?" if close else "."


def messages(error: ValidationError) -> list[tuple[str, str]]:
    """Field, empty for the row as a whole, and message of every error."""
    if not hasattr(error, "error_dict"):
        return [("", message) for message in error.messages]
    return [
        ("" if name == "__all__" else name, message)
        for name, errors in error.message_dict.items()
        for message in errors
    ]
