"""Recommendations that outside reviewers made, with whom they address and what they bear on."""

from django.db import models

from ..core.models import PartialDateField, date_bound_field
from .base import ReasonedLink, Record
from .offices import Office
from .risks import Risk


class Recommendation(Record):
    """What an outside review recommends, in our words. Not a part of any strategy, and no assignment."""

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        IMPLEMENTED = "implemented", "Closed, implemented"
        NOT_IMPLEMENTED = "not_implemented", "Closed, not implemented"

    search_fields = ("title", "statement", "report", "reviewer", "addressee")

    reviewer = models.CharField("made by", max_length=200)
    report = models.CharField(max_length=200)
    number = models.PositiveSmallIntegerField("number in the report")
    title = models.CharField(max_length=200)
    statement = models.TextField("what it recommends", help_text="In our own words.")
    addressee = models.CharField("addressed to, as stated", max_length=300)
    status = models.CharField(max_length=15, choices=Status, db_index=True)
    status_date = PartialDateField("status as of", earliest="status_earliest", latest="status_latest")
    status_earliest = date_bound_field()
    status_latest = date_bound_field()

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="unique_recommendation_number")]


class RecommendationLink(ReasonedLink):
    """A recommendation's link to what it concerns."""

    parent_field = "recommendation"

    class Meta:
        abstract = True


class RecommendationOffice(RecommendationLink):
    """An office a recommendation addresses."""

    key_fields = ("office",)

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="office_links")
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="recommendation_links")

    class Meta:
        ordering = ["recommendation_id", "office_id"]
        constraints = [models.UniqueConstraint(fields=["recommendation", "office"], name="unique_recommended_office")]


class RecommendationRisk(RecommendationLink):
    """A risk a recommendation bears on."""

    key_fields = ("risk",)

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="risk_links")
    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="recommendation_links")

    class Meta:
        ordering = ["recommendation_id", "risk_id"]
        constraints = [models.UniqueConstraint(fields=["recommendation", "risk"], name="unique_recommended_risk")]
