"""Filters of the ways. Office and role of an activity are always matched on one assignment."""

from strategy.core.basis import Basis
from strategy.core.filters import NONE, Code, OneOf, RecordFilter, YesNo, one_of
from strategy.models import Goal, Office, Risk, Strategy

from .models import Activity, Assignment, LineOfEffort, ProcessStage
from .models.assignments import Role

NO_LINE = "Not assigned to a line of effort"


class LineOfEffortFilter(RecordFilter):
    ordering_fields = ("order", "title")
    goal = Code(field_name="goal_links__goal", model=Goal, distinct=True)
    force_activity = one_of(LineOfEffort, "force_activity")

    class Meta:
        model = LineOfEffort
        fields: list[str] = []


class ProcessStageFilter(RecordFilter):
    ordering_fields = ("order", "title")
    line_of_effort = Code(model=LineOfEffort, none=NO_LINE)
    line_basis = OneOf(field_name="line_basis", label="Basis of the line of effort", choices=Basis.choices)

    class Meta:
        model = ProcessStage
        fields: list[str] = []


class ActivityFilter(RecordFilter):
    ordering_fields = ("title", "kind", "start_latest", "end_latest")
    office = Code(model=Office, none="No office named", method="by_assignment")
    role = OneOf(label="Role of the office", choices=Role.choices, method="by_assignment")
    has_lead = YesNo(label="Has a lead", method="by_lead")
    line_of_effort = Code(model=LineOfEffort, none=NO_LINE)
    goal = Code(field_name="goal_links__goal", model=Goal, none="Not tied to a goal")
    stage = Code(field_name="stage_links__stage", model=ProcessStage, none="Not tied to a stage")
    risk = Code(field_name="risk_links__risk", model=Risk, none="Not tied to a risk")
    kind = one_of(Activity, "kind")
    status = one_of(Activity, "status")
    line_basis = OneOf(field_name="line_basis", label="Basis of the line of effort", choices=Basis.choices)

    class Meta:
        model = Activity
        fields: list[str] = []

    def filter_queryset(self, queryset):
        values = self.form.cleaned_data
        together = {name: values[name] for name in ("office", "role") if values.get(name)}
        if together.get("office") == NONE:
            queryset = queryset.not_assigned()
        elif together:
            queryset = queryset.assigned(**together)
        return super().filter_queryset(queryset)

    def contradictions(self) -> dict[str, list[str]]:
        asked = self.form.cleaned_data
        role, has_lead, nobody = asked.get("role"), asked.get("has_lead"), asked.get("office") == NONE
        problems = {}
        if role == Role.LEAD and has_lead == "false":
            problems["has_lead"] = ["An activity without a lead has no office that leads it: take this or 'role' away."]
        if nobody and role:
            problems["role"] = ["Where no office is named, none has a role: take this or 'office' away."]
        if nobody and has_lead == "true":
            problems["has_lead"] = ["Where no office is named, none leads: take this or 'office' away."]
        if asked.get("line_of_effort") == NONE and asked.get("line_basis"):
            problems["line_basis"] = ["Where there is no line of effort, it has no basis: take this or that away."]
        return problems

    def by_assignment(self, queryset, name, value):
        """Office and role speak of the same assignment: ``filter_queryset`` asks for both at once."""
        return queryset

    def by_lead(self, queryset, name, value):
        return queryset.led() if value == "true" else queryset.without_lead()


class AssignmentFilter(RecordFilter):
    ordering_fields = ("role",)
    activity = Code(model=Activity)
    office = Code(model=Office)
    role = one_of(Assignment, "role")
    line_of_effort = Code(field_name="activity__line_of_effort", model=LineOfEffort)
    strategy = Code(field_name="activity__strategy", model=Strategy)

    class Meta:
        model = Assignment
        fields: list[str] = []
