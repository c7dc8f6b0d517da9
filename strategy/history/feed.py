"""``/changes.atom``: the newest change sets as an Atom feed, with the filters of the page."""

from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from ..core import params
from ..core.filters import url_with_params
from ..core.models import NOT_IN_XML
from ..core.views import StrictPage
from .log import LogEntry, read_entries
from .request import NAMES, LogParams
from .wording import DescribedChange

MAX_ENTRIES = 30


def feed_url(query: QueryDict) -> str:
    """The address of the feed of what a page shows."""
    return url_with_params(reverse("changes-feed"), params.select_params(query, NAMES))


class ChangeFeed(Feed):
    """The feed of the change sets that the parameters ask for."""

    feed_type = Atom1Feed
    subtitle = "Who changed what of the content, when and why."

    def title(self) -> str:
        return f"What changed: {settings.SITE_NAME}"

    def link(self) -> str:
        return reverse("changes")

    def feed_url(self) -> str:
        return self.address

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> LogParams:
        self.address = request.get_full_path()
        return LogParams.from_query(request.GET)

    def items(self, asked: LogParams) -> list[LogEntry]:
        return read_entries(list(asked.versions()[:MAX_ENTRIES]))

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


class ChangeFeedPage(StrictPage):
    """The address of the feed: parameters are read as on the page, and refused as there."""

    query_params = NAMES

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return ChangeFeed()(request)
