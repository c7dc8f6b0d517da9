"""Pages of goals."""

from typing import Any

from ..core.views import Column, LinksPanel, list_url
from ..filters import GoalFilter, IndicatorFilter
from ..models import Goal, Indicator, Means, Risk
from .base import RecordDetail, RecordList


class GoalList(RecordList):
    """The enduring ends of a strategy."""

    filterset_class = GoalFilter
    columns = (
        "statement",
        Column("activity_count", "Activities linked", kind="count"),
        Column("led", "With a lead named", kind="count"),
        Column("coordinated", "With a coordinating office", kind="count"),
        Column("supported", "With a supporting office", kind="count"),
        "basis",
    )
    intro = "The enduring ends. They have no deadline: their author said there is no fixed end state."

    def get_queryset(self) -> Any:
        return super().get_queryset().with_role_counts()


class GoalDetail(RecordDetail):
    """One goal. No source links means or risks to single goals: those of the whole strategy are named beside it."""

    model = Goal
    statement = "statement"
    within = "strategy"

    def get_queryset(self) -> Any:
        return super().get_queryset().with_role_counts()

    panels = (
        LinksPanel(
            "Performance indicators",
            lambda goal: goal.indicators.all(),
            empty="No source names one for this goal.",
            all_url=lambda goal: list_url(goal, "indicator", goal=goal.code),
        ),
        LinksPanel(
            "Means of the strategy",
            lambda goal: Means.objects.filter(strategy=goal.strategy_id),
            note="No source links a means to this goal; these serve the whole strategy.",
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


class IndicatorList(RecordList):
    """By what the strategies measure whether a goal is reached."""

    filterset_class = IndicatorFilter
    columns = ("goal", Column("unit", empty="Not stated"), Column("target", empty="Not stated"), "due", "basis")
    intro = "By what a strategy measures whether a goal is reached. No source names one of the partnership strategy."


class IndicatorDetail(RecordDetail):
    """One performance indicator of a goal."""

    model = Indicator
    within = "goal"
