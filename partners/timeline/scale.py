"""Dates on a line: the years axis that drawings share."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Tick:
    """The first day of a year on the axis."""

    x: float
    label: str


@dataclass(frozen=True)
class Scale:
    """Whole years from ``first`` to ``last``, drawn from ``left`` on, each ``per_year`` wide."""

    first: int
    last: int
    left: float
    per_year: float

    @classmethod
    def around(cls, dates: Iterable[datetime.date | None], left: float, room: float, least: float) -> "Scale":
        """The years that hold all dates, as wide as there is room but no year narrower than ``least``."""
        years = [date.year for date in dates if date is not None] or [datetime.date.min.year]
        first, last = min(years), max(years)
        return cls(first, last, left, max(least, room / (last - first + 1)))

    @property
    def right(self) -> float:
        return self.left + (self.last - self.first + 1) * self.per_year

    def x(self, date: datetime.date) -> float:
        """Where a day begins; days outside the years stand at the edge."""
        start = datetime.date(date.year, 1, 1)
        days = 366 if date.year % 4 == 0 and (date.year % 100 != 0 or date.year % 400 == 0) else 365
        place = self.left + (date.year - self.first + (date - start).days / days) * self.per_year
        return round(min(max(place, self.left), self.right), 1)

    def end(self, date: datetime.date) -> float:
        """Where a day ends."""
        return self.right if date >= datetime.date(self.last, 12, 31) else self.x(date + datetime.timedelta(days=1))

    @property
    def ticks(self) -> list[Tick]:
        return [
            Tick(round(self.left + (year - self.first) * self.per_year, 1), str(year))
            for year in range(self.first, self.last + 1)
        ]
