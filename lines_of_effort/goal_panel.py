"""The panel of a goal: which lines of effort serve it, on what basis, and how many activities each has."""

from collections import defaultdict
from dataclasses import dataclass

from strategy.models import Goal

from .models import LineGoal, LineOfEffort


@dataclass
class ServingLine:
    """A line of effort that serves the goal, and each of its links to it: with the others, by itself, or both."""

    line: LineOfEffort
    links: list[LineGoal]


class GoalLines:
    """The lines of effort that serve one goal, as ``ways``: one query."""

    def __init__(self, goal: Goal):
        self.goal = goal
        links: dict[LineOfEffort, list[LineGoal]] = defaultdict(list)
        for link in (
            LineGoal.objects.filter(goal=goal).with_activity_counts().order_by("line_of_effort__order", "strength")
        ):
            links[link.line_of_effort].append(link)
        self.ways = [ServingLine(line, rows) for line, rows in links.items()]
