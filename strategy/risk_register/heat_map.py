"""The heat map: risks placed by the likelihood and impact that staff judged, unrated ones apart."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ..models import Risk
from ..models.risks import Level

# Risks drawn in one cell; the rest are one link away.
MAX_PINS = 9
# The highest score of each of the five shades.
SHADES = (3, 7, 11, 19, 25)


def shade(score: int) -> int:
    """Which of the five shades, 1 to 5, a score has."""
    return next(number for number, top in enumerate(SHADES, start=1) if score <= top)


@dataclass
class HeatCell:
    """One pair of likelihood and impact, with the first of its risks and how many more there are."""

    likelihood: Level
    impact: Level
    pins: list[Risk] = field(default_factory=list)
    count: int = 0

    @property
    def score(self) -> int:
        return self.likelihood * self.impact

    @property
    def shade(self) -> int:
        return shade(self.score)

    @property
    def more(self) -> int:
        return self.count - len(self.pins)


class HeatMap:
    """Five by five cells, most likely first, and a tray of unrated risks: ``pinned`` are ``first_of_each_rating()``."""

    impacts = tuple(Level)
    shades = tuple(
        (number, low + 1, high) for number, (low, high) in enumerate(zip((0, *SHADES), SHADES, strict=False), 1)
    )

    def __init__(self, pinned: Iterable[Any]):
        self.rows = [(level, [HeatCell(level, impact) for impact in Level]) for level in reversed(Level)]
        cells = {(cell.likelihood, cell.impact): cell for _, row in self.rows for cell in row}
        self.tray: list[Risk] = []
        unrated: dict[tuple[int | None, int | None], int] = {}
        for risk in pinned:
            if risk.score is None:
                self.tray.append(risk)
                unrated[risk.likelihood, risk.impact] = risk.alike
            else:
                cell = cells[risk.likelihood, risk.impact]
                cell.pins.append(risk)
                cell.count = risk.alike
        self.rated = sum(cell.count for cell in cells.values())
        self.unrated = sum(unrated.values())

    @classmethod
    def from_risks(cls, risks: Iterable[Any]) -> "HeatMap":
        """A map of these risks alone, each drawn."""
        rows = list(risks)
        for risk in rows:
            risk.alike = sum((risk.likelihood, risk.impact) == (row.likelihood, row.impact) for row in rows)
        return cls(rows)

    @property
    def tray_more(self) -> int:
        return self.unrated - len(self.tray)
