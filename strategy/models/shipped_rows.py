"""What was loaded from fixtures, so that the next load can tell it from what people have edited since."""

from django.db import models


class ShippedRow(models.Model):
    """One row of the fixtures as it was last loaded: its values, and a digest of each. Not content, never edited."""

    model = models.CharField(max_length=60, help_text="App label and model name.")
    key = models.TextField(help_text="What tells the row from others in its fixture, as JSON.")
    digests = models.JSONField(help_text="By name of field; a value that is the default has none.")
    values = models.JSONField(null=True, help_text="The values themselves; none where an earlier release loaded it.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["model", "key"], name="one_shipped_row")]

    def __str__(self) -> str:
        return f"{self.model} {self.key}"
