"""The ends, the means and the terms."""

from django.db import models

from ..core.models import BasisField, YesNoUnknown
from .base import OfStrategy, Record
from .goal_querysets import TermQuerySet


class Goal(OfStrategy, Record):
    """An enduring end. It has no deadline: its author said there is no fixed end state."""

    search_fields = ("title", "statement", "reported_short_name")

    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    title_basis = BasisField(help_text="The titles are the compilers' working titles.")
    statement = models.TextField()
    short_name = models.CharField("official short name", max_length=100, blank=True)
    reported_short_name = models.CharField(max_length=100, blank=True)


class Means(OfStrategy, Record):
    """What the strategy is carried out with."""

    class Kind(models.TextChoices):
        ORGANISATION = "organisation", "Organisation"
        RESOURCES = "resources", "Resources"
        PEOPLE = "people", "People"
        TIME = "time", "Time"
        FUNDING = "funding", "Funding"
        AUTHORITY = "authority", "Authority"
        ARCHITECTURE = "architecture", "Architecture"

    search_fields = ("title", "description")

    title = models.CharField(max_length=200)
    description = models.TextField()
    kind = models.CharField(max_length=12, choices=Kind, db_index=True)
    part_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="parts")
    in_strategy = models.CharField(
        "in the strategy's own text", max_length=7, choices=YesNoUnknown, default=YesNoUnknown.YES
    )
    before_publication = models.BooleanField(default=False)

    class Meta(Record.Meta):
        verbose_name_plural = "means"


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
