"""The clock: which day it is, and how long ago counts as old. Rules about age ask here and nowhere else."""

import datetime

from django.utils import timezone


def a_year_ago() -> datetime.date:
    """The same day of the year before, in the site's time zone."""
    today = timezone.localdate()
    # 29 February has no such day.
    day = 28 if (today.month, today.day) == (2, 29) else today.day
    return today.replace(year=today.year - 1, day=day)
