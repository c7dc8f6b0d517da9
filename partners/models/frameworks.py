"""Frameworks, memberships in them with their stages, and bilateral agreements under them."""

from django.db import models

from lines_of_effort.models import LineOfEffortMixin
from strategy.core.models import Part, PartialDateField, date_bound_field, display_date, order_by_date
from strategy.models import Record

from ..querysets import AgreementQuerySet, FrameworkQuerySet
from .partners import Partner


class Framework(LineOfEffortMixin, Record):
    """A lasting arrangement: forum, force, program or accord. Attending one meeting is not membership."""

    label_field = "name"
    search_fields = ("name", "abbreviation", "summary", "note")

    name = models.CharField(max_length=200)
    abbreviation = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=40, db_index=True)
    lead = models.ForeignKey(Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="frameworks_led")
    host_nation = models.ForeignKey(
        Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="frameworks_hosted"
    )
    established = PartialDateField(earliest="established_earliest", latest="established_latest")
    established_earliest = date_bound_field()
    established_latest = date_bound_field()
    established_note = models.TextField(blank=True)
    status = models.CharField(max_length=20, blank=True, db_index=True)
    binding = models.CharField("how binding", max_length=100, blank=True)
    summary = models.TextField(blank=True)

    objects = FrameworkQuerySet.as_manager()

    def also_called(self) -> list[str]:
        return [self.abbreviation] if self.abbreviation else []


class FrameworkCount(Part):
    """A dated count of members by kind, from a source that need not name them."""

    parent_field = "framework"
    key_fields = ("as_of", "counted")

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="counts")
    as_of = PartialDateField(blank=False, earliest="earliest", latest="latest")
    earliest = date_bound_field()
    latest = date_bound_field()
    counted = models.CharField("what is counted", max_length=40)
    count = models.PositiveIntegerField()
    at_least = models.BooleanField(default=False)

    class Meta:
        ordering = ["framework_id", order_by_date("latest"), "counted"]
        constraints = [models.UniqueConstraint(fields=["framework", "as_of", "counted"], name="unique_framework_count")]


class MembershipRole(models.TextChoices):
    FOUNDER = "founder", "Founder"
    MEMBER = "member", "Member"
    LEAD = "lead", "Lead"
    HOST = "host", "Host"
    PARTNER = "partner", "Partner"
    SIGNATORY = "signatory", "Signatory"
    LETTER = "letter_of_intent", "Letter of intent"
    MULTILATERAL = "multilateral_partner", "Multilateral partner"
    BILATERAL = "bilateral_partner", "Bilateral partner"
    FRAMEWORK_NATION = "framework_nation", "Framework nation"
    STAFF = "staff", "Staff"
    EXCHANGE = "exchange", "Exchange"
    LIAISON = "liaison", "Liaison"
    PARTICIPANT = "participant", "Participant"
    PAYLOAD_OWNER = "payload_owner", "Payload owner"
    BUILDER = "builder", "Builder"
    HOST_BUILDER = "host_builder", "Host and builder"
    HOST_OPERATOR = "host_operator", "Host and operator"
    CO_HOSTED = "co_hosted", "Co-hosted"


class Membership(Record):
    """A partner in a framework, in a role, with dates as precise as known."""

    label_field = "role"
    is_link = True
    periods = (("since", "until"),)
    code_prefix = "MEM"
    search_fields = ("note",)

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="memberships")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=MembershipRole, db_index=True)
    since = PartialDateField(earliest="since_earliest", latest="since_latest")
    since_earliest = date_bound_field()
    since_latest = date_bound_field()
    until = PartialDateField(earliest="until_earliest", latest="until_latest")
    until_earliest = date_bound_field()
    until_latest = date_bound_field()

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["framework", "partner", "role"], name="unique_membership")]

    @property
    def label(self) -> str:
        return f"{self.partner.label} in {self.framework.label}: {self.get_role_display().lower()}"


class MembershipStage(Part):
    """One of the dates a membership has: invited, accepted, recognized ... none of them is *the* date."""

    class Stage(models.TextChoices):
        ANNOUNCED = "announced", "Announced"
        INVITED = "invited", "Invited"
        ACCEPTED = "accepted", "Accepted"
        SIGNED = "signed", "Signed"
        RECOGNIZED = "recognized", "Recognized"
        CONTRIBUTOR = "contributor_since", "Contributor since"
        FIRST_USE = "first_use", "First use"
        TERM = "term", "Term"

    parent_field = "membership"
    key_fields = ("stage",)

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="stages")
    stage = models.CharField(max_length=17, choices=Stage)
    date = PartialDateField(blank=False, earliest="earliest", latest="latest")
    earliest = date_bound_field()
    latest = date_bound_field()

    class Meta:
        ordering = ["membership_id", order_by_date("latest"), "stage"]
        constraints = [models.UniqueConstraint(fields=["membership", "stage"], name="unique_stage")]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {display_date(self.date)}"


class Agreement(Record):
    """One bilateral document under a framework, with the counterpart that signed it."""

    label_field = "counterpart_as_stated"
    search_fields = ("counterpart_as_stated", "note")

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="agreements")
    nation = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="agreements")
    counterpart_as_stated = models.CharField(max_length=200)
    counterpart = models.ForeignKey(
        Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="agreements_signed"
    )
    date = PartialDateField(earliest="earliest", latest="latest")
    earliest = date_bound_field()
    latest = date_bound_field()

    objects = AgreementQuerySet.as_manager()

    @property
    def label(self) -> str:
        return f"{self.framework.label}: {self.nation.label}, {self.counterpart_as_stated}"
