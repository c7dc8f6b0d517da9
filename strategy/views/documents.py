"""Pages of the document and what stands around it."""

from ..core.views import Column, ListLink, TablePanel
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
    """Editions of the documents."""

    filterset_class = StrategyFilter
    columns = ("publisher", "edition", "status", "basis")


class StrategyDetail(RecordDetail):
    """One edition of a document, with its chapters and goals."""

    model = Strategy
    statement = "abstract"
    panels = (
        ListLink("Timeline", "timelineevent"),
        ListLink("Passages", "passage"),
        ListLink("Means", "means"),
        ListLink("Risks", "risk"),
        ListLink("Mitigations", "mitigation"),
        ListLink("Terms", "term"),
        ListLink("Stakeholders", "stakeholder"),
        ListLink("Performance indicators", "indicator"),
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
    """The chapters of the documents."""

    filterset_class = ChapterFilter
    columns = ("covers", "likely_official_title", "basis")
    intro = "The chapters as the unofficial summary names them, with their points in our own words."


class ChapterDetail(RecordDetail):
    """One chapter with its points."""

    model = Chapter
    statement = "covers"
    panels = (
        TablePanel(
            "Points",
            "passages",
            (Column("self", "Point"), "in_strategy", "basis", "chapter_basis"),
            empty="No point of this chapter is recorded.",
        ),
    )


class PassageList(RecordList):
    """The numbered points of the chapters."""

    filterset_class = PassageFilter
    columns = ("kind", "chapter", "in_strategy", "basis")
    intro = "Points of the document, in our own words. None is a quotation."


class PassageDetail(RecordDetail):
    """One point of a document."""

    model = Passage


class RelatedDocumentList(RecordList):
    """Other documents that a strategy stands beside."""

    filterset_class = RelatedDocumentFilter
    columns = ("date", "relation", "status", "basis")


class RelatedDocumentDetail(RecordDetail):
    """One document beside a strategy."""

    model = RelatedDocument


class TimelineEventList(RecordList):
    """What happened around a strategy, by date."""

    filterset_class = TimelineEventFilter
    columns = ("date", "basis")


class TimelineEventDetail(RecordDetail):
    """One event around a strategy."""

    model = TimelineEvent


class MentionList(RecordList):
    """Offices that a document names without tasking them."""

    filterset_class = MentionFilter
    columns = ("kind", "verb", "offices", "basis")
    intro = "Offices named for something other than an activity. None of these is an assignment."


class MentionDetail(RecordDetail):
    """One mention and the offices in it."""

    model = Mention
    panels = (TablePanel("Offices", "offices", (Column("self", "Office"), "echelon", "link", "basis")),)
