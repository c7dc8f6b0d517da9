"""Performance indicators: by what a strategy measures whether a goal is reached."""

from django.db import models

from ..core.models import PartialDateField, date_bound_field
from .base import Record


class Indicator(Record):
    """What is measured for a goal, in which unit, and what is to be reached by when."""

    search_fields = ("title", "unit", "target")
    strategy_path = "goal__strategy"

    goal = models.ForeignKey("strategy.Goal", on_delete=models.CASCADE, related_name="indicators")
    title = models.CharField("what is measured", max_length=200)
    unit = models.CharField(max_length=100, blank=True)
    target = models.CharField(max_length=200, blank=True)
    due = PartialDateField("to be reached", earliest="due_earliest", latest="due_latest")
    due_earliest = date_bound_field()
    due_latest = date_bound_field()
