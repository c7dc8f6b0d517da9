"""The base of all content: its texts hold no character that files, terminals and other programs stumble over."""

import re
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models

# Control characters, half characters, what Unicode calls no character, and what turns the direction of reading
# without being seen. Not the joiners of emoji, nor the letters and marks of scripts written from right to left.
REFUSED = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + 0xFFFE) + chr(plane * 0x10000 + 0xFFFF) for plane in range(17))
    + "]"
)
LINES = "\n\t"
# What XML cannot hold, should it have come into the database past the models.
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def validate_characters(text: str, *, lines: bool) -> None:
    """ValidationError with the place of the first character that cannot be kept; with ``lines``, a line break can."""
    for match in REFUSED.finditer(text):
        if not (lines and match[0] in LINES):
            place = f"Character {match.start() + 1}, U+{ord(match[0]):04X}"
            raise ValidationError(f"{place}, cannot be kept.", code="character")


class ContentModel(models.Model):
    """Base of every model of content."""

    # Whether snapshots of the content have its table.
    in_snapshots: ClassVar[bool] = True

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Any = None) -> None:
        errors: dict[str, Any] = {}
        try:
            super().clean_fields(exclude)
        except ValidationError as error:
            error.update_error_dict(errors)
        for field in self._meta.concrete_fields:
            text = getattr(self, field.attname)
            if field.name in errors or field.name in (exclude or ()) or not isinstance(text, str):
                continue
            try:
                validate_characters(text, lines=isinstance(field, models.TextField))
            except ValidationError as error:
                errors[field.name] = [error]
        if errors:
            raise ValidationError(errors)
