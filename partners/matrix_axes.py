"""Partners as a side of the matrix: with whom, along which line of effort."""

from lines_of_effort.matrix.axes import Axis, Pairs, Place, Tie

from .filters import EngagementFilter, FrameworkFilter
from .models import Partner

LINE = Place("line_of_effort", "line_of_effort")
UNDER_LINE = "that stand under the line of effort (their first, where they have two)"

Pairs.contribute(
    Axis("partner", "Partner", "partners", Partner, "No partner named", ("name", "code_order"), sparse=True),
    Tie(
        "engagements",
        "engagement",
        EngagementFilter,
        {"partner": Place("participations__partner", "partner"), "line_of_effort": LINE},
        {"partner": "in which the partner takes part", "line_of_effort": UNDER_LINE},
    ),
    Tie(
        "frameworks",
        "framework",
        FrameworkFilter,
        {"partner": Place("memberships__partner", "member"), "line_of_effort": LINE},
        {"partner": "of which the partner is a member in any role", "line_of_effort": UNDER_LINE},
    ),
    silence=(
        "What is done with a partner is recorded as engagements and frameworks, and these stand under lines of effort "
        "only: partners can be counted by line of effort, and by nothing else without guessing."
    ),
)
