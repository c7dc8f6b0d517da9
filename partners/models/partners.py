"""Partners, own side included, their kinds and names."""

from django.core.validators import RegexValidator
from django.db import models

from strategy.core.models import BasisField, Part, PartialDateField, YesNoUnknown, date_bound_field
from strategy.models import Office, Record

from ..querysets import PartnerQuerySet

# For ``Meta.ordering``: nations before organizations.
NATIONS_FIRST = models.Case(models.When(kind="nation", then=0), default=1)


class Relation(models.TextChoices):
    """How a party stands to the strategy. The strategy's own split of ally and partner was not seen."""

    OWN_SIDE = "own_side", "Own side"
    ALLY = "ally", "Ally"
    PARTNER = "partner", "Partner"
    COMMERCIAL = "commercial", "Commercial"
    CIVIL = "civil_interagency", "Civil or interagency"
    ACADEMIA = "academia", "Academia"
    MULTINATIONAL = "multinational", "Multinational"
    SUB_NATIONAL = "sub_national", "Sub-national"


class PartnerKind(Record):
    """What a relation means, and whether the strategy is known to name it."""

    label_field = "definition"
    search_fields = ("relation", "definition", "note")

    relation = models.CharField(max_length=18, choices=Relation, unique=True)
    definition = models.TextField()
    named_in_strategy = models.CharField(max_length=7, choices=YesNoUnknown)

    @property
    def label(self) -> str:
        return self.get_relation_display()


class Partner(Record):
    """A nation, military organization, agency, company, university or multinational body.

    The United States and its own units stand here too, as own side, so that memberships are complete.
    """

    class Kind(models.TextChoices):
        NATION = "nation", "Nation"
        MILITARY = "military", "Military organization"
        AGENCY = "agency", "Government agency"
        COMPANY = "company", "Company"
        UNIVERSITY = "university", "University or laboratory"
        NONPROFIT = "nonprofit", "Non-profit"
        MULTINATIONAL = "multinational", "Multinational body"

    class Status(models.TextChoices):
        ACTIVE = "active", "Active"
        FORMING = "forming", "Forming"
        MERGED = "merged", "Merged"
        ENDED = "ended", "Ended"

    class Strength(models.TextChoices):
        STRONG = "strong", "Strong"
        THIN = "thin", "Thin"
        CONTESTED = "contested", "Contested"

    label_field = "name"
    search_fields = ("name", "native_name", "alpha2", "alpha3", "location", "note")
    # Nations first, by name.
    choice_order = ()

    name = models.CharField(max_length=200)
    native_name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=13, choices=Kind, db_index=True)
    subkind = models.CharField(max_length=40, blank=True, db_index=True)
    relation = models.CharField(max_length=18, choices=Relation, db_index=True)
    relation_basis = BasisField(blank=True, default="")
    relation_note = models.TextField(blank=True)
    nation = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="organizations")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    host_nation = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="hosted_organizations"
    )
    office = models.OneToOneField(
        Office,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="partner",
        help_text="The same body in the organization chart, for the own side.",
    )
    alpha2 = models.CharField(
        "ISO 3166-1 alpha-2", max_length=2, blank=True, validators=[RegexValidator(r"^[A-Z]{2}\Z")]
    )
    alpha3 = models.CharField(
        "ISO 3166-1 alpha-3", max_length=3, blank=True, validators=[RegexValidator(r"^[A-Z]{3}\Z")]
    )
    numeric = models.CharField(
        "ISO 3166-1 numeric", max_length=3, blank=True, validators=[RegexValidator(r"^[0-9]{3}\Z")]
    )
    region = models.CharField(max_length=40, blank=True, db_index=True)
    combatant_command = models.CharField(max_length=40, blank=True, db_index=True)
    combatant_command_basis = BasisField(blank=True, default="")
    evidence = models.CharField("strength of evidence", max_length=9, choices=Strength, blank=True)
    established = PartialDateField(earliest="established_earliest", latest="established_latest")
    established_earliest = date_bound_field()
    established_latest = date_bound_field()
    established_basis = BasisField(blank=True, default="")
    status = models.CharField(max_length=7, choices=Status, blank=True)
    location = models.CharField(max_length=200, blank=True)
    principal = models.BooleanField(default=False, help_text="Listed as the nation's body for space.")

    objects = PartnerQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = [NATIONS_FIRST, "label_order", "code_order", "code"]
        constraints = [models.UniqueConstraint(fields=["alpha3"], condition=~models.Q(alpha3=""), name="unique_alpha3")]

    @property
    def spoken_name(self) -> str:
        """The name within a sentence: the standard writes "Korea, Republic of" for the sake of the alphabet."""
        first, comma, rest = self.name.partition(", ")
        return f"the {rest} {first}" if comma and rest.endswith(" of") else self.name

    def also_called(self) -> list[str]:
        """The codes of a nation are no names: a search for Norway or India would find every "no" and "in"."""
        return [*filter(None, [self.native_name]), *(name.value for name in self.names.all())]


class PartnerName(Part):
    """Another name of a partner: former, planned, or in common use."""

    class Kind(models.TextChoices):
        FORMER = "former", "Former"
        PLANNED = "planned", "Planned"
        COMMON = "common", "In common use"

    parent_field = "partner"
    key_fields = ("value",)
    periods = (("valid_from", "valid_until"),)

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="names")
    value = models.CharField(max_length=200)
    kind = models.CharField(max_length=7, choices=Kind)
    valid_from = PartialDateField()
    valid_until = PartialDateField()
    planned_for = models.CharField("planned for, as given", max_length=100, blank=True)

    class Meta:
        ordering = ["partner_id", "value"]
        constraints = [models.UniqueConstraint(fields=["partner", "value"], name="unique_partner_name")]
