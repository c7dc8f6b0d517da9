"""Synonyms: what a search takes to mean the same."""

from django.core.exceptions import ValidationError
from django.db import models

from ..core.text import MAX_LENGTH, words
from .base import Record


class Synonym(Record):
    """Names that mean the same to a search, such as an acronym and what it stands for.

    Abbreviations of terms and other names of offices, partners and frameworks count without one.
    """

    label_field = "same"
    search_fields = ("same", "note")
    is_evidence = True
    code_prefix = "SYN"

    same = models.CharField(
        "names that mean the same",
        max_length=MAX_LENGTH,
        unique=True,
        help_text="Two or more, apart by semicolons: SDA; space domain awareness.",
    )

    @property
    def each(self) -> list[str]:
        """The names, one by one."""
        return [name.strip() for name in self.same.split(";") if name.strip()]

    def clean(self) -> None:
        super().clean()
        if len({tuple(words(name)) for name in self.each} - {()}) < 2:
            raise ValidationError({"same": "Name two or more that are not the same word for word."}, code="alone")
