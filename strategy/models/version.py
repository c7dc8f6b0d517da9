"""The content version of this database; see ``core.versioning``."""

from django.db import models, router

from ..core import versioning


class ContentVersion(models.Model):
    """One row, moved by the database itself at every write. Never written by hand."""

    version = models.BigIntegerField()

    class Meta:
        verbose_name = "content version"

    def __str__(self) -> str:
        return str(self.version)


def content_version() -> int:
    """The version of the content that readers see now: read it before the content it is to vouch for."""
    return versioning.current(ContentVersion._meta.db_table, router.db_for_read(ContentVersion))
