"""The briefs of a goal and of a line of effort: what serves it, who is tasked, and what could stop it."""

from typing import Any

from lines_of_effort.goal_panel import GoalLines, ServingLine
from lines_of_effort.models import Activity, ActivityMeans, ActivityRisk
from strategy.core.models import Basis
from strategy.core.views import list_url
from strategy.models import Means, Risk

from ..models import Engagement, Framework
from .brief import BriefReader, Draft, Line, draft_of, join_words, record_line

MAX_ACTIVITIES = 10
# Of the work with partners.
MAX_NEWEST = 4


def activity_line(activity: Activity) -> Line:
    """An activity read ``for_list``, with the offices on it; that no lead is named is said."""
    offices = (f"{row.get_role_display().lower()}: {row.office.code}" for row in activity.tasked)
    words = join_words(
        activity.line_of_effort.title if activity.line_of_effort else "",
        *offices,
        "" if activity.leads else "no lead named",
    )
    return record_line(activity, words, activity.basis)


class GoalBrief(BriefReader):
    """Reads the brief of a goal."""

    kind = "Goal"

    def statement(self) -> str:
        return str(self.record.statement)

    def facts(self) -> list[tuple[str, str]]:
        return [("Strategy", self.record.strategy.title)]

    def drafts(self) -> list[Draft]:
        goal = self.record
        activities = Activity.objects.filter(goal_links__goal=goal)
        ways = GoalLines(goal).ways
        return [
            Draft("Lines of effort that serve it", ways, way_line, len(ways), cited=lambda way: (way.line,)),
            draft_of(
                "Activities and offices",
                activities.for_list(),
                activity_line,
                list_url(goal, "activity", goal=goal.code),
                MAX_ACTIVITIES,
            ),
            *risks_and_means(goal, activities),
        ]


def way_line(way: ServingLine) -> Line:
    """A line of effort that serves a goal, and how; the basis is that of its strongest link."""
    strengths = (link.get_strength_display() for link in way.links)
    return record_line(way.line, join_words(way.line.get_force_activity_display(), *strengths), way.links[0].basis)


def risks_and_means(record: Any, activities: Any) -> list[Draft]:
    """What could stop the activities and what they need."""
    risks = ActivityRisk.objects.filter(activity__in=activities)
    means = ActivityMeans.objects.filter(activity__in=activities)
    return [
        draft_of("What could stop it", Risk.objects.filter(pk__in=risks.values("risk")), record_line),
        draft_of("Means", Means.objects.filter(pk__in=means.values("means")), record_line),
    ]


class LineBrief(BriefReader):
    """Reads the brief of a line of effort."""

    kind = "Line of effort"

    def statement(self) -> str:
        return str(self.record.objective)

    def facts(self) -> list[tuple[str, str]]:
        line = self.record
        links = line.goal_links.select_related("goal").order_by("goal__order")
        goals = dict.fromkeys(f"{link.goal.code} {link.goal.title}" for link in links)
        return [
            ("Strategy", line.strategy.title),
            ("Force activity", line.get_force_activity_display()),
            ("Looks ahead", line.horizon and f"{line.horizon} ({Basis(line.horizon_basis).label.lower()})"),
            ("Serves", join_words(*goals)),
        ]

    def drafts(self) -> list[Draft]:
        line = self.record
        activities = Activity.objects.filter(line_of_effort=line)
        engagements = Engagement.objects.under_lines([line.pk]).newest_first()
        return [
            draft_of(
                "Activities and offices",
                activities.for_list(),
                activity_line,
                list_url(line, "activity", line_of_effort=line.code),
                MAX_ACTIVITIES,
            ),
            *risks_and_means(line, activities),
            draft_of(
                "Frameworks with partners",
                Framework.objects.filter(line_of_effort=line),
                lambda row: record_line(row, "", row.line_basis),
                list_url(line, "framework", line_of_effort=line.code),
                MAX_NEWEST,
            ),
            draft_of(
                "Newest engagements",
                engagements,
                lambda row: record_line(row, row.when, row.line_basis),
                list_url(line, "engagement", on_line=line.code),
                MAX_NEWEST,
            ),
        ]
