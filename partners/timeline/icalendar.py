"""Engagements as a calendar file (RFC 5545): whole days, and only where the month at least is known.

A calendar has no way to say "some time in 2026" or "by July": such engagements stay on the page.
"""

import datetime
import re
from collections.abc import Callable, Iterable

from icalendar import Calendar, Event

from ..models import Engagement

PRODUCT = "-//Strategy knowledge base//Engagements//EN"
MONTH_OR_DAY = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")
STATUS = {Engagement.Status.PLANNED: "TENTATIVE", Engagement.Status.DELAYED: "TENTATIVE"}


def in_calendar(one: Engagement) -> bool:
    """Whether the start is known to the month at least."""
    return bool(MONTH_OR_DAY.fullmatch(one.start))


def calendar(engagements: Iterable[Engagement], address: Callable[[Engagement], str]) -> bytes:
    """The calendar of those engagements whose month is known; ``address`` gives each one's page."""
    file = Calendar()
    file.add("prodid", PRODUCT)
    file.add("version", "2.0")
    file.add("x-wr-calname", "Engagements")
    for one in engagements:
        last = one.end_latest or one.start_latest
        if in_calendar(one) and last:
            file.add_component(_event(one, last, address(one)))
    return file.to_ical()


def _event(one: Engagement, last: datetime.date, address: str) -> Event:
    event = Event()
    # The code is never reused, so that a later file replaces the event and does not double it.
    event.add("uid", f"engagement-{one.code}@strategy-knowledge-base")
    event.add("dtstamp", one.updated)
    event.add("summary", one.name)
    event.add("dtstart", one.start_earliest)
    event.add("dtend", last + datetime.timedelta(days=1))
    event.add("description", "\n".join(filter(None, (one.summary, f"As dated by the sources: {one.when}.", address))))
    if one.location:
        event.add("location", one.location)
    event.add("categories", [str(one.get_kind_display())])
    event.add("status", STATUS.get(Engagement.Status(one.status), "CONFIRMED"))
    event.add("transp", "TRANSPARENT")
    event.add("url", address)
    return event
