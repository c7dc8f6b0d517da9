"""The content version of this database: its table, and the function that reads it. See ``core.cache``."""

from django.db import models, router

from ..core.cache.content_version import current_version


class ContentVersion(models.Model):
    """One row, moved by the database itself at every write, and locked by who writes. See ``strategy.history``."""

    in_snapshots = True

    version = models.BigIntegerField()
    acting = models.BooleanField(default=False, help_text="A change set is being written: the version stands still.")

    class Meta:
        verbose_name = "content version"

    def __str__(self) -> str:
        return str(self.version)


def content_version() -> int:
    """The content version now: one query. Read it before the content that is to be cached under it."""
    return current_version(ContentVersion._meta.db_table, router.db_for_read(ContentVersion))
