"""Lines of effort, their goals and examples, and process stages."""

from django.core.exceptions import ValidationError
from django.db import models

from strategy.core.models import Basis, BasisField, Confidence, Part
from strategy.models import Goal, OfStrategy, Record

from ..querysets import LineGoalQuerySet, LineOfEffortMixinQuerySet, LineOfEffortQuerySet


class LineOfEffort(OfStrategy, Record):
    """A way: Create, Integrate or Operate. Its code goes with its name, since goal 3 also integrates."""

    class ForceActivity(models.TextChoices):
        DESIGN = "force_design", "Force Design"
        DEVELOPMENT = "force_development", "Force Development"
        EMPLOYMENT = "force_employment", "Force Employment (generation and operations)"

    search_fields = ("title", "objective", "summary", "force_activity")

    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    force_activity = models.CharField(max_length=20, choices=ForceActivity, blank=True, db_index=True)
    objective = models.TextField()
    summary = models.TextField("in short", blank=True)
    horizon_from = models.PositiveSmallIntegerField("horizon from (years)", null=True, blank=True)
    horizon_to = models.PositiveSmallIntegerField("horizon to (years)", null=True, blank=True)
    horizon_basis = BasisField(blank=True, default="")

    objects = LineOfEffortQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = "line of effort"
        verbose_name_plural = "lines of effort"
        constraints = [
            models.CheckConstraint(
                name="horizon_in_order",
                condition=models.Q(horizon_from=None)
                | models.Q(horizon_to=None)
                | models.Q(horizon_from__lte=models.F("horizon_to")),
            )
        ]

    @property
    def horizon(self) -> str:
        """The years it looks ahead to, in words."""
        if self.horizon_from is None and self.horizon_to is None:
            return ""
        if self.horizon_from and self.horizon_to:
            return f"{self.horizon_from} to {self.horizon_to} years ahead"
        return f"up to {self.horizon_to} years ahead" if self.horizon_to else f"from {self.horizon_from} years ahead on"


class LineGoal(Part):
    """A line of effort serves a goal: together with the other lines, or by itself."""

    class Strength(models.TextChoices):
        COLLECTIVE = "collective", "All lines together"
        DIRECT = "direct", "This line by itself"

    parent_field = "line_of_effort"
    key_fields = ("goal", "strength")

    line_of_effort = models.ForeignKey(LineOfEffort, on_delete=models.CASCADE, related_name="goal_links")
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="line_links")
    strength = models.CharField(max_length=10, choices=Strength)
    reason = models.TextField(blank=True)

    objects = LineGoalQuerySet.as_manager()

    class Meta:
        ordering = ["line_of_effort_id", "goal_id", "strength"]
        constraints = [models.UniqueConstraint(fields=["line_of_effort", "goal", "strength"], name="unique_line_goal")]


class LineExample(Part):
    """A kind of work that belongs to a line, by a source's words or by our reading."""

    parent_field = "line_of_effort"
    key_fields = ("text",)

    line_of_effort = models.ForeignKey(LineOfEffort, on_delete=models.CASCADE, related_name="examples")
    text = models.CharField(max_length=200)

    class Meta:
        ordering = ["line_of_effort_id", "text"]
        constraints = [models.UniqueConstraint(fields=["line_of_effort", "text"], name="unique_line_example")]


class LineOfEffortMixin(models.Model):
    """Mixin: stands under one line of effort or none, which is a fact with a basis of its own."""

    line_of_effort = models.ForeignKey(
        LineOfEffort, null=True, blank=True, on_delete=models.RESTRICT, related_name="%(class)s_set"
    )
    line_basis = BasisField("basis of the line of effort", blank=True, default="")
    line_confidence = models.CharField("confidence in the line of effort", max_length=6, choices=Confidence, blank=True)
    line_reason = models.TextField("reason for the line of effort", blank=True)

    # A model without options of its own takes those of its first base.
    class Meta(Record.Meta):
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.line_of_effort is not None and not self.line_basis:
            raise ValidationError({"line_basis": "Say on what basis the line of effort is given."}, code="line_basis")
        if self.line_of_effort is None and self.line_basis:
            raise ValidationError({"line_of_effort": "A basis is given, but no line of effort."}, code="line")
        if self.line_basis == Basis.INFERRED and not self.line_reason:
            raise ValidationError(
                {"line_reason": "The line of effort is inferred: give the reason."}, code="line_reason"
            )


class ProcessStage(LineOfEffortMixin, OfStrategy, Record):
    """One of the stages the document covers. Stages and lines are two classifications that do not nest."""

    search_fields = ("title",)

    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)

    objects = LineOfEffortMixinQuerySet.as_manager()
