"""The means: what a strategy is carried out with."""

from django.db import models

from ..core.models import YesNoUnknown
from .base import OfStrategy, Record
from .means_querysets import MeansQuerySet


class Means(OfStrategy, Record):
    """What the strategy is carried out with."""

    class Kind(models.TextChoices):
        ORGANIZATION = "organization", "Organization"
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

    objects = MeansQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name_plural = "means"
