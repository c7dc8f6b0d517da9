"""Who joined a framework when, as a drawing: a row a member, dates as wide as they are uncertain."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..models import Membership, MembershipStage
from .scale import Scale, Tick

WIDTH, LEFT, TOP, ROW = 1150, 250, 34, 30
LEAST_YEAR = 40
MOST_ROWS = 80


@dataclass
class StagePoint:
    """A step on the way in: invited, accepted, recognised."""

    stage: MembershipStage
    x: float


@dataclass
class Row:
    """One membership. ``shape``: "day" for a known day, "span" for a month or year, "by" where the start is unknown."""

    membership: Membership
    shape: str
    x: float
    width: float
    y: float
    until: float
    stages: list[StagePoint] = field(default_factory=list)

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


@dataclass
class Joining:
    """The drawing, and the members without any date."""

    width: float
    height: float
    left: float
    ticks: list[Tick]
    rows: list[Row]
    undated: list[Membership]


def joining(memberships: Iterable[Membership]) -> Joining | None:
    """The drawing of the dated memberships, the first to join on top; None where there are no members."""
    memberships = list(memberships)
    if not memberships:
        return None
    undated = [one for one in memberships if one.since_latest is None]
    dated = [(last, one) for one in memberships if (last := one.since_latest)][:MOST_ROWS]
    dated.sort(key=lambda pair: (pair[0], pair[1].since_earliest is None, pair[1].code_order))
    dates = [date for last, one in dated for date in (one.since_earliest, last, one.until_latest)]
    # A step may be a term that ends in the far future: its beginning is what counts.
    dates += [stage.earliest for _, one in dated for stage in one.stages.all()]
    if not dated:
        return Joining(WIDTH, 0, LEFT, [], [], undated)
    scale = Scale.around(dates, LEFT, WIDTH - LEFT - 20, LEAST_YEAR)
    rows = [_row(one, last, scale, TOP + ROW * place + ROW / 2) for place, (last, one) in enumerate(dated)]
    return Joining(scale.right + 20, TOP + ROW * len(rows) + 8, LEFT, scale.ticks, rows, undated)


def _row(one: Membership, last: datetime.date, scale: Scale, y: float) -> Row:
    right = scale.end(last)
    until = scale.end(one.until_latest) if one.until_latest else scale.right
    if one.since_earliest is None:
        shape, x = "by", scale.left
    elif one.since_earliest == last:
        shape, x = "day", scale.x(last)
    else:
        shape, x = "span", scale.x(one.since_earliest)
    width = 0 if shape == "day" else max(round(right - x, 1), 6)
    steps = [(stage, stage.earliest or stage.latest) for stage in one.stages.all()]
    stages = [StagePoint(stage, scale.x(date)) for stage, date in steps if date]
    return Row(one, shape, x, width, y, until, stages)
