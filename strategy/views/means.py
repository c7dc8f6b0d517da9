"""Pages of means."""

from ..core.views import Column, TablePanel
from ..filters import MeansFilter
from ..models import Means
from .base import RecordDetail, RecordList


class MeansList(RecordList):
    """People, time, funding, authority and whatever else a strategy is carried out with."""

    filterset_class = MeansFilter
    columns = ("kind", "description", "in_strategy", "basis")


class MeansDetail(RecordDetail):
    """One means, its parts and the risks that a shortage of it makes."""

    model = Means
    statement = "description"
    within = "strategy"
    panels = (
        TablePanel("Parts", "parts", (Column("self", "Means"), "kind", "basis")),
        TablePanel(
            "Risks from a shortage of it",
            "risks",
            (Column("self", "Risk"), "category", "basis"),
            empty="No source says that a shortage of it is a risk.",
        ),
    )
