"""Assignments: the offices that lead, coordinate or support an activity."""

from django.db import models

from strategy.core.models import BasisField
from strategy.models import Office, Record

from ..querysets import AssignmentQuerySet
from .activities import Activity


class Role(models.TextChoices):
    """What an office does for an activity. "Coordinates" is never read as "leads"."""

    LEAD = "lead", "Lead"
    COORDINATING = "coordinating", "Coordinating"
    SUPPORTING = "supporting", "Supporting"


class Assignment(Record):
    """One office in one role on one activity, in the source's own verb and with the office as stated.

    No lead, or several, is a finding and not an error.
    """

    class Relation(models.TextChoices):
        JOINT = "joint", "Joint"
        HANDOVER = "handover", "Handover"

    label_field = "verb"
    is_link = True
    code_prefix = "ASG"
    strategy_path = "activity__strategy"
    search_fields = ("verb", "office_as_stated")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="assignments")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=12, choices=Role)
    verb = models.CharField("verb in the source", max_length=60, blank=True)
    office_as_stated = models.CharField(max_length=300, blank=True)
    relation = models.CharField(
        "relation to the other offices in the role", max_length=10, choices=Relation, blank=True
    )
    relation_basis = BasisField(blank=True, default="")
    relation_reason = models.TextField(blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta(Record.Meta):
        indexes = [
            models.Index(fields=["office", "role", "activity"], name="assignment_office_role"),
            models.Index(fields=["activity", "role", "office"], name="assignment_activity_role"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "office", "role"],
                name="unique_assignment",
                violation_error_message="This office already has this role on this activity.",
            )
        ]

    @property
    def label(self) -> str:
        return f"{self.office.code} {self.get_role_display().lower()} {self.activity.code}"
