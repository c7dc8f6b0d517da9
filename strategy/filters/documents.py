"""Filters of the strategies, their text, their dates and what they stand beside."""

from ..core.filters import CodeFilter, choice_filter
from ..models import Chapter, Passage, RelatedDocument, Strategy, TimelineEvent
from .base import RecordFilter


class StrategyFilter(RecordFilter):
    ordering_fields = ("title",)
    status = choice_filter(Strategy, "status")

    class Meta(RecordFilter.Meta):
        model = Strategy


class ChapterFilter(RecordFilter):
    ordering_fields = ("number", "title")

    class Meta(RecordFilter.Meta):
        model = Chapter


class PassageFilter(RecordFilter):
    kind = choice_filter(Passage, "kind")
    chapter = CodeFilter(model=Chapter)
    in_strategy = choice_filter(Passage, "in_strategy")

    class Meta(RecordFilter.Meta):
        model = Passage


class RelatedDocumentFilter(RecordFilter):
    ordering_fields = ("title", "earliest", "latest")

    class Meta(RecordFilter.Meta):
        model = RelatedDocument


class TimelineEventFilter(RecordFilter):
    ordering_fields = ("earliest", "latest")

    class Meta(RecordFilter.Meta):
        model = TimelineEvent
