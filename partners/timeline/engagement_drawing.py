"""Timeline of engagements: marks (bars and circles) in lanes, a line for today, and a list of the undated.

Geometry only: the template writes the picture, the list beside it says the same in words.
"""

import datetime
import re
import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from ..models import Engagement
from .scale import Scale, Tick

# Pixels: of the drawing, left and above the lanes, of a row of marks.
WIDTH, LEFT, TOP, ROW_HEIGHT = 1150, 132, 42, 28
# Letters of a line of a lane's name, and its height in pixels.
LABEL_LETTERS, LABEL_HEIGHT = 16, 17
# The years before the first that has this share of the marks before it are not drawn: they are nearly empty.
SPARSE_SHARE = 0.1
# Room for the word "Today" at the right.
RIGHT_MARGIN = 24
# The smallest width a finger can hit: no two marks of a row are nearer to each other.
TARGET_WIDTH = 24
MIN_YEAR_WIDTH = 45
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass
class EngagementMark:
    """One engagement in one lane: a circle for a day, a bar for more.

    ``shape`` is "day" for a known day, "range" for known days, "vague" for a month or year, "by" where only the end
    is known. ``row`` counts from 0 in the lane; ``y`` is the middle of the row.
    """

    engagement: Engagement
    shape: str
    x: float
    width: float
    row: int = 0
    y: float = 0

    @property
    def hit_x(self) -> float:
        """The left edge of the area that can be pointed at."""
        return round(self.x - max(0, TARGET_WIDTH - self.width) / 2, 1)

    @property
    def hit_width(self) -> float:
        """Its width."""
        return max(self.width, TARGET_WIDTH)

    @property
    def middle(self) -> float:
        """The ``x`` of its middle."""
        return round(self.x + self.width / 2, 1)


@dataclass
class Lane:
    """One group of marks, in as many rows as keep them apart; ``y`` is its upper edge."""

    label: str
    marks: list[EngagementMark]
    y: float = 0
    rows: int = 1

    @property
    def label_lines(self) -> list[tuple[float, str]]:
        """The name in lines that fit beside the drawing, each with the ``y`` of its middle."""
        lines = textwrap.wrap(self.label, LABEL_LETTERS)[: self.height // LABEL_HEIGHT]
        top = self.middle - LABEL_HEIGHT * (len(lines) - 1) / 2
        return [(top + LABEL_HEIGHT * number, line) for number, line in enumerate(lines)]

    @property
    def height(self) -> int:
        return self.rows * ROW_HEIGHT + 12

    @property
    def middle(self) -> float:
        """The ``y`` of its middle."""
        return self.y + self.height / 2


@dataclass
class Timeline:
    """The whole drawing. ``today`` is the ``x`` of today, None where it lies outside the years shown.

    ``earlier`` are those that were over before the years in which there is something to see.
    """

    width: float
    height: float
    left: float
    ticks: list[Tick]
    lanes: list[Lane]
    today: float | None
    undated: list[Engagement] = field(default_factory=list)
    earlier: list[Engagement] = field(default_factory=list)

    @property
    def room(self) -> float:
        """The width beside the names of the lanes, which are a drawing of their own."""
        return self.width - self.left

    @property
    def first_year(self) -> str:
        """The year on the left."""
        return self.ticks[0].label if self.ticks else ""

    @property
    def marks(self) -> int:
        """How many marks there are."""
        return sum(len(lane.marks) for lane in self.lanes)


def draw_timeline(
    engagements: Iterable[Engagement], lanes_of: Callable[[Engagement], Sequence[str]], today: datetime.date
) -> Timeline:
    """The drawing of ``engagements``, each in every lane whose label ``lanes_of`` gives for it."""
    dated: list[tuple[Engagement, datetime.date]] = []
    undated: list[Engagement] = []
    for engagement in engagements:
        if last := engagement.end_latest or engagement.start_latest:
            dated.append((engagement, last))
        else:
            undated.append(engagement)
    if not dated:
        return Timeline(WIDTH, 0, LEFT, [], [], None, undated)
    first_year = _dense_from(last.year for _, last in dated)
    earlier = [engagement for engagement, last in dated if last.year < first_year]
    dated = [(engagement, last) for engagement, last in dated if last.year >= first_year]
    dates = [date for engagement, last in dated for date in (engagement.start_earliest, engagement.start_latest, last)]
    dates = [date for date in dates if date is None or date.year >= first_year]
    scale = Scale.around(dates, LEFT, WIDTH - LEFT - RIGHT_MARGIN, MIN_YEAR_WIDTH)
    lanes: dict[str, Lane] = {}
    for engagement, last in dated:
        for label in lanes_of(engagement):
            lanes.setdefault(label, Lane(label, [])).marks.append(_place_mark(engagement, last, scale))
    y = float(TOP)
    sorted_lanes = sorted(lanes.values(), key=lambda lane: lane.label)
    for lane in sorted_lanes:
        lane.y, lane.rows = y, _assign_rows(lane.marks)
        for mark in lane.marks:
            mark.y = y + 6 + mark.row * ROW_HEIGHT + ROW_HEIGHT / 2
        y += lane.height
    today_x = scale.x(today) if scale.first <= today.year <= scale.last else None
    return Timeline(scale.right + RIGHT_MARGIN, y + 6, LEFT, scale.ticks, sorted_lanes, today_x, undated, earlier)


def _dense_from(years: Iterable[int]) -> int:
    """The first year to draw: not more than a tenth of the marks lie before it."""
    ordered = sorted(years)
    return ordered[int(len(ordered) * SPARSE_SHARE)]


def _place_mark(engagement: Engagement, last: datetime.date, scale: Scale) -> EngagementMark:
    """The mark of an engagement, which ends on ``last``; a date known to the month or year is a bar of that width."""
    start, end, right = engagement.start, engagement.end, scale.end(last)
    if engagement.start_earliest is None:
        width = min(TARGET_WIDTH, right - scale.left)
        return EngagementMark(engagement, "by", max(scale.left, right - TARGET_WIDTH), width)
    x = scale.x(engagement.start_earliest)
    exact = bool(DAY.fullmatch(start)) and (not end or bool(DAY.fullmatch(end)))
    if exact and (not end or end == start):
        return EngagementMark(engagement, "day", x - 7, 14)
    width = max(round(right - x, 1), 12)
    return EngagementMark(engagement, "range" if exact else "vague", min(x, scale.right - width), width)


def _assign_rows(marks: list[EngagementMark]) -> int:
    """Sets the ``row`` of each mark so that none touch; returns the number of rows."""
    ends: list[float] = []
    for mark in sorted(marks, key=lambda mark: (mark.hit_x, mark.engagement.code_order)):
        mark.row = next((row for row, end in enumerate(ends) if end <= mark.hit_x), len(ends))
        if mark.row == len(ends):
            ends.append(0)
        ends[mark.row] = mark.hit_x + mark.hit_width + 1
    return len(ends)
