"""Timeline of the members of a framework: one row each, with a date as wide as it is uncertain."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..models import Membership, MembershipStage
from .scale import Scale, Tick

# Pixels: of the drawing, left and above the rows, right of them, of a row.
WIDTH, LEFT, TOP, RIGHT_MARGIN, ROW_HEIGHT = 1150, 250, 34, 20, 30
MIN_YEAR_WIDTH = 40
MAX_ROWS = 80


@dataclass
class StagePoint:
    """A stage of a membership (invited, accepted, recognised) at its date."""

    stage: MembershipStage
    x: float


@dataclass
class MembershipRow:
    """One membership from ``x`` to ``until``, with its date of joining ``width`` wide; ``y`` is its middle.

    ``shape`` is "day" for a known day, "span" for a month or year, "by" where only the latest date is known.
    """

    membership: Membership
    shape: str
    x: float
    width: float
    y: float
    until: float
    stages: list[StagePoint] = field(default_factory=list)

    @property
    def middle(self) -> float:
        """The ``x`` of the middle of the date of joining."""
        return round(self.x + self.width / 2, 1)


@dataclass
class MembershipTimeline:
    """The drawing, and the members without any date."""

    width: float
    height: float
    left: float
    ticks: list[Tick]
    rows: list[MembershipRow]
    undated: list[Membership]


def draw_memberships(memberships: Iterable[Membership]) -> MembershipTimeline | None:
    """The drawing of the dated memberships, the first to join on top; None without any membership."""
    memberships = list(memberships)
    if not memberships:
        return None
    undated = [membership for membership in memberships if membership.since_latest is None]
    dated = [(last, membership) for membership in memberships if (last := membership.since_latest)][:MAX_ROWS]
    dated.sort(key=lambda pair: (pair[0], pair[1].since_earliest is None, pair[1].code_order))
    dates = []
    for last, membership in dated:
        dates += [membership.since_earliest, last, membership.until_latest]
        # A stage may be a term that ends in the far future: its beginning is what counts.
        dates += [stage.earliest for stage in membership.stages.all()]
    if not dated:
        return MembershipTimeline(WIDTH, 0, LEFT, [], [], undated)
    scale = Scale.around(dates, LEFT, WIDTH - LEFT - RIGHT_MARGIN, MIN_YEAR_WIDTH)
    rows = []
    for number, (last, membership) in enumerate(dated):
        rows.append(_place_row(membership, last, scale, TOP + ROW_HEIGHT * number + ROW_HEIGHT / 2))
    height = TOP + ROW_HEIGHT * len(rows) + 8
    return MembershipTimeline(scale.right + RIGHT_MARGIN, height, LEFT, scale.ticks, rows, undated)


def _place_row(membership: Membership, last: datetime.date, scale: Scale, y: float) -> MembershipRow:
    """The row of a membership that began on ``last`` at the latest."""
    until = scale.end(membership.until_latest) if membership.until_latest else scale.right
    if membership.since_earliest is None:
        shape, x = "by", scale.left
    elif membership.since_earliest == last:
        shape, x = "day", scale.x(last)
    else:
        shape, x = "span", scale.x(membership.since_earliest)
    width = 0 if shape == "day" else max(round(scale.end(last) - x, 1), 6)
    stages = [
        StagePoint(stage, scale.x(date))
        for stage in membership.stages.all()
        if (date := stage.earliest or stage.latest)
    ]
    return MembershipRow(membership, shape, x, width, y, until, stages)
