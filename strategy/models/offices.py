"""Offices, with their names, events and relations."""

from django.core.exceptions import ValidationError
from django.db import models

from ..core.models import BasisField, Part, PartialDateField, date_bound_field, order_by_date
from .base import Record
from .office_querysets import INACTIVE_STATUSES, OfficeQuerySet


class Echelon(models.TextChoices):
    """Where an office stands, from the department down. Order is the order of display."""

    DEPARTMENT = "department", "Department"
    OSD = "osd", "Office of the Secretary of Defense"
    OSD_FIELD = "osd_field_activity", "DoD field activity"
    JOINT = "joint", "Joint"
    CCMD = "combatant_command", "Combatant command"
    SUB_UNIFIED = "sub_unified", "Sub-unified command"
    MILDEP = "military_department", "Military department"
    SECRETARIAT = "secretariat", "Department of the Air Force secretariat"
    SERVICE = "service", "Service"
    HQ = "hq_staff", "Headquarters staff"
    FLDCOM = "field_command", "Field command"
    FLDCOM_STAFF = "field_command_staff", "Field command staff"
    COMPONENT = "component_field_command", "Component field command"
    SUB_COMPONENT = "sub_component", "Sub-component"
    DRU = "direct_reporting_unit", "Direct reporting unit"
    TASK_FORCE = "task_force", "Task force"
    CENTER = "planned_center", "Planned center"
    IC = "intelligence_community", "Intelligence Community"
    COLLECTIVE = "collective", "Collective"
    OTHER = "other", "Other"


class Standing(models.TextChoices):
    """Whether an office exists. Blank on an office means that no source says otherwise."""

    EXISTING = "existing", "Existing"
    PLANNED = "planned", "Planned"
    INTERIM = "interim", "Interim"
    PAUSED = "paused", "Paused"
    RENAMED = "renamed", "Renamed"
    DISESTABLISHED = "disestablished", "Disestablished"
    CANCELED = "canceled", "Canceled before it stood up"
    UNKNOWN = "unknown", "Unknown"


# For ``Meta.ordering`` of heads: in post, then nominated, then those who left.
PRESENT_FIRST = models.Case(models.When(status="holds", then=0), models.When(status="nominated", then=1), default=2)


class Office(Record):
    """A body, post or staff element that may be tasked. Not a person, and not a multinational forum."""

    class Link(models.TextChoices):
        NAMED = "named", "Named by the summary"
        REPORTED = "reported", "Linked to the strategy by press"
        CANDIDATE = "candidate", "No source links it to the strategy"

    label_field = "name"
    search_fields = ("name", "abbreviation", "head_title", "remit", "note")

    name = models.CharField(max_length=200)
    abbreviation = models.CharField(max_length=40, blank=True)
    echelon = models.CharField(max_length=24, choices=Echelon, db_index=True)
    echelon_stated = models.CharField("echelon in words", max_length=100, blank=True, help_text="For another echelon.")
    link = models.CharField("link to the strategy", max_length=9, choices=Link, db_index=True)
    status = models.CharField(max_length=14, choices=Standing, blank=True, db_index=True)
    status_as_stated = models.CharField(max_length=200, blank=True)
    established = PartialDateField(earliest="established_earliest", latest="established_latest")
    established_earliest = date_bound_field()
    established_latest = date_bound_field()
    head_title = models.CharField(
        "title of its head", max_length=200, blank=True, help_text="The post, not the person."
    )
    remit = models.TextField(blank=True, help_text="What a source says it is for, in one line. Not an assignment.")
    remit_basis = BasisField("basis of the remit", blank=True, default="")
    collective = models.BooleanField(default=False, help_text="Stands for a class of offices.")
    members_complete = models.BooleanField(null=True, blank=True)
    members_as_of = PartialDateField()

    objects = OfficeQuerySet.as_manager()

    @property
    def stands(self) -> bool:
        """Whether no source says that it does not exist (yet, or any more) in its own name."""
        return self.status not in INACTIVE_STATUSES

    def get_echelon_display(self) -> str:  # type: ignore[no-redef]  # Django's own gives way
        """The echelon in words; for another one, its own words."""
        return self.echelon_stated or str(dict(Echelon.choices).get(self.echelon, self.echelon))

    def clean(self) -> None:
        super().clean()
        if (self.echelon == Echelon.OTHER) != bool(self.echelon_stated):
            message = "Say in words which echelon it is, if it is another, and only then."
            raise ValidationError({"echelon_stated": message}, code="echelon")
        if bool(self.remit) != bool(self.remit_basis):
            raise ValidationError({"remit_basis": "A remit needs its basis, and a basis its remit."}, code="remit")

    def also_called(self) -> list[str]:
        names = [name.value for name in self.names.all()]
        return [self.abbreviation, *names] if self.abbreviation else names

    def people(self) -> list[str]:
        return [head.person for head in self.heads.all() if head.status != OfficeHead.Status.FORMER]


class OfficeName(Part):
    """Another name of an office and where it stands: former, informal, or as a source has it."""

    class Kind(models.TextChoices):
        OFFICIAL = "official", "Official"
        TITLE = "title", "Positional title"
        ABBREVIATION = "abbreviation", "Abbreviation"
        FORMER = "former", "Former"
        LATER = "later", "Later"
        STATED = "as_stated", "As stated by a source"

    parent_field = "office"
    key_fields = ("value",)
    periods = (("valid_from", "valid_until"),)

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="names")
    value = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=Kind)
    valid_from = PartialDateField()
    valid_until = PartialDateField()

    class Meta:
        ordering = ["office_id", "value"]
        constraints = [models.UniqueConstraint(fields=["office", "value"], name="unique_office_name")]


class OfficeHead(Part):
    """Who heads an office, or was named to, as a source had it on a date."""

    class Status(models.TextChoices):
        HOLDS = "holds", "In post"
        NOMINATED = "nominated", "Nominated"
        FORMER = "former", "Left the post"

    parent_field = "office"
    key_fields = ("person",)

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="heads")
    person = models.CharField(max_length=200, help_text="Rank and name, as the source has them.")
    status = models.CharField(max_length=9, choices=Status)
    since = PartialDateField(earliest="since_earliest", latest="since_latest")
    since_earliest = date_bound_field()
    since_latest = date_bound_field()
    as_of = PartialDateField(blank=False, earliest="as_of_earliest", latest="as_of_latest")
    as_of_earliest = date_bound_field()
    as_of_latest = date_bound_field()

    class Meta:
        ordering = ["office_id", PRESENT_FIRST, models.F("as_of_latest").desc(nulls_first=True), "person"]
        constraints = [models.UniqueConstraint(fields=["office", "person"], name="unique_office_head")]


class OfficeEvent(Part):
    """A dated, sourced turn in an office's standing."""

    parent_field = "office"
    key_fields = ("date",)

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="events")
    date = PartialDateField(blank=False, earliest="earliest", latest="latest")
    earliest = date_bound_field()
    latest = date_bound_field()
    status = models.CharField(max_length=14, choices=Standing)
    as_stated = models.CharField(max_length=200)

    class Meta:
        ordering = ["office_id", order_by_date("latest")]
        constraints = [models.UniqueConstraint(fields=["office", "date"], name="unique_office_event")]


class OfficeRelation(Part):
    """One office's standing relation to another. An office may have several of each kind."""

    class Kind(models.TextChoices):
        PART_OF = "part_of", "Part of"
        PRESENTED_TO = "presented_to", "Presented to"
        MEMBER_OF = "member_of", "Member of"
        SUCCEEDED_BY = "succeeded_by", "Succeeded by"

    parent_field = "office"
    key_fields = ("kind", "other")

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(max_length=12, choices=Kind, db_index=True)
    other = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="reverse_relations")

    class Meta:
        ordering = ["office_id", "kind", "other_id"]
        constraints = [
            models.UniqueConstraint(fields=["office", "kind", "other"], name="unique_office_relation"),
            models.CheckConstraint(name="office_not_related_to_itself", condition=~models.Q(office=models.F("other"))),
        ]

    def clean(self) -> None:
        super().clean()
        if self.office_id and self.other_id and self.other.pk in self._ids_leading_here():
            raise ValidationError(
                {"other": f"{self.office.code} would be {self.get_kind_display().lower()} itself."}, code="cycle"
            )

    def _ids_leading_here(self) -> set[int]:
        """Every office from which ``office`` is reached by this kind of relation, itself included."""
        return Office.objects.ids_leading_to(self.office_id, self.kind, ignoring=self.pk)
