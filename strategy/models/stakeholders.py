"""Stakeholders: whom a strategy names as taking part in it, or as those it is for."""

from django.db import models

from .base import OfStrategy, Record


class Stakeholder(OfStrategy, Record):
    """A person, body or group with a stake in the strategy, as a source names it. Not an assignment."""

    class Role(models.TextChoices):
        PERFORMER = "performer", "Carries it out"
        BENEFICIARY = "beneficiary", "Benefits from it"

    label_field = "name"
    search_fields = ("name", "description")

    name = models.CharField(max_length=200)
    role = models.CharField(max_length=11, choices=Role, blank=True, db_index=True, help_text="Blank: not stated.")
    description = models.TextField(blank=True)
    office = models.ForeignKey(
        "strategy.Office",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="stakes",
        help_text="The same body, where it is an office.",
    )
