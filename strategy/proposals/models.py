"""Proposals as they are stored. They are no content: nothing of them is in the change log, search or files."""

from django.conf import settings
from django.db import models

from ..history.models import ChangeSet


class Proposal(models.Model):
    """A change that somebody proposed: what is to be done, what it would change, and what became of it."""

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        ACCEPTED = "accepted", "Accepted"
        DISCARDED = "discarded", "Discarded"

    operation = models.CharField(max_length=40, help_text="Name of its operation.")
    parameters = models.JSONField(help_text="The operation's fields.")
    title = models.CharField(max_length=300)
    reason = models.TextField(blank=True)
    preview = models.JSONField(help_text="What it would change, see ``Preview``.")
    base_version = models.BigIntegerField(help_text="The content version for which the preview was made.")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    actor_name = models.CharField(max_length=150, blank=True, help_text="Stays when the account goes.")
    created = models.DateTimeField(auto_now_add=True)
    status = models.CharField(max_length=9, choices=Status, default=Status.OPEN, db_index=True)
    decided_by_name = models.CharField(max_length=150, blank=True)
    decided = models.DateTimeField(null=True, blank=True)
    change_set = models.ForeignKey(ChangeSet, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-created", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN
