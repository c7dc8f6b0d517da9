"""Admin of means."""

from django.contrib import admin

from ..core.admin import PresentFilter
from ..models import Means
from .base import EvidencedAdmin


@admin.register(Means)
class MeansAdmin(EvidencedAdmin):
    columns = ("kind", "part_of", "in_strategy")
    filters = (("part_of", PresentFilter),)
