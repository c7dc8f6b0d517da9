"""Engagements as a calendar file (RFC 5545): whole days, and only where the month at least is known.

A calendar has no way to say "some time in 2026" or "by July": such engagements stay on the page.
"""

import datetime
import re
from collections.abc import Callable, Iterable

from icalendar import Calendar, Event

from ..models import Engagement

PRODUCT_ID = "-//Strategy knowledge base//Engagements//EN"
MONTH_OR_DAY = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")
# The calendar's word for a status; CONFIRMED for all others.
STATUSES = {Engagement.Status.PLANNED: "TENTATIVE", Engagement.Status.DELAYED: "TENTATIVE"}


def fits_calendar(engagement: Engagement) -> bool:
    """Whether the start is known to the month at least."""
    return bool(MONTH_OR_DAY.fullmatch(engagement.start))


def build_calendar(engagements: Iterable[Engagement], address: Callable[[Engagement], str]) -> bytes:
    """The file with those engagements that fit a calendar; ``address`` gives the absolute URL of an engagement."""
    file = Calendar()
    file.add("prodid", PRODUCT_ID)
    file.add("version", "2.0")
    file.add("x-wr-calname", "Engagements")
    for engagement in engagements:
        last = engagement.end_latest or engagement.start_latest
        if fits_calendar(engagement) and last:
            file.add_component(_build_event(engagement, last, address(engagement)))
    return file.to_ical()


def _build_event(engagement: Engagement, last: datetime.date, address: str) -> Event:
    event = Event()
    # The code is never reused, so that a later file replaces the event and does not double it.
    event.add("uid", f"engagement-{engagement.code}@strategy-knowledge-base")
    event.add("dtstamp", engagement.updated)
    event.add("summary", engagement.name)
    event.add("dtstart", engagement.start_earliest)
    event.add("dtend", last + datetime.timedelta(days=1))
    event.add(
        "description",
        "\n".join(filter(None, (engagement.summary, f"As dated by the sources: {engagement.when}.", address))),
    )
    if engagement.location:
        event.add("location", engagement.location)
    event.add("categories", [str(engagement.get_kind_display())])
    event.add("status", STATUSES.get(Engagement.Status(engagement.status), "CONFIRMED"))
    event.add("transp", "TRANSPARENT")
    event.add("url", address)
    return event
