"""Timeline of a framework up to today: a row for each member and agreement, its date as wide as it is uncertain."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain

from strategy.core.models import display_date

from ..models import Agreement, Membership
from .scale import Scale, Tick

# Pixels: of the drawing, left and above the rows, right of them, of a row.
WIDTH, LEFT, TOP, RIGHT_MARGIN, ROW_HEIGHT = 1150, 250, 34, 20, 30
MIN_YEAR_WIDTH = 40
MAX_ROWS = 80


@dataclass
class StagePoint:
    """A stage of a membership (invited, accepted, recognized), or a later role of the same partner, at its date."""

    label: str
    x: float


@dataclass
class MembershipRow:
    """One partner or agreement from ``x`` to ``until``, with its first date ``width`` wide; ``y`` is its middle.

    ``shape`` is "day" for a known day, "span" for a month or year, "by" where only the latest date is known.
    """

    name: str
    url: str
    words: str
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

    @property
    def room(self) -> float:
        """The width right of the names."""
        return self.width - self.left


def draw_memberships(
    memberships: Iterable[Membership], agreements: Iterable[Agreement], today: datetime.date
) -> MembershipTimeline | None:
    """The drawing of the dated memberships, the first to join on top, then of the agreements; None without any."""
    memberships = list(memberships)
    signed = sorted((row for row in agreements if row.latest), key=lambda row: (row.latest, row.code_order))[:MAX_ROWS]
    if not memberships and not signed:
        return None
    undated = [membership for membership in memberships if membership.since_latest is None]
    dated = _by_partner(membership for membership in memberships if membership.since_latest)[:MAX_ROWS]
    dates: list[datetime.date | None] = [today, *(agreement.earliest or agreement.latest for agreement in signed)]
    for membership in chain.from_iterable(dated):
        dates += [membership.since_earliest, membership.since_latest, membership.until_latest]
        # A stage may be a term that ends in the far future: its beginning is what counts.
        dates += [stage.earliest for stage in membership.stages.all()]
    if not dated and not signed:
        return MembershipTimeline(WIDTH, 0, LEFT, [], [], undated)
    scale = Scale.around(dates, LEFT, WIDTH - LEFT - RIGHT_MARGIN, MIN_YEAR_WIDTH)
    rows = []
    for number, roles in enumerate(dated):
        rows.append(_place_partner(roles, scale, TOP + ROW_HEIGHT * number + ROW_HEIGHT / 2, today))
    for number, agreement in enumerate(signed, len(rows)):
        rows.append(_place_agreement(agreement, scale, TOP + ROW_HEIGHT * number + ROW_HEIGHT / 2, today))
    height = TOP + ROW_HEIGHT * len(rows) + 8
    return MembershipTimeline(scale.right + RIGHT_MARGIN, height, LEFT, scale.ticks, rows, undated)


def _by_partner(dated: Iterable[Membership]) -> list[list[Membership]]:
    """The memberships of each partner, its first role and the partner that joined first before the others."""
    roles: dict[int, list[Membership]] = defaultdict(list)
    for membership in sorted(dated, key=lambda row: (row.since_latest, row.since_earliest is None, row.code_order)):
        roles[membership.partner_id].append(membership)
    return list(roles.values())


def _place_partner(roles: list[Membership], scale: Scale, y: float, today: datetime.date) -> MembershipRow:
    """The row of a partner in its roles, which began with the first of them."""
    first = roles[0]
    last = first.since_latest or today
    shape, x, width = _first_date(first.since_earliest, last, scale)
    points, words = [], []
    for membership in roles:
        words.append(f"{membership.get_role_display().lower()}, {display_date(membership.since)}")
        if membership is not first:
            points.append(StagePoint(words[-1], scale.x(membership.since_earliest or membership.since_latest or last)))
        for stage in membership.stages.all():
            if date := stage.earliest or stage.latest:
                points.append(StagePoint(str(stage), scale.x(date)))
                words.append(str(stage))
    until = max(last, *(membership.until_latest or today for membership in roles))
    partner = first.partner
    return MembershipRow(
        partner.name, partner.get_absolute_url(), ", ".join(words), shape, x, width, y, scale.end(until), points
    )


def _place_agreement(agreement: Agreement, scale: Scale, y: float, today: datetime.date) -> MembershipRow:
    """The row of an agreement, from its date to today: whether it is still in force is not known."""
    last = agreement.latest or today
    shape, x, width = _first_date(agreement.earliest, last, scale)
    words = f"agreement, {display_date(agreement.date)}"
    url = agreement.get_absolute_url()
    return MembershipRow(agreement.label, url, words, shape, x, width, y, scale.end(max(today, last)))


def _first_date(earliest: datetime.date | None, last: datetime.date, scale: Scale) -> tuple[str, float, float]:
    """Shape, place and width of the date on which something began: on ``last`` at the latest."""
    if earliest is None:
        shape, x = "by", scale.left
    elif earliest == last:
        shape, x = "day", scale.x(last)
    else:
        shape, x = "span", scale.x(earliest)
    return shape, x, 0 if shape == "day" else max(round(scale.end(last) - x, 1), 6)
