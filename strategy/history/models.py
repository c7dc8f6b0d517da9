"""The change log: one row for each row that was changed, written by the database itself, and its change sets."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from ..core.models.texts import validate_characters
from .querysets import ChangeQuerySet

# Characters of a reason, for forms too.
MAX_REASON = 1000


def validate_reason(text: str) -> None:
    """ValidationError unless ``text`` can be kept as the reason of a change set; for the field and for forms."""
    if len(text) > MAX_REASON:
        raise ValidationError(
            f"The reason has {len(text):,} characters. Keep it within {MAX_REASON:,}.", code="max_length"
        )
    validate_characters(text.replace("\r\n", "\n"), lines=True)


class ChangeSet(models.Model):
    """Changes that somebody made at once, for one reason: all of them are in the database, or none."""

    class Kind(models.TextChoices):
        EDIT = "edit", "Edit"
        LOAD = "load", "Content loaded"
        SAMPLE = "sample", "Sample data"
        BULK = "bulk", "Bulk change"
        IMPORT = "import", "Workbook import"
        REORGANIZATION = "reorganization", "Organizational change"
        UNDO = "undo", "Undo"
        RESTORE = "restore", "Restore"

    # The content version before it, known while it is written.
    base: int

    version = models.BigIntegerField(primary_key=True, help_text="The content version from these changes on.")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", help_text="None: a command."
    )
    actor_name = models.CharField(max_length=150, blank=True, help_text="Stays when the account goes.")
    reason = models.TextField(blank=True, validators=[validate_reason])
    kind = models.CharField(max_length=20, choices=Kind)
    undoes = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="undone_by")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} by {self.actor_name or 'a command'}, {self.at:%Y-%m-%d %H:%M}"

    @property
    def changes(self) -> ChangeQuerySet:
        """The changes of this set, first to last."""
        return Change.objects.filter(version=self.version)


class Change(models.Model):
    """What a row of content was before it was changed. Written by triggers alone; its state after is the next
    change's ``before``, or the row itself.

    A change whose version is that of no change set was made by plain SQL, or by code that did not say for whom.
    """

    class Operation(models.TextChoices):
        INSERT = "insert", "Added"
        UPDATE = "update", "Changed"
        DELETE = "delete", "Deleted"

    version = models.BigIntegerField(db_index=True)
    table = models.CharField(max_length=63)
    row = models.BigIntegerField()
    operation = models.CharField(max_length=6, choices=Operation)
    before = models.JSONField(
        null=True, encoder=DjangoJSONEncoder, help_text="Every column of the row; none where it was added."
    )

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["table", "row", "id"], name="change_of_row")]

    def __str__(self) -> str:
        return f"{self.table} {self.row}: {self.operation}"
