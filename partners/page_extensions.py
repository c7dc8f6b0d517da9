"""The panels that partners add to the pages of the apps below: lines of effort, activities and offices."""

from django.db.models import F

from lines_of_effort.models import LineOfEffort
from lines_of_effort.trace.reader import start_from
from lines_of_effort.trace.views import TRACE_LINK
from lines_of_effort.views import ActivityDetail, LineOfEffortDetail
from strategy.core.views import Column, LinksPanel, PageLink, TablePanel, add_panels, list_url
from strategy.views.goals import GoalDetail
from strategy.views.offices import OfficeDetail
from strategy.views.topics import TopicDetail, topics_panel

from .brief.views import brief_url
from .models import Engagement, Framework, Partner
from .views import EngagementDetail, FrameworkDetail, PartnerDetail

# Rows of a table on the page of a line of effort; the rest is one click away.
MAX_ROWS = 10
MAX_COUNTERPARTS = 50
SAME_LINE = "Under the same line of effort, often by inference. No source links them to {}."

add_panels(
    LineOfEffortDetail,
    TablePanel(
        "Engagements",
        lambda line: Engagement.objects.under_lines([line.pk]).newest_first(),
        (Column("self", "Engagement"), "kind", "start", "status", Column("line_basis", "Basis"), "line_reason"),
        limit=MAX_ROWS,
        all_url=lambda line: list_url(line, "engagement", on_line=line.code),
    ),
    TablePanel(
        "Frameworks",
        "framework_set",
        (Column("self", "Framework"), "kind", Column("line_basis", "Basis"), "line_reason"),
        limit=MAX_ROWS,
        all_url=lambda line: list_url(line, "framework", line_of_effort=line.code),
    ),
)
add_panels(
    ActivityDetail,
    LinksPanel(
        "Engagements on its line",
        lambda activity: Engagement.objects.under_lines([activity.line_of_effort_id]).newest_first(),
        note=SAME_LINE.format("this activity"),
        all_url=lambda activity: list_url(activity, "engagement", on_line=activity.line_of_effort.code),
        limit=6,
    ),
    LinksPanel(
        "Frameworks on its line",
        lambda activity: Framework.objects.under_lines([activity.line_of_effort_id]),
        note=SAME_LINE.format("this activity"),
        all_url=lambda activity: list_url(activity, "framework", line_of_effort=activity.line_of_effort.code),
        limit=6,
    ),
)
add_panels(
    OfficeDetail,
    LinksPanel("Listed among the partners as", lambda office: Partner.objects.filter(office=office)),
    LinksPanel(
        "Nations in its area",
        lambda office: Partner.objects.nations().filter(combatant_command=office.code, notional=office.notional),
        note="By geography, mostly inferred: each nation says on what basis.",
        all_url=lambda office: list_url(office, "partner", kind="nation", combatant_command=office.code),
        limit=12,
    ),
    LinksPanel(
        "Engagements on its lines",
        lambda office: Engagement.objects.under_lines(
            LineOfEffort.objects.tasked_to(office).values("pk")
        ).newest_first(),
        note=SAME_LINE.format("this office"),
        all_url=lambda office: list_url(office, "engagement"),
        limit=6,
    ),
    LinksPanel(
        "Frameworks on its lines",
        lambda office: Framework.objects.under_lines(LineOfEffort.objects.tasked_to(office).values("pk")),
        note=SAME_LINE.format("this office"),
        all_url=lambda office: list_url(office, "framework"),
        limit=6,
    ),
)
add_panels(
    TopicDetail,
    TablePanel(
        "Frameworks on it",
        lambda topic: topic.framework_links.main_first(),
        (
            "framework",
            Column("framework.lead", "Led by", "No one is named"),
            "weight",
            Column("basis", "Link to the topic"),
            "reason",
        ),
        limit=MAX_ROWS,
        all_url=lambda topic: list_url(topic, "framework", topic=topic.code),
    ),
    TablePanel(
        "Engagements on it",
        lambda topic: topic.engagement_links.order_by(F("engagement__start_latest").desc(nulls_last=True)),
        ("engagement", Column("engagement.start", "Start"), Column("basis", "Link to the topic"), "reason"),
        limit=MAX_ROWS,
        all_url=lambda topic: list_url(topic, "engagement", topic=topic.code),
    ),
    TablePanel(
        "National counterparts",
        lambda topic: topic.partner_links.by_nation(),
        (
            "partner",
            Column("partner.nation", "Nation"),
            "weight",
            Column("basis", "Link to the topic"),
            "reason",
        ),
        limit=MAX_COUNTERPARTS,
        all_url=lambda topic: list_url(topic, "partner", topic=topic.code),
    ),
)
add_panels(FrameworkDetail, topics_panel("framework_links"))
add_panels(EngagementDetail, topics_panel("engagement_links"))
start_from(Framework, Engagement)
for page in (FrameworkDetail, EngagementDetail):
    add_panels(page, TRACE_LINK)
for briefed in (OfficeDetail, GoalDetail, LineOfEffortDetail, PartnerDetail):
    add_panels(briefed, PageLink("Brief", brief_url, "The whole on one sheet, to print or to hand over.", "print"))
