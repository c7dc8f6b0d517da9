"""Admin of lines of effort, stages, activities and assignments, with the bulk actions on tasking."""

from .activities import ActivityAdmin, AssignmentAdmin, LineOfEffortAdmin, LineOfEffortMixinAdmin, ProcessStageAdmin

__all__ = ["ActivityAdmin", "AssignmentAdmin", "LineOfEffortAdmin", "LineOfEffortMixinAdmin", "ProcessStageAdmin"]
