"""The full-text index: one row for each record, written by signals, searched by each database's own engine."""

from django.apps import apps
from django.db import models
from django.urls import reverse

from ..core.models import CodedModel
from ..core.text import SearchQuerySet

# What only the engine reads.
WORD_COLUMNS = ("code_words", "name_words", "alias_words", "text_words", "all_words")


class SearchEntryQuerySet(SearchQuerySet):
    """Queryset of the index of this site's records."""

    def of_strategy(self, strategy):
        """Entries of records that belong to ``strategy``, and of those that belong to none."""
        owned = [model for model in apps.get_models() if issubclass(model, CodedModel) and model.strategy_path]
        chosen = ~models.Q(kind__in=[model._meta.label_lower for model in owned])
        for model in owned:
            rows = model.objects.of_strategy(strategy).order_by().values("pk")
            chosen |= models.Q(kind=model._meta.label_lower, object_id__in=rows)
        return self.filter(chosen)


class SearchManager(models.Manager.from_queryset(SearchEntryQuerySet)):
    """Manager of the index; its words, as long as the texts themselves, stay in the database."""

    def get_queryset(self):
        return super().get_queryset().defer(*WORD_COLUMNS)


class SearchEntry(models.Model):
    """What search knows of one record. Not a record: rebuilt at will, never edited."""

    in_snapshots = True

    kind = models.CharField(max_length=60, help_text="App label and model name of the record.")
    object_id = models.PositiveBigIntegerField()
    code = models.CharField(max_length=60)
    title = models.TextField()
    aliases = models.TextField(blank=True)
    body = models.TextField(blank=True)
    is_link = models.BooleanField(default=False)
    notional = models.BooleanField(default=False)
    earliest = models.DateField(null=True)
    latest = models.DateField(null=True)
    precedence = models.PositiveSmallIntegerField(default=0)
    code_words = models.TextField(blank=True, default="")
    name_words = models.TextField(blank=True, default="")
    alias_words = models.TextField(blank=True, default="")
    text_words = models.TextField(blank=True, default="")
    all_words = models.TextField(blank=True, default="")

    objects = SearchManager()

    # What a finding says of the record; not stored.
    detail = ""

    class Meta:
        verbose_name_plural = "search entries"
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="one_entry_a_record"),
            models.UniqueConstraint(fields=["kind", "object_id"], name="one_entry_a_row"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"

    def get_absolute_url(self) -> str:
        return reverse(f"{self.kind.partition('.')[2]}-detail", kwargs={"code": self.code})

    @property
    def label(self) -> str:
        return self.title
