"""The panels that lines of effort and tasking add to the pages of the strategy app, and to their own."""

from strategy.core.views import Column, LinksPanel, ListLink, PageLink, TablePanel, TemplatePanel, add_panels, list_url
from strategy.models import Chapter, Goal, Means, Risk
from strategy.reading.views import ChapterPanel, ReadChapter
from strategy.risk_register.views import MitigationDetail, RiskDetail, RiskList, ThreatsPanel
from strategy.views.documents import StrategyDetail
from strategy.views.goals import GoalDetail
from strategy.views.means import MeansDetail
from strategy.views.offices import OfficeDetail
from strategy.views.recommendations import RecommendationDetail
from strategy.views.topics import TopicDetail

from .goal_panel import GoalLines
from .models import Activity, ActivityMeans, ActivityRisk, LineOfEffort
from .office_comparison.views import office_comparison_url
from .risk_panel import risk_targets
from .tasking.office import Tasking
from .trace.views import TRACE_LINK
from .views.activities import NO_LEAD, ActivityDetail
from .views.lines import LineOfEffortDetail, ProcessStageDetail

# Rows of a table on a goal's page; the rest is one click away.
MAX_ACTIVITIES = 50


def matrix_link(parameter: str) -> TemplatePanel:
    """A link from a record to its part of the matrix, by the matrix's ``parameter``."""
    return TemplatePanel("See also", lambda record: parameter, side="lines_of_effort/panels/matrix_link.html")


add_panels(
    ReadChapter,
    ChapterPanel(
        "Lines of effort", Chapter.Matter.WAYS, lambda document: LineOfEffort.objects.filter(strategy=document)
    ),
)
add_panels(
    StrategyDetail,
    TablePanel("Lines of effort", "lineofeffort_set", (Column("self", "Line of effort"), "objective", "basis")),
    ListLink("Process stages", "processstage"),
    ListLink("Activities", "activity"),
)

add_panels(
    GoalDetail,
    TemplatePanel("In numbers", lambda goal: goal, main="lines_of_effort/panels/goal_numbers.html"),
    TemplatePanel("Lines of effort", GoalLines, main="lines_of_effort/panels/goal_lines.html"),
    matrix_link("goal"),
    TablePanel(
        "Activities and leads",
        lambda goal: goal.activity_links.with_offices(),
        (
            "activity",
            Column("activity", "Line of effort", kind="placed"),
            Column("activity.tasked", "Who leads, coordinates, supports", NO_LEAD, kind="offices"),
            Column("basis", "Link to the goal"),
            "reason",
        ),
        empty="No activity is linked to this goal.",
        limit=MAX_ACTIVITIES,
        all_url=lambda goal: list_url(goal, "activity", goal=goal.code),
    ),
)
add_panels(
    MeansDetail,
    TablePanel(
        "Activities that use it",
        "activity_links",
        ("activity", "basis", "reason"),
        empty="No source says which activity uses it.",
        limit=MAX_ACTIVITIES,
        all_url=lambda means: list_url(means, "activity", means=means.code),
    ),
)
add_panels(RiskList, ThreatsPanel("Threatens", risk_targets, "lines_of_effort/panels/risk_threatens.html"))
add_panels(
    RiskDetail,
    TablePanel(
        "Activities it threatens",
        lambda risk: risk.activity_links.with_offices(),
        (
            "activity",
            Column("activity", "Line of effort", kind="placed"),
            Column("activity.tasked", "Who leads, coordinates, supports", NO_LEAD, kind="offices"),
            Column("basis", "Link to the risk"),
            "reason",
        ),
        empty="No source links it to an activity.",
        limit=MAX_ACTIVITIES,
        all_url=lambda risk: list_url(risk, "activity", risk=risk.code),
    ),
    LinksPanel(
        "Goals those activities serve",
        lambda risk: Goal.objects.filter(pk__in=ActivityRisk.objects.filter(risk=risk).goals_served()),
        note="Reached through the activities it threatens; no source names a goal it threatens itself.",
        empty="No source links it to a goal.",
        all_url=lambda risk: list_url(risk, "goal"),
    ),
)
add_panels(
    TopicDetail,
    TablePanel(
        "Activities on it",
        lambda topic: topic.activity_links.main_first(),
        ("activity", "weight", Column("basis", "Link to the topic"), "reason"),
        limit=MAX_ACTIVITIES,
        all_url=lambda topic: list_url(topic, "activity", topic=topic.code),
    ),
)
add_panels(
    RecommendationDetail,
    TablePanel(
        "Activities it bears on",
        "activity_links",
        ("activity", Column("basis", "Link to the activity"), "reason"),
        empty="It is linked to no activity.",
    ),
)
add_panels(
    MitigationDetail,
    LinksPanel(
        "Activities those risks threaten",
        lambda mitigation: Activity.objects.filter(
            pk__in=ActivityRisk.objects.filter(risk__mitigations=mitigation).values("activity")
        ),
        note="Linked to a risk it addresses.",
        empty="No source links its risks to an activity.",
        all_url=lambda mitigation: list_url(mitigation, "activity"),
    ),
)

add_panels(
    OfficeDetail,
    TemplatePanel(
        "Tasking", Tasking, top="lines_of_effort/tasking/numbers.html", main="lines_of_effort/tasking/panel.html"
    ),
    matrix_link("office"),
    LinksPanel(
        "What could stop it",
        lambda office: Risk.objects.filter(pk__in=ActivityRisk.objects.of_office(office).values("risk")),
        note="Risks linked to an activity it is tasked with.",
        empty="No source links a risk to an activity of this office.",
        all_url=lambda office: list_url(office, "risk"),
    ),
    LinksPanel(
        "Means",
        lambda office: Means.objects.filter(pk__in=ActivityMeans.objects.of_office(office).values("means")),
        note="Means linked to an activity it is tasked with.",
        empty="No source links a means to an activity of this office.",
        all_url=lambda office: list_url(office, "means"),
    ),
    first=True,
)
add_panels(LineOfEffortDetail, matrix_link("line_of_effort"))
for page in (
    GoalDetail,
    LineOfEffortDetail,
    ProcessStageDetail,
    ActivityDetail,
    OfficeDetail,
    MeansDetail,
    RiskDetail,
    MitigationDetail,
):
    add_panels(page, TRACE_LINK)
add_panels(
    OfficeDetail, PageLink("Side by side", office_comparison_url, "With another office: what both have.", "link")
)
