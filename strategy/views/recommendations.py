"""Pages of recommendations of outside reviewers."""

from ..core.views import Column, TablePanel
from ..filters import RecommendationFilter
from ..models import Recommendation
from .base import RecordDetail, RecordList

# On the page of what a recommendation bears on.
RECOMMENDATION_COLUMNS = (
    "recommendation",
    Column("recommendation.addressee", "Addressed to"),
    Column("recommendation.status", "Status"),
    Column("recommendation.status_date", "As of"),
    Column("basis", "Link to it"),
    "reason",
)


class RecommendationList(RecordList):
    """What outside reviewers recommend."""

    filterset_class = RecommendationFilter
    columns = ("report", "number", "addressee", "status", "status_date", "basis")
    intro = "What outside reviewers recommend, in our own words. Not part of the strategy, and no assignment."


class RecommendationDetail(RecordDetail):
    """One recommendation: whom it addresses, how it stands and what it bears on."""

    model = Recommendation
    statement = "statement"
    panels = (
        TablePanel(
            "Offices it addresses",
            "office_links",
            ("office", Column("basis", "Link to the office"), "reason"),
            empty="The addressee is no office recorded here.",
        ),
        TablePanel(
            "Risks it bears on",
            "risk_links",
            ("risk", Column("basis", "Link to the risk"), "reason"),
            empty="It is linked to no risk.",
        ),
    )
