"""Admin of goals."""

from django.contrib import admin

from ..models import Goal
from .base import EvidencedAdmin


@admin.register(Goal)
class GoalAdmin(EvidencedAdmin):
    columns = ("order", "short_name")
