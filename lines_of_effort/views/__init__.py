from . import contributions  # noqa: F401  # adds to the pages of the app below
from .activities import ActivityDetail, ActivityList, AssignmentDetail, AssignmentList
from .tasking import OfficeTasking, OfficeTaskingText
from .ways import LineOfEffortDetail, LineOfEffortList, ProcessStageDetail, ProcessStageList

__all__ = [
    "ActivityDetail",
    "ActivityList",
    "AssignmentDetail",
    "AssignmentList",
    "LineOfEffortDetail",
    "LineOfEffortList",
    "OfficeTasking",
    "OfficeTaskingText",
    "ProcessStageDetail",
    "ProcessStageList",
]
