"""Admin of subject topics and recommendations."""

from django.contrib import admin

from ..models import Recommendation, Topic
from .base import EvidencedAdmin


@admin.register(Topic)
class TopicAdmin(EvidencedAdmin):
    columns = ("description",)


@admin.register(Recommendation)
class RecommendationAdmin(EvidencedAdmin):
    columns = ("report", "number", "addressee", "status", "status_date")
