"""Sources, citations, and remarks: conflicts, silences and observations."""

from typing import Any

from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models

from ..core.models import (
    Basis,
    BasisField,
    CodedModel,
    Confidence,
    ContentModel,
    Part,
    PartialDateField,
    YesNoUnknown,
    date_bound_field,
)
from ..search.models import SearchEntry
from .source_querysets import CitationQuerySet, ConflictQuerySet, SilenceQuerySet, SourceQuerySet, SubjectQuerySet


class Source(CodedModel):
    """A published text that was read, wholly or in part, by the compilers."""

    class Tier(models.TextChoices):
        OFFICIAL = "official", "Official"
        REPORTED = "reported", "Press, trade or academic"
        LOW = "low", "Weak: a lead, not proof"
        UNRATED = "unrated", "Not rated"

    label_field = "publisher"
    search_fields = ("title", "publisher", "url", "note")
    is_evidence = True

    title = models.CharField(max_length=300, blank=True)
    publisher = models.CharField(max_length=200)
    url = models.URLField("address", max_length=500, unique=True)
    date = PartialDateField(earliest="earliest", latest="latest")
    earliest = date_bound_field()
    latest = date_bound_field()
    date_note = models.CharField("date as given", max_length=100, blank=True)
    kind = models.CharField(max_length=100, blank=True)
    tier = models.CharField("reliability", max_length=8, choices=Tier, default=Tier.UNRATED, db_index=True)
    seen = models.CharField("how much was read", max_length=300, blank=True)
    note = models.TextField(blank=True)
    remarks = GenericRelation("strategy.Subject")

    objects = SourceQuerySet.as_manager()

    @property
    def label(self) -> str:
        return f"{self.publisher}: {self.title}" if self.title else self.publisher

    @property
    def short_name(self) -> str:
        """Publisher and year, as a mark beside a fact names it; without a date the publisher alone."""
        return f"{self.publisher} {self.latest.year}" if self.latest else self.publisher


class RecordPointer(ContentModel):
    """Mixin: points at one record, one field of it, or one part (row) of that field."""

    # Set by ``with_target``.
    target: SearchEntry

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, verbose_name="kind of record")
    object_id = models.PositiveBigIntegerField("record")
    record = GenericForeignKey("content_type", "object_id")
    field = models.CharField(max_length=60, blank=True, help_text="Blank: the record as a whole.")
    part = models.CharField(max_length=300, blank=True, help_text="Which row of the field, by its key.")

    class Meta:
        abstract = True

    @property
    def owner(self) -> CodedModel | None:
        """What points: the citation itself, or the remark a subject belongs to."""
        raise NotImplementedError

    def clean(self) -> None:
        super().clean()
        record = self.record
        if record is None:
            raise ValidationError({"object_id": "No such record."}, code="record")
        owner = self.owner
        if owner is not None and owner.notional != record.notional:
            raise ValidationError(
                {"object_id": f"{owner.code} and {record.code} are not both notional: they may not be linked."},
                code="notional",
            )
        if self.field:
            try:
                field = record._meta.get_field(self.field)
            except FieldDoesNotExist as error:
                raise ValidationError(
                    {"field": f"{record._meta.verbose_name} has no field '{self.field}'."}, code="field"
                ) from error
            if self.part and self.part not in (keys := _part_keys(record, field)):
                known = f"It has: {', '.join(sorted(keys))}." if keys else "It has no rows there."
                raise ValidationError(
                    {"part": f"{record.code} has no '{self.part}' in {self.field}. {known}"}, code="part"
                )
        elif self.part:
            raise ValidationError({"part": "Name the field the part is in."}, code="part")


def _part_keys(record: CodedModel, field: Any) -> set[str]:
    """The keys of the parts a relation of the record has; none for a plain field."""
    if record.pk is None or not isinstance(field.related_model, type) or not issubclass(field.related_model, Part):
        return set()
    return {row.key for row in getattr(record, field.get_accessor_name()).all()}


class Citation(RecordPointer, CodedModel):
    """Ties a record, a field or a part to a source. Without a source it is our reading, with its reason."""

    is_link = True
    is_evidence = True
    code_prefix = "CIT"
    search_fields = ()

    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT, related_name="citations")
    basis = BasisField()
    locator = models.CharField(max_length=200, blank=True, help_text="Page, paragraph or passage.")
    text_of = models.CharField(
        "text of", max_length=200, blank=True, help_text="The other document whose text the source carries."
    )
    reason = models.TextField(blank=True, help_text="Why we read it so; needed where basis is inferred.")
    confidence = models.CharField(max_length=6, choices=Confidence, blank=True)
    corroborates = models.BooleanField(default=False, help_text="Supports a fact first taken from another source.")
    before_publication = models.BooleanField(default=False)
    note = models.TextField(blank=True)

    objects = CitationQuerySet.as_manager()  # type: ignore[assignment]  # a subclass of the base's

    class Meta(CodedModel.Meta):
        indexes = [models.Index(fields=["content_type", "object_id"], name="citation_record")]

    @property
    def owner(self) -> CodedModel:
        return self

    @property
    def label(self) -> str:
        return f"Citation of {self.source.label}" if self.source else "Our reading"

    def clean(self) -> None:
        super().clean()
        if self.source is None and self.basis not in (Basis.INFERRED, Basis.ENTERED):
            raise ValidationError({"source": f"A fact that is '{self.basis}' needs its source."}, code="source")
        if self.source is None and not self.reason:
            raise ValidationError({"reason": "Without a source, give the reason."}, code="reason")


class Conflict(CodedModel):
    """Sources that disagree: every value is kept, with the reading used and why."""

    class Status(models.TextChoices):
        SETTLED = "settled", "A reading is used"
        OPEN = "open", "Open"

    label_field = "topic"
    search_fields = ("topic", "reading", "reason")
    is_evidence = True

    topic = models.CharField(max_length=200)
    reading = models.TextField("reading used")
    reason = models.TextField("why", blank=True)
    confidence = models.CharField(max_length=6, choices=Confidence, blank=True)
    status = models.CharField(max_length=7, choices=Status, default=Status.OPEN, db_index=True)

    objects = ConflictQuerySet.as_manager()


class ConflictPosition(Part):
    """One of the rival values and the sources that hold it."""

    parent_field = "conflict"
    key_fields = ("order",)

    conflict = models.ForeignKey(Conflict, on_delete=models.CASCADE, related_name="positions")
    order = models.PositiveSmallIntegerField()
    value = models.TextField("what is claimed")
    sources = models.ManyToManyField(Source, blank=True, related_name="positions")

    class Meta:
        ordering = ["conflict_id", "order"]
        constraints = [models.UniqueConstraint(fields=["conflict", "order"], name="unique_position")]


class Silence(CodedModel):
    """A thing no source states. Not an empty field: somebody looked."""

    class Kind(models.TextChoices):
        NOT_STATED = "not_stated", "Not stated"
        CONTENTS_UNKNOWN = "contents_unknown", "Exists, contents unknown"
        NOT_ENTERED = "not_entered", "Not yet entered"

    label_field = "statement"
    search_fields = ("statement",)
    is_evidence = True

    kind = models.CharField(max_length=16, choices=Kind, db_index=True)
    statement = models.TextField(help_text="One sentence: what is not said.")
    checked = PartialDateField("last looked for", earliest="checked_earliest", latest="checked_latest")
    checked_earliest = date_bound_field()
    checked_latest = date_bound_field()
    looked_for = models.TextField("looked for with", blank=True, help_text="Where and with which questions.")

    objects = SilenceQuerySet.as_manager()


class Observation(CodedModel):
    """What outsiders found, what is already practised, how far a source can be trusted: context only.

    Never part of the strategy.
    """

    class Kind(models.TextChoices):
        FINDING = "external_finding", "Outside finding"
        PRACTICE = "existing_practice", "Existing practice"
        RELIABILITY = "source_reliability", "Reliability of a source"

    label_field = "text"
    search_fields = ("text",)
    is_evidence = True

    kind = models.CharField(max_length=18, choices=Kind, db_index=True)
    text = models.TextField()
    basis = BasisField()
    text_of = models.CharField(max_length=200, blank=True)
    in_strategy = models.CharField(
        "in the strategy's own text", max_length=7, choices=YesNoUnknown, default=YesNoUnknown.UNKNOWN
    )
    reason = models.TextField(blank=True)
    sources = models.ManyToManyField(Source, blank=True, related_name="observations")


class Subject(RecordPointer):
    """Ties one conflict, silence or observation to a record it is about."""

    REMARKS = ("conflict", "silence", "observation")

    conflict = models.ForeignKey(Conflict, null=True, blank=True, on_delete=models.CASCADE, related_name="subjects")
    silence = models.ForeignKey(Silence, null=True, blank=True, on_delete=models.CASCADE, related_name="subjects")
    observation = models.ForeignKey(
        Observation, null=True, blank=True, on_delete=models.CASCADE, related_name="subjects"
    )

    objects = SubjectQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="subject_record")]
        constraints = [
            models.CheckConstraint(
                name="subject_of_one_remark",
                condition=models.Q(conflict__isnull=False, silence=None, observation=None)
                | models.Q(conflict=None, silence__isnull=False, observation=None)
                | models.Q(conflict=None, silence=None, observation__isnull=False),
            ),
            # Empty values differ from each other, so that each holds for the subjects of one kind of remark.
            *(
                models.UniqueConstraint(
                    fields=[remark, "content_type", "object_id", "field", "part"], name=f"unique_{remark}_subject"
                )
                for remark in ("conflict", "silence", "observation")
            ),
        ]

    def __str__(self) -> str:
        record: Any = getattr(self, "target", None) or self.record
        return f"{self.remark} about {record.code}"

    def clean(self) -> None:
        super().clean()
        if sum(getattr(self, name) is not None for name in self.REMARKS) != 1:
            raise ValidationError(
                {"conflict": "Name one conflict, one silence or one observation, and only one."}, code="remark"
            )
        # Not left to the constraints: a form without the record's own fields does not ask them.
        names = [field.attname for field in self._meta.concrete_fields if not field.primary_key]
        if Subject.objects.filter(**{name: getattr(self, name) for name in names}).exclude(pk=self.pk).exists():
            raise ValidationError(f"{self.remark.code} is tied to this already.", code="unique")

    @property
    def owner(self) -> CodedModel:
        return self.remark

    @property
    def remark(self) -> CodedModel:
        """The one of the three that is set."""
        remark: Any = self.conflict or self.silence or self.observation
        return remark
