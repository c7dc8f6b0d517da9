"""Partners as an axis of the matrix: engagements and frameworks, counted by partner and line of effort."""

from lines_of_effort.matrix.axes import Axis, AxisPath, MatrixAxes, Measure
from lines_of_effort.matrix.ordering import BY_NAME

from .filters import EngagementFilter, FrameworkFilter
from .models import Partner

LINE_PATH = AxisPath("line_of_effort", "line_of_effort")
UNDER_LINE_CLAUSE = "that stand under the line of effort (their first, where they have two)"

MatrixAxes.contribute(
    Axis("partner", "Partner", "partners", Partner, "No partner named", BY_NAME, sparse=True),
    Measure(
        "engagements",
        "engagement",
        EngagementFilter,
        {"partner": AxisPath("participations__partner", "partner"), "line_of_effort": LINE_PATH},
        {"partner": "in which the partner takes part", "line_of_effort": UNDER_LINE_CLAUSE},
    ),
    Measure(
        "frameworks",
        "framework",
        FrameworkFilter,
        {"partner": AxisPath("memberships__partner", "member"), "line_of_effort": LINE_PATH},
        {"partner": "of which the partner is a member in any role", "line_of_effort": UNDER_LINE_CLAUSE},
    ),
    silence=(
        "What is done with a partner is recorded as engagements and frameworks, and these stand under lines of effort "
        "only: partners can be counted by line of effort, and by nothing else without guessing."
    ),
)
