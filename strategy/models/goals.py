"""The ends: the goals of a strategy."""

from django.db import models

from ..core.models import BasisField
from .base import OfStrategy, Record
from .goal_querysets import GoalQuerySet


class Goal(OfStrategy, Record):
    """An enduring end. It has no deadline: its author said there is no fixed end state."""

    search_fields = ("title", "statement", "reported_short_name")

    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    title_basis = BasisField(help_text="The titles are the compilers' working titles.")
    statement = models.TextField()
    short_name = models.CharField("official short name", max_length=100, blank=True)
    reported_short_name = models.CharField(max_length=100, blank=True)

    objects = GoalQuerySet.as_manager()
