"""Risks and mitigations."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from .base import OfStrategy, Record
from .risk_querysets import MitigationQuerySet, RiskQuerySet


class Level(models.IntegerChoices):
    """A step of likelihood or impact, in words."""

    VERY_LOW = 1, "Very low"
    LOW = 2, "Low"
    MEDIUM = 3, "Medium"
    HIGH = 4, "High"
    VERY_HIGH = 5, "Very high"


class Risk(OfStrategy, Record):
    """A risk. Likelihood and impact are staff judgement, never the document's, and may stay empty."""

    search_fields = ("title", "description", "category")

    title = models.CharField(max_length=200)
    description = models.TextField()
    category = models.CharField(max_length=60, blank=True, db_index=True)
    means = models.ManyToManyField(
        "strategy.Means", blank=True, related_name="risks", help_text="Means whose shortage makes the risk."
    )
    likelihood = models.PositiveSmallIntegerField(
        "likelihood (staff judgement)",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )
    impact = models.PositiveSmallIntegerField(
        "impact (staff judgement)",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )
    assessed_by = models.CharField("rated by", max_length=200, blank=True)

    objects = RiskQuerySet.as_manager()

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                name="risk_rating_1_to_5",
                condition=(models.Q(likelihood=None) | models.Q(likelihood__range=(1, 5)))
                & (models.Q(impact=None) | models.Q(impact__range=(1, 5))),
            )
        ]

    def clean(self) -> None:
        super().clean()
        if (self.likelihood or self.impact) and not self.assessed_by:
            raise ValidationError({"assessed_by": "A rating is staff judgement: say who rated it."}, code="unrated")

    @property
    def score(self) -> int | None:
        """Likelihood times impact: a place in the order of risks, not a measure. None unless both are rated."""
        return self.likelihood * self.impact if self.likelihood and self.impact else None

    @property
    def rating(self) -> str:
        """Likelihood and impact in words; says which of them nobody rated."""
        levels = (("likelihood", self.likelihood), ("impact", self.impact))
        if not any(level for _, level in levels):
            return "Unrated"
        words = (f"{name} {Level(level).label.lower()}" if level else f"{name} not rated" for name, level in levels)
        return ", ".join(words).capitalize()


class Mitigation(OfStrategy, Record):
    """What is done about risks, as far as any source tells."""

    class Content(models.TextChoices):
        DESCRIBED = "described", "Described"
        GENERAL = "general", "General aim only"
        UNKNOWN = "unknown", "Exists, contents unknown"

    search_fields = ("title", "description")

    title = models.CharField(max_length=200)
    description = models.TextField()
    risks = models.ManyToManyField(Risk, related_name="mitigations")
    content = models.CharField("what is known of it", max_length=9, choices=Content)
    owner = models.ForeignKey(
        "strategy.Office", null=True, blank=True, on_delete=models.PROTECT, related_name="owned_mitigations"
    )
    before_publication = models.BooleanField(default=False)

    objects = MitigationQuerySet.as_manager()
