"""Pages of goals, means and terms."""

from typing import ClassVar

from ..core.views import Column, LinksPanel, TablePanel, list_url
from ..filters import GoalFilter, MeansFilter, TermFilter
from ..models import Goal, Means, Risk, Term
from .base import RecordDetail, RecordList


class GoalList(RecordList):
    filterset_class = GoalFilter
    columns = ("statement", "basis")
    intro = "The enduring ends. They have no deadline: their author said there is no fixed end state."


class GoalDetail(RecordDetail):
    """An end. No source links means or risks to single goals: those of the whole strategy are named beside it."""

    model = Goal
    statement = "statement"
    within = "strategy"
    links: ClassVar[tuple[LinksPanel, ...]] = (
        LinksPanel(
            "Means of the strategy",
            lambda goal: Means.objects.filter(strategy=goal.strategy_id),
            note="No source ties a means to this goal; these serve the whole strategy.",
            empty="No means are recorded.",
            most=12,
            all_at=lambda goal: list_url(goal, "means"),
        ),
        LinksPanel(
            "Risks to the strategy",
            lambda goal: Risk.objects.filter(strategy=goal.strategy_id),
            note="No source links a risk to this goal; these threaten the whole strategy.",
            empty="No risks are recorded.",
            all_at=lambda goal: list_url(goal, "risk"),
        ),
    )


class MeansList(RecordList):
    filterset_class = MeansFilter
    columns = ("kind", "description", "in_strategy", "basis")


class MeansDetail(RecordDetail):
    model = Means
    statement = "description"
    within = "strategy"
    sections = (
        TablePanel("Parts", "parts", (Column("self", "Means"), "kind", "basis")),
        TablePanel(
            "Risks made by a shortage of it",
            "risks",
            (Column("self", "Risk"), "category", "basis"),
            empty="No source says that a shortage of it is a risk.",
        ),
    )


class TermList(RecordList):
    filterset_class = TermFilter
    columns = ("abbreviation", Column("definition", empty="No source defines it"), "defined_in", "basis")
    intro = "Terms the strategy uses. Definitions are other documents' where named so; some have none."


class TermDetail(RecordDetail):
    model = Term
    statement = "definition"
