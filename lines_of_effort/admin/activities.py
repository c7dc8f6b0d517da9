"""Admin of lines of effort, stages, activities and assignments, and the tasking on the page of an office."""

from typing import Any, ClassVar

from django.contrib import admin

from strategy.admin import EvidencedAdmin, OfficeAdmin, SourcedInline
from strategy.core.admin import PresentFilter, QuestionFilter, joined_codes

from ..models import Activity, Assignment, LineOfEffort, ProcessStage
from ..views.activities import NO_LEAD
from .bulk_actions import AddSupportingOffice, MoveToLine, ReplaceOffice, ReplaceOfficeEverywhere


class LeadFilter(QuestionFilter):
    """One filter: a filter by role and one by office would match different assignments."""

    title = "lead"
    parameter_name = "lead"
    questions = {
        "led": "Named",
        "without_lead": NO_LEAD,
        "with_several_leads": "Several named",
        "supported_not_led": "Supported, not led",
        "with_link_read_by_us": "With a link that is inferred",
    }
    methods = {"with_link_read_by_us": "with_inferred_link"}


class LineOfEffortMixinAdmin(EvidencedAdmin):
    """Base of the admin of records that stand under one line of effort or none."""

    filters: ClassVar[tuple[Any, ...]] = (("line_of_effort", PresentFilter), "line_basis")
    groups = {"Place among the lines of effort": "line_"}


class OfficesInline(SourcedInline):
    model = Assignment
    extra = 1
    fields = ("code", "office", "role", "verb", "office_as_stated", "basis")
    verbose_name = "office"
    verbose_name_plural = "offices: who leads, coordinates and supports"


class TaskingInline(SourcedInline):
    model = Assignment
    extra = 1
    fields = ("code", "activity", "role", "verb", "office_as_stated", "basis")
    verbose_name = "activity"
    verbose_name_plural = "tasking: what the office leads, coordinates and supports"


@admin.register(LineOfEffort)
class LineOfEffortAdmin(EvidencedAdmin):
    columns = ("order", "force_activity", "horizon_from", "horizon_to")


@admin.register(ProcessStage)
class ProcessStageAdmin(LineOfEffortMixinAdmin):
    columns = ("order", "line_of_effort", "line_basis")


@admin.register(Activity)
class ActivityAdmin(LineOfEffortMixinAdmin):
    columns = ("line", "lead", "coordinating", "supporting", "toward")
    filters = (LeadFilter, *LineOfEffortMixinAdmin.filters)
    leading = (OfficesInline,)
    actions = (AddSupportingOffice(), MoveToLine())

    @admin.display(description="Line of effort", ordering="line_of_effort__code_order")
    def line(self, activity: Activity) -> str:
        return activity.line_of_effort.title if activity.line_of_effort else "Not placed"

    @admin.display(description="Lead")
    def lead(self, activity: Activity) -> str:
        return joined_codes(activity.leads, NO_LEAD)

    @admin.display(description="Coordinating")
    def coordinating(self, activity: Activity) -> str:
        return joined_codes(activity.coordinators, "None named")

    @admin.display(description="Supporting")
    def supporting(self, activity: Activity) -> str:
        return joined_codes(activity.supporters, "None named")

    @admin.display(description="Goals")
    def toward(self, activity: Activity) -> str:
        return joined_codes(activity.goals, "None linked")


@admin.register(Assignment)
class AssignmentAdmin(EvidencedAdmin):
    columns = ("office", "role", "activity", "verb")
    actions = (ReplaceOffice(),)


OfficeAdmin.contribute(TaskingInline, first=True, actions=(ReplaceOfficeEverywhere(),))
