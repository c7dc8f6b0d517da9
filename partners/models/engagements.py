"""Engagements with partners, their series, hosts and participations."""

from django.core.exceptions import ValidationError
from django.db import models

from lines_of_effort.models import LineOfEffort, LineOfEffortMixin
from strategy.core.models import Part, PartialDateField, date_bound_field, display_date, order_by_date
from strategy.models import Record

from ..querysets import EngagementQuerySet, ParticipationQuerySet
from .partners import Partner


class Series(Record):
    """A run of engagements under one name, so that an edition is not mistaken for the series."""

    label_field = "name"
    search_fields = ("name", "lead_as_stated", "span")

    name = models.CharField(max_length=200)
    frequency = models.CharField(max_length=100, blank=True)
    lead_as_stated = models.CharField("led by", max_length=200, blank=True)
    span = models.CharField("since when", max_length=300, blank=True)

    class Meta(Record.Meta):
        verbose_name_plural = "series"


class Engagement(LineOfEffortMixin, Record):
    """One dated event or arrangement with partners."""

    class Kind(models.TextChoices):
        AGREEMENT = "agreement", "Agreement"
        CO_DEVELOPMENT = "co_development", "Co-development"
        COMBINED_OPERATION = "combined_operation", "Combined operation"
        COMMERCIAL_CONTRACT = "commercial_contract", "Commercial contract"
        EDUCATION = "education", "Education"
        EXCHANGE = "exchange", "Exchange"
        EXERCISE = "exercise", "Exercise"
        FRAMEWORK = "framework", "Framework step"
        HOSTED_PAYLOAD = "hosted_payload", "Hosted payload"
        LIAISON = "liaison", "Liaison"
        MEETING = "meeting", "Meeting"
        WARGAME = "wargame", "Wargame"

    class Status(models.TextChoices):
        PLANNED = "planned", "Planned"
        DELAYED = "delayed", "Delayed"
        IN_PROGRESS = "in_progress", "In progress"
        ACTIVE = "active", "Active"
        DONE = "done", "Done"
        ENDED = "ended", "Ended"
        UNKNOWN = "unknown", "Unknown"

    label_field = "name"
    periods = (("start", "end"),)
    search_fields = ("name", "summary", "location", "count_claim", "note")

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind, db_index=True)
    subkind = models.CharField(max_length=40, blank=True, db_index=True)
    series = models.ForeignKey(Series, null=True, blank=True, on_delete=models.PROTECT, related_name="engagements")
    status = models.CharField(max_length=11, choices=Status, db_index=True)
    start = PartialDateField(earliest="start_earliest", latest="start_latest")
    start_earliest = date_bound_field()
    start_latest = date_bound_field()
    end = PartialDateField(earliest="end_earliest", latest="end_latest")
    end_earliest = date_bound_field()
    end_latest = date_bound_field()
    planned_for = PartialDateField()
    location = models.CharField(max_length=200, blank=True)
    summary = models.TextField(blank=True)
    participants_complete = models.BooleanField(
        default=False, help_text="Off: the list is known to be partial. Absence from it is not a fact."
    )
    headcount = models.PositiveIntegerField("people", null=True, blank=True)
    count_claim = models.CharField("count as claimed", max_length=300, blank=True)
    secondary_line = models.ForeignKey(
        LineOfEffort, null=True, blank=True, on_delete=models.PROTECT, related_name="secondary_engagements"
    )

    objects = EngagementQuerySet.as_manager()

    # What one partner does in it, on that partner's page; not stored.
    roles = ""

    class Meta(Record.Meta):
        ordering = [order_by_date("start_latest"), "code_order"]

    @property
    def hosts(self) -> list[Partner]:
        return [link.partner for link in self.host_links.all()]

    @property
    def when(self) -> str:
        """Start and end, as precisely as known; without a start, what it was planned for."""
        if not self.start:
            return f"Undated, planned for {display_date(self.planned_for)}" if self.planned_for else "Undated"
        return f"{display_date(self.start)} to {display_date(self.end)}" if self.end else display_date(self.start)

    def clean(self) -> None:
        super().clean()
        if self.secondary_line is not None and self.line_of_effort is None:
            raise ValidationError({"secondary_line": "A second line of effort needs a first one."}, code="line")


class EngagementHost(Part):
    """Who hosts an engagement; a host need not be its owner, nor among the participants."""

    parent_field = "engagement"
    key_fields = ("partner",)

    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="host_links")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="hosting_links")

    class Meta:
        ordering = ["engagement_id", "partner_id"]
        constraints = [models.UniqueConstraint(fields=["engagement", "partner"], name="unique_host")]


class ParticipationRole(models.TextChoices):
    PARTICIPANT = "participant", "Participant"
    DISPUTED = "participant_disputed", "Participant, disputed"
    HOST = "host", "Host"
    CO_HOSTED = "co_hosted", "Co-hosted"
    LEAD = "lead", "Lead"
    MEMBER = "member", "Member"
    OBSERVER = "observer", "Observer"
    PARTNER = "partner", "Partner"
    SIGNATORY = "signatory", "Signatory"
    SENDING = "sending", "Sending"
    RECEIVING = "receiving", "Receiving"
    EXCHANGE = "exchange", "Exchange"
    LIAISON = "liaison", "Liaison"
    LIAISON_PLANNED = "liaison_planned", "Liaison, planned"
    VISITOR = "visitor", "Visitor"
    SPEAKER = "speaker", "Speaker"
    CONTRACTOR = "contractor", "Contractor"
    INDUSTRY = "industry_support", "Industry support"
    PAYLOAD_OWNER = "payload_owner", "Payload owner"
    BUILDER = "builder", "Builder"
    HOST_BUILDER = "host_builder", "Host and builder"
    HOST_OPERATOR = "host_operator", "Host and operator"
    LAUNCHER = "launcher", "Launcher"
    BUYER = "buyer", "Buyer"
    SELLER = "seller", "Seller"


class Participation(Record):
    """A partner in an engagement, in a role. Its evidence is the engagement's unless it has its own."""

    label_field = "role"
    is_link = True
    code_prefix = "PAR"
    search_fields = ("note",)

    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="participations")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="participations")
    role = models.CharField(max_length=20, choices=ParticipationRole, db_index=True)

    objects = ParticipationQuerySet.as_manager()

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["engagement", "partner", "role"], name="unique_participation")]

    @property
    def label(self) -> str:
        return f"{self.partner.label} in {self.engagement.label}: {self.get_role_display().lower()}"
