"""Findings about lines of effort, activities, their links and assignments."""

from django.db.models import F

from strategy.findings import Severity, register_finding
from strategy.models import Goal, Means, Office

from .models import Activity, Assignment, LineOfEffort, ProcessStage


@register_finding(
    "goal-without-line",
    severity=Severity.WARNING,
    title="Goals without a line of effort",
    why="An end that no way leads to will not be reached by this strategy.",
)
def goals_without_line(notional):
    return Goal.objects.visible(notional).filter(line_links=None)


@register_finding(
    "line-without-activity",
    severity=Severity.WARNING,
    title="Lines of effort without an activity",
    why="A line of effort with nothing under it cannot be tasked or followed.",
)
def lines_without_activity(notional):
    return LineOfEffort.objects.visible(notional).without_activity()


@register_finding(
    "activity-without-lead",
    severity=Severity.WARNING,
    title="Activities without a lead",
    why="A partner who asks whom to talk to gets no answer.",
)
def activities_without_lead(notional):
    return Activity.objects.visible(notional).without_lead()


@register_finding(
    "activity-with-several-leads",
    severity=Severity.WARNING,
    title="Activities with several leads",
    why="Whether they lead jointly, in turn or in dispute must be known before one of them is asked.",
)
def activities_with_several_leads(notional):
    return Activity.objects.visible(notional).with_several_leads()


@register_finding(
    "activity-supported-not-led",
    severity=Severity.WARNING,
    title="Activities supported but not led",
    why="Offices are told to support, and nobody is named whom they support.",
)
def activities_supported_not_led(notional):
    return Activity.objects.visible(notional).supported_not_led()


@register_finding(
    "assignment-to-office-not-standing",
    severity=Severity.WARNING,
    title="Assignments to offices that do not stand",
    why="An office that is planned, interim, paused, renamed or gone cannot answer for its task in its own name.",
)
def assignments_to_inactive_offices(notional):
    rows = Assignment.objects.visible(notional).to_inactive_offices()
    return rows.annotate(detail=F("office__status_as_stated"))


@register_finding(
    "office-without-tasking",
    severity=Severity.INFO,
    title="Offices linked to the strategy but not tasked",
    why="A source connects them with the strategy and none says what they do; being mentioned is not tasking.",
)
def offices_without_tasking(notional):
    return Office.objects.visible(notional).linked_to_strategy().untasked()


@register_finding(
    "means-unused",
    severity=Severity.INFO,
    title="Means that no activity uses",
    why="Either an activity does not say what it needs, or the means serves nothing.",
)
def unused_means(notional):
    return Means.objects.visible(notional).unused()


@register_finding(
    "line-read-by-us",
    severity=Severity.INFO,
    title="Activities and stages whose line of effort is inferred",
    why="No source puts them under the line of effort where they are shown.",
)
def lines_read_by_us(notional):
    managers = (Activity.objects, ProcessStage.objects)
    return [rows.visible(notional).with_inferred_line().annotate(detail=F("line_reason")) for rows in managers]


@register_finding(
    "activity-link-read-by-us",
    severity=Severity.INFO,
    title="Activities with an inferred goal, stage, means or risk",
    why="The link helps to find them, but no source states it.",
)
def activity_links_read_by_us(notional):
    return Activity.objects.visible(notional).with_inferred_link()


@register_finding(
    "line-goal-read-by-us",
    severity=Severity.INFO,
    title="Lines of effort with an inferred goal",
    why="No source says that the line serves this goal by itself.",
)
def line_goals_read_by_us(notional):
    return LineOfEffort.objects.visible(notional).with_inferred_goal()
