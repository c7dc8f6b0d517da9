"""Engagements over time as a drawing: lanes, bars and circles, a line for today, and a tray for the undated.

Geometry only: the template writes the picture, the list beside it says the same in words.
"""

import datetime
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from ..models import Engagement
from .scale import Scale, Tick

WIDTH, LEFT, TOP, ROW = 1150, 170, 42, 28
# Room for the word "Today" at the right.
EDGE = 24
# The smallest a finger can hit, so that no two marks of a row are nearer to each other.
TARGET = 24
LEAST_YEAR = 45
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass
class Mark:
    """One engagement in one lane: a circle for a day, a bar for more, ``shape`` says which and how sure."""

    engagement: Engagement
    shape: str
    x: float
    width: float
    row: int = 0
    y: float = 0

    @property
    def hit_x(self) -> float:
        """The left edge of what can be pointed at."""
        return round(self.x - max(0, TARGET - self.width) / 2, 1)

    @property
    def hit_width(self) -> float:
        return max(self.width, TARGET)

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


@dataclass
class Lane:
    """One group of marks, in as many rows as keep them apart."""

    label: str
    marks: list[Mark]
    y: float = 0
    rows: int = 1

    @property
    def height(self) -> int:
        return self.rows * ROW + 12

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


@dataclass
class Timeline:
    """The whole drawing; ``today`` is None where it lies outside the years shown."""

    width: float
    height: float
    left: float
    ticks: list[Tick]
    lanes: list[Lane]
    today: float | None
    undated: list[Engagement] = field(default_factory=list)

    @property
    def marks(self) -> int:
        return sum(len(lane.marks) for lane in self.lanes)


def timeline(
    engagements: Iterable[Engagement], lanes_of: Callable[[Engagement], Sequence[str]], today: datetime.date
) -> Timeline:
    """The drawing of ``engagements``; one that belongs to several lanes stands in each of them."""
    engagements = list(engagements)
    dated = [(one, last) for one in engagements if (last := one.end_latest or one.start_latest)]
    undated = [one for one in engagements if not (one.end_latest or one.start_latest)]
    if not dated:
        return Timeline(WIDTH, 0, LEFT, [], [], None, undated)
    ends = [date for one, last in dated for date in (one.start_earliest, one.start_latest, last)]
    scale = Scale.around(ends, LEFT, WIDTH - LEFT - EDGE, LEAST_YEAR)
    lanes: dict[str, Lane] = {}
    for one, last in dated:
        for label in lanes_of(one):
            lanes.setdefault(label, Lane(label, [])).marks.append(_mark(one, last, scale))
    y = float(TOP)
    drawn = sorted(lanes.values(), key=lambda lane: lane.label)
    for lane in drawn:
        lane.y, lane.rows = y, _stack(lane.marks)
        for mark in lane.marks:
            mark.y = y + 6 + mark.row * ROW + ROW / 2
        y += lane.height
    shown = scale.first <= today.year <= scale.last
    return Timeline(scale.right + EDGE, y + 6, LEFT, scale.ticks, drawn, scale.x(today) if shown else None, undated)


def _mark(one: Engagement, last: datetime.date, scale: Scale) -> Mark:
    """A day is a circle; a range, and a date known to the month or year only, a bar of that width."""
    open_ended = one.start_earliest is None
    x, right = scale.x(one.start_earliest or last), scale.end(last)
    exact = bool(DAY.fullmatch(one.start)) and (not one.end or bool(DAY.fullmatch(one.end)))
    if open_ended:
        return Mark(one, "by", max(scale.left, right - TARGET), min(TARGET, right - scale.left))
    if exact and (not one.end or one.end == one.start):
        return Mark(one, "day", x - 7, 14)
    width = max(round(right - x, 1), 12)
    return Mark(one, "range" if exact else "vague", min(x, scale.right - width), width)


def _stack(marks: list[Mark]) -> int:
    """Puts marks that would touch into further rows; how many rows that takes."""
    ends: list[float] = []
    for mark in sorted(marks, key=lambda mark: (mark.hit_x, mark.engagement.code_order)):
        mark.row = next((row for row, end in enumerate(ends) if end <= mark.hit_x), len(ends))
        if mark.row == len(ends):
            ends.append(0)
        ends[mark.row] = mark.hit_x + mark.hit_width + 1
    return len(ends)
