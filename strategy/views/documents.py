"""Pages of the document and what stands around it."""

from typing import ClassVar

from ..core.views import Column, TablePanel
from ..editions import successors
from ..filters import (
    ChapterFilter,
    MentionFilter,
    PassageFilter,
    RelatedDocumentFilter,
    StrategyFilter,
    TimelineEventFilter,
)
from ..models import Chapter, Mention, Passage, RelatedDocument, Strategy, TimelineEvent
from .base import RecordDetail, RecordList


class StrategyList(RecordList):
    filterset_class = StrategyFilter
    columns = ("publisher", "edition", "status", "basis")


class StrategyDetail(RecordDetail):
    model = Strategy
    statement = "abstract"
    lists: ClassVar[tuple[tuple[str, str], ...]] = (
        ("Timeline", "timelineevent"),
        ("Passages", "passage"),
        ("Means", "means"),
        ("Risks", "risk"),
        ("Mitigations", "mitigation"),
        ("Terms", "term"),
    )
    sections = (
        TablePanel("Names", "names", ("kind", "value", "note", "basis")),
        TablePanel("Dates", "dates", ("kind", "date", "note", "basis")),
        TablePanel("Chapters", "chapter_set", (Column("self", "Chapter"), "covers", "basis")),
        TablePanel("Goals", "goal_set", (Column("self", "Goal"), "statement", "basis")),
        TablePanel(
            "Offices named for the whole", "mention_set", (Column("self", "As stated"), "kind", "verb", "basis")
        ),
        TablePanel(
            "Related documents", "relateddocument_set", (Column("self", "Document"), "date", "relation", "basis")
        ),
        TablePanel("Superseded by", successors, (Column("self", "Strategy"), "status", "basis")),
    )


class ChapterList(RecordList):
    filterset_class = ChapterFilter
    columns = ("covers", "likely_official_title", "basis")
    intro = "The chapters as the published summary names them, with their points in our own words."


class ChapterDetail(RecordDetail):
    model = Chapter
    statement = "covers"
    sections = (
        TablePanel(
            "Points",
            "passages",
            (Column("self", "Point"), "in_strategy", "basis", "chapter_basis"),
            empty="No point of this chapter is recorded.",
        ),
    )


class PassageList(RecordList):
    filterset_class = PassageFilter
    columns = ("kind", "chapter", "in_strategy", "basis")
    intro = "Points of the document, in our own words. None is a quotation."


class PassageDetail(RecordDetail):
    model = Passage


class RelatedDocumentList(RecordList):
    filterset_class = RelatedDocumentFilter
    columns = ("date", "relation", "status", "basis")


class RelatedDocumentDetail(RecordDetail):
    model = RelatedDocument


class TimelineEventList(RecordList):
    filterset_class = TimelineEventFilter
    columns = ("date", "basis")


class TimelineEventDetail(RecordDetail):
    model = TimelineEvent


class MentionList(RecordList):
    filterset_class = MentionFilter
    columns = ("kind", "verb", "offices", "basis")
    intro = "Offices named for something other than an activity. None of these is an assignment."


class MentionDetail(RecordDetail):
    model = Mention
    sections = (TablePanel("Offices", "offices", (Column("self", "Office"), "echelon", "link", "basis")),)
