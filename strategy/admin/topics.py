"""Admin of subject topics, recommendations, stakeholders and performance indicators."""

from django.contrib import admin

from ..models import Indicator, Recommendation, Stakeholder, Topic
from .base import EvidencedAdmin


@admin.register(Topic)
class TopicAdmin(EvidencedAdmin):
    columns = ("description",)


@admin.register(Recommendation)
class RecommendationAdmin(EvidencedAdmin):
    columns = ("report", "number", "addressee", "status", "status_date")


@admin.register(Stakeholder)
class StakeholderAdmin(EvidencedAdmin):
    columns = ("role", "office")


@admin.register(Indicator)
class IndicatorAdmin(EvidencedAdmin):
    columns = ("goal", "unit", "target", "due")
