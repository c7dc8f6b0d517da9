"""Change sets as an Atom feed."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from ..core.models import NOT_IN_XML
from .log import LogEntry
from .wording import DescribedChange


class ChangeFeed(Feed):
    """The feed of some entries of the log, the newest first; ``address`` is its own."""

    feed_type = Atom1Feed
    subtitle = "Who changed what of the content, when and why."

    def __init__(self, entries: Sequence[LogEntry], address: str):
        self.entries, self.address = entries, address

    def title(self) -> str:
        return f"What changed: {settings.SITE_NAME}"

    def link(self) -> str:
        return reverse("changes")

    def feed_url(self) -> str:
        return self.address

    def items(self) -> Sequence[LogEntry]:
        return self.entries

    def item_title(self, item: LogEntry) -> str:
        return clean(f"{item.title}: {in_line(item)}")

    def item_description(self, item: LogEntry) -> str:
        return clean(f"{item.reason} {in_line(item)}")

    def item_link(self, item: LogEntry) -> str:
        return reverse("change-set", args=[item.version])

    def item_guid(self, item: LogEntry) -> str:
        # Not an address: it stays when the site moves.
        return f"urn:change-set:{item.version}"

    def item_author_name(self, item: LogEntry) -> str:
        return clean(item.editor)

    def item_pubdate(self, item: LogEntry) -> Any:
        return item.at

    item_updateddate = item_pubdate


def in_line(entry: LogEntry) -> str:
    """What a change set did, in one line."""
    if entry.counts:
        numbers = (f"{row.kind} ({row.added + row.changed + row.deleted})" for row in entry.counts)
        return ", ".join(numbers)
    return "; ".join(_in_line(change) for group in entry.records for change in group.changes)


def _in_line(change: DescribedChange) -> str:
    part = f", {change.part}" if change.part else ""
    return f"{change.verb.lower()} {change.record.kind.lower()} {change.record.code}{part}"


def clean(text: str) -> str:
    """The text without what XML cannot hold."""
    return NOT_IN_XML.sub("", text)
