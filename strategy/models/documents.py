"""The strategy document: its names and dates, chapters, passages, related documents, events and mentions."""

from django.db import models
from django.urls import reverse

from ..core.models import BasisField, Part, PartialDateField, YesNoUnknown, date_bound_field, order_by_date
from .base import OfStrategy, Record
from .document_querysets import StrategyQuerySet


class Strategy(Record):
    """One edition of one document. Not the product's own data about it: that is citations and remarks."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"
        SUPERSEDED = "superseded", "Superseded"

    search_fields = ("title", "motto", "abstract", "signatory", "publisher")

    title = models.CharField(max_length=200)
    subject = models.CharField("whose strategy", max_length=200, blank=True)
    publisher = models.CharField(max_length=200, blank=True)
    motto = models.CharField(max_length=200, blank=True)
    abstract = models.TextField(blank=True)
    edition = models.CharField(max_length=60, blank=True)
    framework = models.CharField(max_length=60, blank=True, help_text="How the document argues: ends-ways-means.")
    signatory = models.CharField(max_length=200, blank=True)
    lead_author = models.CharField("led by (writing)", max_length=300, blank=True)
    official_url = models.URLField("official text at", max_length=500, blank=True)
    page_count = models.PositiveSmallIntegerField(null=True, blank=True)
    marking = models.CharField("classification marking", max_length=100, blank=True)
    companion = models.CharField("companion document", max_length=300, blank=True)
    follow_on = models.TextField("follow-on document", blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.PUBLISHED, db_index=True)
    supersedes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="superseded_by"
    )

    objects = StrategyQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name_plural = "strategies"

    @property
    def edition_name(self) -> str:
        """Which edition it is, in words: "first edition"."""
        return f"{self.edition} edition" if self.edition and "edition" not in self.edition.lower() else self.edition

    def also_called(self) -> list[str]:
        return [name.value for name in self.names.all()]


class StrategyName(Part):
    """Another form of the title or motto, kept because some source uses it."""

    class Kind(models.TextChoices):
        TITLE = "title", "Title"
        MOTTO = "motto", "Motto"

    parent_field = "strategy"
    key_fields = ("kind", "value")

    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="names")
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.CharField(max_length=200)

    class Meta:
        ordering = ["strategy_id", "kind", "value"]
        constraints = [models.UniqueConstraint(fields=["strategy", "kind", "value"], name="unique_strategy_name")]


class StrategyDate(Part):
    """A date given for the document, with what kind of date it is."""

    class Kind(models.TextChoices):
        ON_DOCUMENT = "on_document", "Date on the document"
        RELEASED = "released", "Public release"
        CLAIMED = "claimed", "Year claimed by one source"
        SUMMARY = "summary", "Summary page published"

    parent_field = "strategy"
    key_fields = ("kind",)

    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="dates")
    kind = models.CharField(max_length=12, choices=Kind)
    date = PartialDateField(blank=False, earliest="earliest", latest="latest")
    earliest = date_bound_field()
    latest = date_bound_field()

    class Meta:
        ordering = ["strategy_id", order_by_date("latest"), "kind"]
        constraints = [models.UniqueConstraint(fields=["strategy", "kind"], name="unique_strategy_date")]


class Chapter(OfStrategy, Record):
    """A chapter as the summary names it; the official title is kept apart, as a likelihood."""

    class Matter(models.TextChoices):
        ENDS = "ends", "Ends: the goals"
        WAYS = "ways", "Ways: the lines of effort"
        MEANS = "means", "Means"
        RISKS = "risks", "Risks and mitigations"
        TERMS = "terms", "Terms"

    search_fields = ("title", "likely_official_title", "covers")

    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    likely_official_title = models.CharField(max_length=200, blank=True)
    covers = models.TextField(blank=True)
    sets_out = models.CharField(
        max_length=5, choices=Matter, blank=True, help_text="Which records it is about, as what it covers says."
    )
    covers_basis = BasisField()

    class Meta(Record.Meta):
        ordering = ["strategy_id", "number", "code"]
        constraints = [models.UniqueConstraint(fields=["strategy", "number"], name="unique_chapter_number")]

    @property
    def reading_url(self) -> str:
        """Where the chapter is read through; its record has a page of its own."""
        return reverse("read-chapter", kwargs={"place": self.code})


class Passage(OfStrategy, Record):
    """One point of the document, in our own words. Never a quotation."""

    class Kind(models.TextChoices):
        VISION = "vision", "Vision"
        ENVIRONMENT = "environment", "Strategic environment"
        MISSION = "mission", "Mission"
        VALUE = "value", "Value"

    label_field = "text"
    search_fields = ("text",)

    kind = models.CharField(max_length=12, choices=Kind, db_index=True)
    text = models.TextField()
    chapter = models.ForeignKey(Chapter, null=True, blank=True, on_delete=models.SET_NULL, related_name="passages")
    chapter_basis = BasisField(blank=True, default="")
    chapter_reason = models.TextField(blank=True)
    in_strategy = models.CharField(
        "in the strategy's own text", max_length=7, choices=YesNoUnknown, default=YesNoUnknown.YES
    )
    before_publication = models.BooleanField(default=False, help_text="Said of the strategy to come, before July 2025.")

    @property
    def reading_url(self) -> str:
        """The point among the others of its chapter, or among those without one."""
        if self.chapter is not None:
            return f"{self.chapter.reading_url}#{self.code}"
        return f"{reverse('read')}?strategy={self.strategy.code}{'&notional=only' if self.notional else ''}#{self.code}"


class RelatedDocument(OfStrategy, Record):
    """Another document the strategy stands beside, under, or announces."""

    search_fields = ("title", "relation", "key_points")

    title = models.CharField(max_length=300)
    date = PartialDateField(earliest="earliest", latest="latest")
    earliest = date_bound_field()
    latest = date_bound_field()
    relation = models.CharField("relation to the strategy", max_length=300)
    status = models.CharField(max_length=100, blank=True)
    key_points = models.TextField(blank=True, help_text="One point a line.")


class TimelineEvent(OfStrategy, Record):
    """Something dated that happened to the document or the offices around it."""

    label_field = "text"
    search_fields = ("text",)

    date = PartialDateField(blank=False, earliest="earliest", latest="latest")
    earliest = date_bound_field()
    latest = date_bound_field()
    text = models.TextField()

    class Meta(Record.Meta):
        ordering = [order_by_date("latest"), "code_order"]


class Mention(OfStrategy, Record):
    """Offices named for something other than an activity: writing the document, or support in general.

    Kept as stated and never exploded into assignments.
    """

    class Kind(models.TextChoices):
        AUTHORSHIP = "authorship", "Wrote the document"
        UNSPECIFIED = "unspecified", "Lead and support, not specified"

    label_field = "office_as_stated"
    search_fields = ("office_as_stated", "verb", "note")

    kind = models.CharField(max_length=12, choices=Kind, db_index=True)
    verb = models.CharField("verb in the source", max_length=60)
    office_as_stated = models.CharField(max_length=300)
    offices = models.ManyToManyField("strategy.Office", related_name="mentions")
