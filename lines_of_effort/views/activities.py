"""Pages of activities and of who is assigned to them."""

from typing import Any

from strategy.core.views import Column, LinksPanel, TablePanel, TemplatePanel
from strategy.models import Term
from strategy.views import RecordDetail, RecordList
from strategy.views.recommendations import RECOMMENDATION_COLUMNS
from strategy.views.topics import topics_panel

from ..filters import ActivityFilter, AssignmentFilter
from ..models import Activity, Assignment
from ..tasking.roles import Roles

NO_LEAD = "No lead named"


class ActivityList(RecordList):
    """Activities, with the offices that lead, coordinate and support each."""

    filterset_class = ActivityFilter
    columns = (
        Column("self", "Line of effort", kind="placed"),
        Column("tasked", "Who leads, coordinates, supports", NO_LEAD, kind="offices"),
        Column("goals", "Goals", "No goal linked"),
        "kind",
        "basis",
    )
    file_columns = (
        Column("line_of_effort", empty="Not placed"),
        Column("leads", "Lead", NO_LEAD),
        Column("coordinators", "Coordinating"),
        Column("supporters", "Supporting", "None named"),
        Column("goals", "Goals"),
        "kind",
        "basis",
    )
    facets = ("has_lead", "line_of_effort", "kind", "goal", "stage")
    intro = "Work the strategy speaks of. Only what a source says about offices is shown; nothing is filled in."

    def get_queryset(self) -> Any:
        return Activity.objects.select_related("line_of_effort").with_office_names().with_parts("goal_links")


class ActivityDetail(RecordDetail):
    """The page that says who leads, coordinates and supports an activity, or that no source names anybody."""

    model = Activity
    statement = "description"
    within = "line_of_effort"
    panels = (
        TemplatePanel("Roles", Roles, top="lines_of_effort/panels/activity_roles.html"),
        TablePanel(
            "Goals",
            "goal_links",
            ("goal", "basis", "reason"),
            empty="No source links this activity to a goal.",
        ),
        TablePanel(
            "Process stages", "stage_links", ("stage", "basis", "reason"), empty="No source puts it at a stage."
        ),
        TablePanel(
            "Means", "means_links", ("means", "basis", "reason"), empty="No source links a means to this activity."
        ),
        TablePanel(
            "Risks", "risk_links", ("risk", "basis", "reason"), empty="No source links a risk to this activity."
        ),
        TablePanel("Recommendations of outside reviewers", "recommendation_links", RECOMMENDATION_COLUMNS),
        topics_panel("activity_links"),
        LinksPanel("Terms in it", lambda activity: Term.objects.occurring_in(activity.strategy, activity.full_text())),
    )


class AssignmentList(RecordList):
    """Which office has which role on which activity."""

    filterset_class = AssignmentFilter
    columns = ("office", "role", "activity", "verb", "office_as_stated", "basis")
    facets = ("role", "line_of_effort")
    intro = "Who leads, coordinates or supports what, in the source's own verb."


class AssignmentDetail(RecordDetail):
    """One office in one role on one activity, and what the source calls it."""

    model = Assignment
    within = "activity"
    panels = (TemplatePanel("Role", lambda assignment: assignment, top="lines_of_effort/panels/assignment.html"),)
