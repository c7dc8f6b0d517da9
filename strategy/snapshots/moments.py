"""The parameter ``as_of``: which moment is meant, and the content version that it names."""

import datetime
import re

from django.utils import timezone

from ..core.cache import content_version
from ..core.models.dates import PLAIN_DATE, date_bounds
from ..core.params import BadParametersError, printable
from ..core.snapshots import Snapshot
from ..history.models import Change
from ..models.content_version import content_version as live_version

PARAMETER = "as_of"
PATH = "as-of"
# Years have four.
VERSION = re.compile(r"[0-9]{5,19}")
EXAMPLE = "2026-03-01, 2026-03, 2026-03-01T08:00:00Z or a version number"


def as_of(value: str) -> Snapshot:
    """The snapshot that a value of ``as_of`` names; raises BadParametersError.

    A day, a month and a year mean their end in UTC, and one that has not ended means now.
    """
    now = live_version()
    began = Change.objects.order_by("version").values_list("version", flat=True).first() or now
    if VERSION.fullmatch(value):
        return at_version(int(value), began, now)
    moment = parse_moment(value)
    number = content_version.version_at(moment)
    if number < began:
        raise _problem(f"The change log began on {_in_words(began)}: what the content was before is not known.")
    if number >= now:
        return _snapshot_of(now, now)
    changes = Change.objects.filter(version__lte=number).order_by("-version")
    return _snapshot_of(changes.values_list("version", flat=True)[:1].get(), now)


def at_version(version: int, began: int, now: int) -> Snapshot:
    """The snapshot of a version that the content has had."""
    if version != now and not Change.objects.filter(version=version).exists():
        raise _problem(
            f"The content has never had the version {version}. Give a moment instead, such as {EXAMPLE.split(',')[0]}; "
            f"the change log began on {_in_words(began)}."
        )
    return _snapshot_of(version, now)


def _snapshot_of(version: int, now: int) -> Snapshot:
    return Snapshot(f"{PATH}/{version}/", version, is_live=version == now)


def parse_moment(value: str) -> datetime.datetime:
    """The last instant of a day, month or year, at most now; or the moment itself, which has its zone."""
    now = timezone.now()
    if PLAIN_DATE.fullmatch(value):
        try:
            first, last = date_bounds(value)
        except ValueError:
            first = last = None
        if first is None or last is None:
            raise _not_understood(value)
        if _start_of(first) > now:
            raise _in_future(value)
        # Years after 9998 are refused as the future.
        return min(_start_of(last + datetime.timedelta(days=1)) - datetime.timedelta(microseconds=1), now)
    try:
        # A plus sign is a space in an address.
        moment = datetime.datetime.fromisoformat(re.sub(r" (?=[0-9:]+$)", "+", value))
    except ValueError:
        raise _not_understood(value) from None
    if moment.tzinfo is None:
        raise _problem(f"'{printable(value)}' has no time zone: add Z for UTC, as in 2026-03-01T08:00:00Z.")
    if moment > now:
        raise _in_future(value)
    return moment


def _start_of(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), datetime.UTC)


def _in_words(version: int) -> str:
    return f"{content_version.version_time(version):%Y-%m-%d at %H:%M:%S} UTC"


def _problem(text: str) -> BadParametersError:
    return BadParametersError({PARAMETER: [text]})


def _not_understood(value: str) -> BadParametersError:
    return _problem(f"'{printable(value)}' is not a moment. Give a day, a month, a year or a moment: {EXAMPLE}.")


def _in_future(value: str) -> BadParametersError:
    return _problem(f"'{printable(value)}' is in the future: leave as_of out to read the content of today.")
