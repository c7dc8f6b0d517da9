"""Pages of goals."""

from ..core.views import LinksPanel, list_url
from ..filters import GoalFilter
from ..models import Goal, Means, Risk
from .base import RecordDetail, RecordList


class GoalList(RecordList):
    """The enduring ends of a strategy."""

    filterset_class = GoalFilter
    columns = ("statement", "basis")
    intro = "The enduring ends. They have no deadline: their author said there is no fixed end state."


class GoalDetail(RecordDetail):
    """One goal. No source links means or risks to single goals: those of the whole strategy are named beside it."""

    model = Goal
    statement = "statement"
    within = "strategy"
    panels = (
        LinksPanel(
            "Means of the strategy",
            lambda goal: Means.objects.filter(strategy=goal.strategy_id),
            note="No source ties a means to this goal; these serve the whole strategy.",
            empty="No means are recorded.",
            limit=12,
            all_url=lambda goal: list_url(goal, "means"),
        ),
        LinksPanel(
            "Risks to the strategy",
            lambda goal: Risk.objects.filter(strategy=goal.strategy_id),
            note="No source links a risk to this goal; these threaten the whole strategy.",
            empty="No risks are recorded.",
            all_url=lambda goal: list_url(goal, "risk"),
        ),
    )
