from .. import page_extensions  # noqa: F401  # adds to the pages of the app below
from .activities import ActivityDetail, ActivityList, AssignmentDetail, AssignmentList
from .lines import LineOfEffortDetail, LineOfEffortList, ProcessStageDetail, ProcessStageList

__all__ = [
    "ActivityDetail",
    "ActivityList",
    "AssignmentDetail",
    "AssignmentList",
    "LineOfEffortDetail",
    "LineOfEffortList",
    "ProcessStageDetail",
    "ProcessStageList",
]
