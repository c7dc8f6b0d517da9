"""Pages of lines of effort, stages, activities and assignments."""

from strategy.core.tables import Column, Section
from strategy.models import Chapter
from strategy.views import RecordDetail, RecordList
from strategy.views.documents import StrategyDetail
from strategy.views.ends import GoalDetail, MeansDetail, RiskDetail
from strategy.views.offices import OfficeDetail
from strategy.views.read import ReadChapter

from .filters import ActivityFilter, AssignmentFilter, LineOfEffortFilter, ProcessStageFilter
from .models import Activity, Assignment, LineOfEffort, ProcessStage

NO_LEAD = "No lead named"


class LineOfEffortList(RecordList):
    filterset_class = LineOfEffortFilter
    columns = ("objective", "force_activity", "horizon_from", "horizon_to", "basis")


class LineOfEffortDetail(RecordDetail):
    model = LineOfEffort
    statement = "objective"
    sections = (
        Section("Goals served", "goal_links", ("goal", "strength", "basis", "reason")),
        Section(
            "Activities",
            lambda line: line.activity_set.with_offices(),
            (
                Column("self", "Activity"),
                Column("leads", "Lead", NO_LEAD),
                "kind",
                "basis",
                Column("line_basis", "Placed here"),
                Column("line_reason", "Reason"),
            ),
            empty="No activity stands under this line of effort.",
        ),
        Section("Process stages", "processstage_set", (Column("self", "Stage"), "line_basis", "line_reason")),
        Section("Kinds of work", "examples", ("text", "basis")),
    )


class ProcessStageList(RecordList):
    filterset_class = ProcessStageFilter
    columns = (Column("line_of_effort", empty="No source ties it to one"), "line_basis", "basis")
    intro = "Stages run across the lines of effort; the two classifications do not nest."


class ProcessStageDetail(RecordDetail):
    model = ProcessStage
    sections = (Section("Activities", "activity_links", ("activity", "activity.line_of_effort", "basis", "reason")),)


class ActivityList(RecordList):
    filterset_class = ActivityFilter
    columns = (
        Column("line_of_effort", empty="Not placed"),
        Column("leads", "Lead", NO_LEAD),
        Column("coordinators", "Coordinating"),
        Column("supporters", "Supporting", "None named"),
        Column("goals", "Goals"),
        "kind",
        "basis",
    )
    intro = "Work the strategy speaks of. Only what a source says about offices is shown; nothing is filled in."


class ActivityDetail(RecordDetail):
    model = Activity
    statement = "description"
    sections = (
        Section(
            "Offices",
            "assignments",
            ("office", "role", "verb", "office_as_stated", "relation", "relation_reason", "basis"),
            empty="No source names an office for this activity.",
        ),
        Section("Goals", "goal_links", ("goal", "basis", "reason")),
        Section("Process stages", "stage_links", ("stage", "basis", "reason")),
        Section("Means", "means_links", ("means", "basis", "reason")),
        Section("Risks", "risk_links", ("risk", "basis", "reason")),
    )


class AssignmentList(RecordList):
    filterset_class = AssignmentFilter
    columns = ("office", "role", "activity", "verb", "office_as_stated", "basis")
    intro = "Who leads, coordinates or supports what, in the source's own verb."


class AssignmentDetail(RecordDetail):
    model = Assignment


StrategyDetail.contribute(
    Section("Lines of effort", "lineofeffort_set", (Column("self", "Line of effort"), "objective", "basis")),
)
StrategyDetail.lists = (*StrategyDetail.lists, ("Process stages", "processstage"), ("Activities", "activity"))
GoalDetail.contribute(
    Section("Lines of effort", "line_links", ("line_of_effort", "strength", "basis", "reason")),
    Section(
        "Activities",
        "activity_links",
        ("activity", "activity.line_of_effort", "basis", "reason"),
        empty="No activity is tied to this goal.",
    ),
)
MeansDetail.contribute(Section("Activities that use it", "activity_links", ("activity", "basis", "reason")))
RiskDetail.contribute(Section("Activities it threatens", "activity_links", ("activity", "basis", "reason")))
OfficeDetail.contribute(
    Section(
        "Tasking",
        "assignments",
        ("role", "activity", "verb", "office_as_stated", "activity.line_of_effort", "basis"),
        empty="No source tasks this office with an activity.",
    ),
    first=True,
)
ReadChapter.contribute(
    Chapter.Matter.WAYS, "Lines of effort", lambda document: LineOfEffort.objects.filter(strategy=document)
)
