"""The content version of this database; see ``core.versioning``."""

from contextvars import ContextVar

from django.core.signals import request_finished, request_started
from django.db import models, router
from django.dispatch import receiver

from ..core.cache.content_version import current_version

# What the request now being answered has seen: a list, empty until it asks; None outside of requests.
_seen: ContextVar[list[int] | None] = ContextVar("content_version_seen", default=None)


class ContentVersion(models.Model):
    """One row, moved by the database itself at every write. Never written by hand."""

    version = models.BigIntegerField()

    class Meta:
        verbose_name = "content version"

    def __str__(self) -> str:
        return str(self.version)


def content_version() -> int:
    """The version of the content that readers see now: read it before the content it is to vouch for."""
    return current_version(ContentVersion._meta.db_table, router.db_for_read(ContentVersion))


def version_of_request() -> int:
    """The version as this request first saw it, for one query however often it is asked; else the current one."""
    seen = _seen.get()
    if seen is None:
        return content_version()
    if not seen:
        seen.append(content_version())
    return seen[0]


@receiver(request_started)
def begin(**_: object) -> None:
    _seen.set([])


@receiver(request_finished)
def end(**_: object) -> None:
    _seen.set(None)
