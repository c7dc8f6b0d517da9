"""The terms of a strategy: its glossary."""

from django.db import models

from ..core.models import YesNoUnknown
from .base import OfStrategy, Record
from .term_querysets import TermQuerySet


class Term(OfStrategy, Record):
    """A term, with or without a definition; the definition may be another document's."""

    label_field = "term"
    search_fields = ("term", "abbreviation", "definition", "note")

    term = models.CharField(max_length=200)
    abbreviation = models.CharField(max_length=40, blank=True)
    definition = models.TextField(blank=True)
    defined_in = models.CharField("definition taken from", max_length=200, blank=True)
    in_strategy_glossary = models.CharField(max_length=7, choices=YesNoUnknown, default=YesNoUnknown.UNKNOWN)

    objects = TermQuerySet.as_manager()

    def also_called(self) -> list[str]:
        return [self.abbreviation] if self.abbreviation else []
