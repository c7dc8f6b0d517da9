"""Values in images of rows, in words: what the page of a record would show of them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models

from ..core.models import PartialDateField, display_date
from .images import Image

if TYPE_CHECKING:
    from .record_names import RecordNames


@dataclass(frozen=True)
class Value:
    """One value: its text, the code and address of the record that it names, and as the API has it."""

    text: str
    code: str = ""
    address: str = ""
    raw: Any = None

    def __str__(self) -> str:
        return self.text


def is_shown(field: models.Field) -> bool:
    """Whether people edit the field: what is worked out from others is not shown, nor is the key of a row."""
    return field.editable and not field.primary_key


def values_of(field: Any, image: Image, names: "RecordNames") -> tuple[Value, ...]:
    """The value of a field of a row, none where it is empty."""
    value = image.get(field.column)
    if field.name == "content_type":
        # Named together with the key beside it.
        return ()
    if field.name == "object_id" and "content_type_id" in image:
        return names.target_value(image)
    if value is None or value == "":
        return ()
    if field.is_relation:
        return (names.value(field.related_model, value),)
    if isinstance(field, models.BooleanField):
        # SQLite has no type of its own for them.
        return (Value("Yes" if value else "No", raw=bool(value)),)
    return (Value(_text(field, value), raw=value),)


def _text(field: Any, value: Any) -> str:
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, PartialDateField | models.DateField) and not isinstance(field, models.DateTimeField):
        return display_date(str(value))
    return str(value)
