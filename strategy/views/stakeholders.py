"""Pages of stakeholders."""

from ..core.views import Column
from ..filters import StakeholderFilter
from ..models import Stakeholder
from .base import RecordDetail, RecordList


class StakeholderList(RecordList):
    """Whom a strategy names as taking part, or as those it is for."""

    filterset_class = StakeholderFilter
    columns = (Column("role", empty="Not stated"), "description", "office", "basis")
    intro = "Whom a strategy names as taking part in it, or as those it is for. None of these is an assignment."


class StakeholderDetail(RecordDetail):
    """One stakeholder and its part."""

    model = Stakeholder
    statement = "description"
    within = "strategy"
