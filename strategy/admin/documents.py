"""Admin of strategies, chapters, passages, related documents, timeline events and mentions."""

from django.contrib import admin

from ..core.admin import PresentFilter, joined_codes
from ..models import Chapter, Mention, Passage, RelatedDocument, Strategy, TimelineEvent
from .base import EvidencedAdmin


@admin.register(Strategy)
class StrategyAdmin(EvidencedAdmin):
    columns = ("publisher", "edition", "status")


@admin.register(Chapter)
class ChapterAdmin(EvidencedAdmin):
    columns = ("number", "likely_official_title")


@admin.register(Passage)
class PassageAdmin(EvidencedAdmin):
    columns = ("kind", "chapter", "in_strategy")
    filters = (("chapter", PresentFilter),)


@admin.register(RelatedDocument)
class RelatedDocumentAdmin(EvidencedAdmin):
    columns = ("date", "relation")
    date_hierarchy = "latest"


@admin.register(TimelineEvent)
class TimelineEventAdmin(EvidencedAdmin):
    columns = ("date",)
    date_hierarchy = "latest"


@admin.register(Mention)
class MentionAdmin(EvidencedAdmin):
    columns = ("kind", "verb", "named_offices")

    @admin.display(description="Offices")
    def named_offices(self, mention: Mention) -> str:
        return joined_codes(mention.offices.all(), "None")
