"""The sheets a brief is written on, and what stands around it there."""

from dataclasses import dataclass

# Width and height in millimeters.
PAPERS = {"letter": (215.9, 279.4), "a4": (210.0, 297.0)}
NOTIONAL_MARK = "NOTIONAL TRAINING CONTENT: INVENTED, NOT THE STRATEGY"
CAVEAT = (
    "Compiled from public sources; the wording is ours, a paraphrase. Each line has its basis and the numbers of its "
    "sources. What no source states is left open."
)


@dataclass(frozen=True)
class Letterhead:
    """Name of the site, marking (may be empty) and the address at which the record is kept."""

    site: str
    marking: str
    address: str
