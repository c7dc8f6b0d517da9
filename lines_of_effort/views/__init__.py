"""Pages of lines of effort, process stages, activities and assignments."""

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
