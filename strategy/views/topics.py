"""Pages of subject topics."""

from ..core.views import Column, LinksPanel, TablePanel
from ..filters import TopicFilter
from ..models import Topic
from .base import RecordDetail, RecordList


class TopicList(RecordList):
    """The subjects people ask about."""

    filterset_class = TopicFilter
    columns = ("description", "basis")
    intro = "Subjects that staff and partners ask about. They are the compilers' own list; the strategy has none."


class TopicDetail(RecordDetail):
    """One subject: the offices to ask, by their remit. The apps above bring what else is linked to it."""

    model = Topic
    statement = "description"
    panels = (
        TablePanel(
            "Offices to ask",
            lambda topic: topic.office_links.main_first(),
            (
                "office",
                Column("office.remit", "What it is for", "No source says what it is for"),
                "weight",
                Column("basis", "Link to the topic"),
                "reason",
            ),
            empty="No office is linked to this topic.",
        ),
    )


def topics_panel(links: str) -> LinksPanel:
    """The topics of a page's record; ``links`` is the name that a topic has for its links to records of that kind."""
    parent = links.removesuffix("_links")
    return LinksPanel(
        "Subject topics",
        lambda record: Topic.objects.filter(**{f"{links}__{parent}": record}),
        note="How much it has to do with each, and on what basis, stands with the topic.",
        limit=9,
    )
