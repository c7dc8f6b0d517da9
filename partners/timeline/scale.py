"""Axis of years: dates as places in a drawing."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Tick:
    """The beginning of a year on the axis; ``label`` is the year."""

    x: float
    label: str


@dataclass(frozen=True)
class Scale:
    """Whole years from ``first`` to ``last``, drawn from ``left`` on, each ``year_width`` pixels wide."""

    first: int
    last: int
    left: float
    year_width: float

    @classmethod
    def around(cls, dates: Iterable[datetime.date | None], left: float, room: float, min_year_width: float) -> "Scale":
        """The years that hold all dates, ``room`` pixels wide in all but no year narrower than ``min_year_width``."""
        years = [date.year for date in dates if date is not None] or [datetime.date.min.year]
        first, last = min(years), max(years)
        return cls(first, last, left, max(min_year_width, room / (last - first + 1)))

    @property
    def right(self) -> float:
        """Where the last year ends."""
        return self.left + (self.last - self.first + 1) * self.year_width

    def x(self, date: datetime.date) -> float:
        """Where a day begins; for days outside the years, the nearer end of the axis."""
        start = datetime.date(date.year, 1, 1)
        days = 366 if date.year % 4 == 0 and (date.year % 100 != 0 or date.year % 400 == 0) else 365
        x = self.left + (date.year - self.first + (date - start).days / days) * self.year_width
        return round(min(max(x, self.left), self.right), 1)

    def end(self, date: datetime.date) -> float:
        """Where a day ends."""
        return self.right if date >= datetime.date(self.last, 12, 31) else self.x(date + datetime.timedelta(days=1))

    @property
    def ticks(self) -> list[Tick]:
        """One for each year."""
        return [
            Tick(round(self.left + (year - self.first) * self.year_width, 1), str(year))
            for year in range(self.first, self.last + 1)
        ]
