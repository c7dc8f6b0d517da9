"""Activities, and their links to goals, stages, means and risks."""

from django.db import models

from strategy.core.models import PartialDateField, date_bound_field
from strategy.models import (
    Goal,
    Means,
    Office,
    OfStrategy,
    ReasonedLink,
    Recommendation,
    Record,
    Risk,
    Topic,
    TopicLink,
)

from ..querysets import ROLES, ActivityLinkQuerySet, ActivityQuerySet
from .lines import LineOfEffortMixin, ProcessStage


class Activity(LineOfEffortMixin, OfStrategy, Record):
    """Work the strategy speaks of. Who does it is said by its assignments, and by nothing else."""

    class Kind(models.TextChoices):
        ASSIGNED = "assigned_task", "Assigned task"
        STAGE = "process_stage", "Process stage"
        THEME = "theme", "Publicly described theme"
        CROSS_CUTTING = "cross_cutting", "Cross-cutting"

    class Status(models.TextChoices):
        PLANNED = "planned", "Planned"
        UNDER_WAY = "under_way", "Under way"
        DONE = "done", "Done"
        STOPPED = "stopped", "Stopped"

    periods = (("start", "end"),)
    search_fields = ("title", "description")

    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    kind = models.CharField(max_length=14, choices=Kind, db_index=True)
    status = models.CharField(max_length=9, choices=Status, blank=True, db_index=True)
    start = PartialDateField(earliest="start_earliest", latest="start_latest")
    start_earliest = date_bound_field()
    start_latest = date_bound_field()
    end = PartialDateField(earliest="end_earliest", latest="end_latest")
    end_earliest = date_bound_field()
    end_latest = date_bound_field()
    before_publication = models.BooleanField(default=False, help_text="Described before the strategy was published.")

    objects = ActivityQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name_plural = "activities"
        # A page in the order of titles is then read as it stands, however many there are.
        indexes = [models.Index(fields=["label_order", "code_order", "code"], name="activity_by_title")]

    @property
    def tasked(self) -> list:
        """The assignments, from those ``for_list`` has read, in the order of ``ROLES``."""
        return sorted(self.assignments.all(), key=lambda row: (ROLES.index(row.role), row.office.code_order))

    def full_text(self) -> str:
        """Title and description, in which terms may occur."""
        return f"{self.title}. {self.description}"

    def offices(self, role: str) -> list[Office]:
        """The offices in one role, from the assignments ``for_list`` has read."""
        return [row.office for row in self.assignments.all() if row.role == role]

    @property
    def leads(self) -> list[Office]:
        return self.offices("lead")

    @property
    def coordinators(self) -> list[Office]:
        return self.offices("coordinating")

    @property
    def supporters(self) -> list[Office]:
        return self.offices("supporting")

    @property
    def goals(self) -> list[Goal]:
        return [link.goal for link in self.goal_links.all()]


class ActivityLink(ReasonedLink):
    """An activity's link to something of the strategy, with the basis and reason of that link."""

    parent_field = "activity"

    objects = ActivityLinkQuerySet.as_manager()

    class Meta:
        abstract = True


class ActivityGoal(ActivityLink):
    key_fields = ("goal",)

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="goal_links")
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="activity_links")

    class Meta:
        ordering = ["activity_id", "goal_id"]
        constraints = [models.UniqueConstraint(fields=["activity", "goal"], name="unique_activity_goal")]


class ActivityStage(ActivityLink):
    key_fields = ("stage",)

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="stage_links")
    stage = models.ForeignKey(ProcessStage, on_delete=models.CASCADE, related_name="activity_links")

    class Meta:
        ordering = ["activity_id", "stage_id"]
        constraints = [models.UniqueConstraint(fields=["activity", "stage"], name="unique_activity_stage")]


class ActivityMeans(ActivityLink):
    key_fields = ("means",)

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="means_links")
    means = models.ForeignKey(Means, on_delete=models.CASCADE, related_name="activity_links")

    class Meta:
        ordering = ["activity_id", "means_id"]
        verbose_name_plural = "activity means"
        constraints = [models.UniqueConstraint(fields=["activity", "means"], name="unique_activity_means")]


class ActivityRisk(ActivityLink):
    key_fields = ("risk",)

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="risk_links")
    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="activity_links")

    class Meta:
        ordering = ["activity_id", "risk_id"]
        constraints = [models.UniqueConstraint(fields=["activity", "risk"], name="unique_activity_risk")]


class ActivityRecommendation(ActivityLink):
    """A recommendation of an outside review that bears on an activity."""

    key_fields = ("recommendation",)

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="recommendation_links")
    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="activity_links")

    class Meta:
        ordering = ["activity_id", "recommendation_id"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "recommendation"], name="unique_activity_recommendation")
        ]


class ActivityTopic(TopicLink):
    """A subject topic an activity is about."""

    parent_field = "activity"

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="topic_links")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="activity_links")

    class Meta:
        ordering = ["activity_id", "weight", "topic_id"]
        constraints = [models.UniqueConstraint(fields=["activity", "topic"], name="unique_activity_topic")]
