"""Pages of lines of effort and of the stages that run across them."""

from strategy.core.views import Column, TablePanel, list_url
from strategy.views import RecordDetail, RecordList

from ..filters import LineOfEffortFilter, ProcessStageFilter
from ..models import LineOfEffort, ProcessStage
from .activities import NO_LEAD

# Rows of a table of activities on the page of a line or stage; the rest is one click away.
MAX_ACTIVITIES = 50
ROLES_HEADER = "Who leads, coordinates, supports"


class LineOfEffortList(RecordList):
    """The lines of effort."""

    filterset_class = LineOfEffortFilter
    columns = (Column("self", "Line", kind="line"), "objective", "force_activity", "horizon", "horizon_basis", "basis")
    file_columns = ("objective", "force_activity", "horizon_from", "horizon_to", "basis")
    intro = "The ways. Each has its force activity and the years it looks ahead to."


class LineOfEffortDetail(RecordDetail):
    """One line of effort: its activities, the goals it serves and its stages."""

    model = LineOfEffort
    statement = "objective"
    within = "strategy"
    panels = (
        TablePanel(
            "Activities and leads",
            lambda line: line.activity_set.with_offices(),
            (
                Column("self", "Activity"),
                Column("tasked", ROLES_HEADER, NO_LEAD, kind="offices"),
                "kind",
                Column("line_basis", "Placed here"),
                Column("line_reason", "Reason"),
            ),
            empty="No activity is placed under this line of effort.",
            limit=MAX_ACTIVITIES,
            all_url=lambda line: list_url(line, "activity", line_of_effort=line.code),
        ),
        TablePanel("Goals served", "goal_links", ("goal", "strength", "basis", "reason"), counted="goal"),
        TablePanel("Process stages", "processstage_set", (Column("self", "Stage"), "line_basis", "line_reason")),
        TablePanel("Examples of work", "examples", ("text", "basis")),
    )


class ProcessStageList(RecordList):
    """The stages that run across the lines of effort."""

    filterset_class = ProcessStageFilter
    columns = (
        Column("line_of_effort", empty="No source links it to one", kind="line"),
        "line_basis",
        "basis",
    )
    intro = "Stages run across the lines of effort; the two classifications do not nest."


class ProcessStageDetail(RecordDetail):
    """One stage and its activities."""

    model = ProcessStage
    within = "strategy"
    panels = (
        TablePanel(
            "Activities and leads",
            lambda stage: stage.activity_links.with_offices(),
            (
                "activity",
                Column("activity", "Line of effort", kind="placed"),
                Column("activity.tasked", ROLES_HEADER, NO_LEAD, kind="offices"),
                Column("basis", "Link to the stage"),
                "reason",
            ),
            empty="No source puts an activity at this stage.",
            limit=MAX_ACTIVITIES,
            all_url=lambda stage: list_url(stage, "activity", stage=stage.code),
        ),
    )
