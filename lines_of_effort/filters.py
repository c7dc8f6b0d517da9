"""Filters of the ways. Office and role of an activity are always matched on one assignment."""

from django.db.models import Q
from django.forms import HiddenInput

from strategy.core.filters import (
    ANY,
    NONE,
    BooleanFilter,
    ChoiceFilter,
    ChoiceListFilter,
    CodeFilter,
    CodeListFilter,
    IncompatibleParams,
    choice_filter,
)
from strategy.core.models import Basis
from strategy.filters import RecordFilter
from strategy.models import Goal, Means, Office, Risk, Topic

from .models import Activity, Assignment, LineOfEffort, ProcessStage
from .models.assignments import Role

NO_LINE = "Not assigned to a line of effort"
NOT_LED = "An activity without a lead has no office that leads it: take this or that away."
NO_ROLE = "Where no office is named, none has a role: take this or 'office' away."
NO_LEAD = "Where no office is named, none leads: take this or 'office' away."
NO_BASIS = "Where there is no line of effort, it has no basis: take this or that away."


class LineOfEffortFilter(RecordFilter):
    ordering_fields = ("order", "title")
    goal = CodeFilter(field_name="goal_links__goal", model=Goal, distinct=True)
    force_activity = choice_filter(LineOfEffort, "force_activity")

    class Meta(RecordFilter.Meta):
        model = LineOfEffort


class ProcessStageFilter(RecordFilter):
    ordering_fields = ("order", "title")
    line_of_effort = CodeFilter(model=LineOfEffort, none=NO_LINE)
    line_basis = ChoiceFilter(field_name="line_basis", label="Basis of the line of effort", choices=Basis.choices)

    class Meta(RecordFilter.Meta):
        model = ProcessStage


class ActivityFilter(RecordFilter):
    """``office``, ``office__in``, ``office_subtree``, ``role`` and ``role__in`` speak of one and the same assignment.

    ``lead``, ``coordinating`` and ``supporting`` are each a question of their own: given together they ask for an
    activity that one office leads and another supports.
    """

    ordering_fields = ("title", "kind", "start_latest", "end_latest")
    incompatible_params = (
        IncompatibleParams({"has_lead": "false", "lead": ANY}, "has_lead", NOT_LED),
        IncompatibleParams({"has_lead": "false", "role": Role.LEAD}, "has_lead", NOT_LED),
        IncompatibleParams({"has_lead": "false", "role__in": Role.LEAD}, "has_lead", NOT_LED),
        *(
            IncompatibleParams({"office": NONE, name: ANY}, "role", NO_ROLE)
            for name in ("role", "role__in", "office__in", "office_subtree")
        ),
        IncompatibleParams({"office": NONE, "has_lead": "true"}, "has_lead", NO_LEAD),
        IncompatibleParams({"line_of_effort": NONE, "line_basis": ANY}, "line_basis", NO_BASIS),
    )
    # Lookup of an assignment, by parameter.
    ASSIGNMENT_LOOKUPS = {
        "office": "office",
        "office__in": "office__in",
        "office_subtree": "office__in",
        "role": "role",
        "role__in": "role__in",
    }
    office = CodeFilter(model=Office, none="No office named", method="by_assignment")
    office__in = CodeListFilter(model=Office, label="Office, one of", method="by_assignment")
    office_subtree = CodeFilter(
        model=Office, label="Office or anything below it", widget=HiddenInput, method="by_assignment"
    )
    role = ChoiceFilter(label="Role of the office", choices=Role.choices, method="by_assignment")
    role__in = ChoiceListFilter(label="Role of the office, one of", choices=Role.choices, method="by_assignment")
    lead = CodeFilter(model=Office, label="Led by", widget=HiddenInput, method="by_role")
    coordinating = CodeFilter(model=Office, label="Coordinated by", widget=HiddenInput, method="by_role")
    supporting = CodeFilter(model=Office, label="Supported by", widget=HiddenInput, method="by_role")
    has_lead = BooleanFilter(label="Has a lead", method="by_lead")
    line_of_effort = CodeFilter(model=LineOfEffort, none=NO_LINE)
    goal = CodeFilter(field_name="goal_links__goal", model=Goal, none="Not linked to a goal")
    stage = CodeFilter(field_name="stage_links__stage", model=ProcessStage, none="Not linked to a stage")
    means = CodeFilter(field_name="means_links__means", model=Means, widget=HiddenInput)
    risk = CodeFilter(field_name="risk_links__risk", model=Risk, none="Not linked to a risk")
    topic = CodeFilter(field_name="topic_links__topic", model=Topic, none="No topic linked")
    kind = choice_filter(Activity, "kind")
    status = choice_filter(Activity, "status")
    line_basis = ChoiceFilter(field_name="line_basis", label="Basis of the line of effort", choices=Basis.choices)

    class Meta(RecordFilter.Meta):
        model = Activity

    def filter_queryset(self, queryset):
        cleaned = self.form.cleaned_data
        values = {name: cleaned[name] for name in self.ASSIGNMENT_LOOKUPS if cleaned.get(name)}
        if cleaned.get("office") == NONE:
            queryset = queryset.not_assigned()
        elif values:
            queryset = queryset.assigned(*self._assignment_conditions(values))
        return super().filter_queryset(queryset)

    def _assignment_conditions(self, values):
        """What one assignment has to meet, a condition for each parameter; ``values`` are the parameters' values."""
        if below := values.get("office_subtree"):
            values = values | {"office_subtree": Office.objects.subtree([below.code])}
        return [Q(**{self.ASSIGNMENT_LOOKUPS[name]: value}) for name, value in values.items()]

    def by_assignment(self, queryset, name, value):
        """No condition of its own: ``filter_queryset`` puts the conditions on one assignment together."""
        return queryset

    def by_role(self, queryset, name, value):
        return queryset.assigned(role=name, office=value)

    def by_lead(self, queryset, name, value):
        return queryset.led() if value == "true" else queryset.without_lead()


class AssignmentFilter(RecordFilter):
    ordering_fields = ("role",)
    activity = CodeFilter(model=Activity)
    office = CodeFilter(model=Office)
    role = choice_filter(Assignment, "role")
    line_of_effort = CodeFilter(field_name="activity__line_of_effort", model=LineOfEffort)

    class Meta(RecordFilter.Meta):
        model = Assignment
