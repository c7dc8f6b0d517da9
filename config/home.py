"""The home page: the strategy on one page, where to go from it, and what the sources leave open."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.views.generic import TemplateView

from lines_of_effort.models import Activity, Assignment, LineGoal, LineOfEffort
from partners.models import Engagement, Framework, Partner
from strategy.core.models import Basis
from strategy.core.views import LinkedCount, StrictPage, fill_counts, filtered_list_url, page_citation
from strategy.models import Chapter, Conflict, Goal, Means, Office, Risk, Silence, Strategy, Term

QUESTIONS = (
    ("/offices/", "What is my office tasked with?", "Pick your office. See what it leads, coordinates and supports."),
    ("/matrix/", "Who leads this activity?", "Activities down, offices across, in one matrix."),
    ("/contacts/", "Whom do I talk to?", "By activity and by nation: the office to approach, or that none is named."),
    ("/trace/", "Why are we doing this?", "Trace any task up to its goal and down to its risks."),
    ("/risks/", "What could go wrong?", "Every risk, and what is known to be done about it."),
    ("/partners/", "With whom do we work?", "Nations and organisations, frameworks and engagements."),
    ("/read/", "What does the text say?", "Chapter by chapter, point by point, in our own words."),
    ("/compare/", "What changed since the last edition?", "Side by side, once a second edition is loaded."),
)


@dataclass
class Pillar:
    """A line of effort with the activities under it."""

    line: LineOfEffort
    activities: list[Activity] = field(default_factory=list)

    @property
    def read_by_us(self) -> int:
        """How many of them no source puts there."""
        return sum(activity.line_basis == Basis.INFERRED for activity in self.activities)


def content_counts() -> list[LinkedCount]:
    """What the site holds."""
    activities, nations = Activity.objects.visible(), Partner.objects.visible().nations()
    return [
        LinkedCount("goals", Goal.objects.visible(), filtered_list_url("goal")),
        LinkedCount("lines of effort", LineOfEffort.objects.visible(), filtered_list_url("lineofeffort")),
        LinkedCount("activities", activities, filtered_list_url("activity")),
        LinkedCount("with a named lead", activities.led(), filtered_list_url("activity", has_lead="true")),
        LinkedCount("offices tasked", Office.objects.visible().tasked(), filtered_list_url("office", tasked="true")),
        LinkedCount("risks", Risk.objects.visible(), filtered_list_url("risk")),
        LinkedCount(
            "allied nations",
            nations.filter(relation="ally"),
            filtered_list_url("partner", kind="nation", relation="ally"),
        ),
        LinkedCount(
            "partner nations",
            nations.filter(relation="partner"),
            filtered_list_url("partner", kind="nation", relation="partner"),
        ),
        LinkedCount("frameworks", Framework.objects.visible(), filtered_list_url("framework")),
        LinkedCount("engagements", Engagement.objects.visible(), filtered_list_url("engagement")),
    ]


def gap_counts() -> list[LinkedCount]:
    """What the sources do not say. Each number leads to the rows it counts, and to no others."""

    def finding(name: str) -> str:
        return reverse("finding-detail", args=[name])

    activities, offices = Activity.objects.visible(), Office.objects.visible()
    risks, terms = Risk.objects.visible(), Term.objects.visible()
    means, tasks = Means.objects.visible(), Assignment.objects.visible()
    tied, conflicts = offices.linked_to_strategy(), Conflict.objects.visible()
    return [
        LinkedCount(
            "Activities without a named lead",
            activities.without_lead(),
            filtered_list_url("activity", has_lead="false"),
            activities,
        ),
        LinkedCount(
            "Activities whose line of effort is our reading",
            activities.with_inferred_line(),
            filtered_list_url("activity", line_basis=Basis.INFERRED),
            activities,
        ),
        LinkedCount(
            "Tasks given to an office that does not stand",
            tasks.to_inactive_offices(),
            finding("assignment-to-office-not-standing"),
            tasks,
        ),
        LinkedCount(
            "Offices tied to the strategy, with no task named",
            tied.untasked(),
            finding("office-without-tasking"),
            tied,
        ),
        LinkedCount(
            "Risks without a described mitigation",
            risks.without_described_mitigation(),
            filtered_list_url("risk", mitigation_described="false"),
            risks,
        ),
        LinkedCount("Means that no activity is said to use", means.unused(), finding("means-unused"), means),
        LinkedCount(
            "Terms without a definition", terms.without_definition(), filtered_list_url("term", defined="false"), terms
        ),
        LinkedCount(
            "Conflicts of sources still open",
            conflicts.unresolved(),
            filtered_list_url("conflict", status="open"),
            conflicts,
        ),
        LinkedCount(
            "Silences: things looked for and not found", Silence.objects.visible(), filtered_list_url("silence")
        ),
    ]


def strategy_map(strategy: Strategy) -> dict[str, Any]:
    """Ends, ways, means and risks of one strategy, as the map draws them."""
    activities = list(Activity.objects.filter(strategy=strategy).for_list())
    lines = list(LineOfEffort.objects.filter(strategy=strategy))
    pillars = [Pillar(line, [a for a in activities if a.line_of_effort_id == line.pk]) for line in lines]
    goals = list(Goal.objects.filter(strategy=strategy))
    served = list(LineGoal.objects.filter(line_of_effort__in=lines, strength=LineGoal.Strength.COLLECTIVE))
    risks: dict[str, list[Risk]] = {}
    for risk in Risk.objects.filter(strategy=strategy).order_by("category", "code_order"):
        risks.setdefault(risk.category, []).append(risk)
    return {
        "goals": goals,
        "pillars": pillars,
        "unplaced": [activity for activity in activities if activity.line_of_effort_id is None],
        "placed_by_us": any(pillar.read_by_us for pillar in pillars),
        # Said only where it is so: every line serves every goal.
        "together": served if len(served) == len(goals) * len(lines) else [],
        "means": list(Means.objects.filter(strategy=strategy)),
        "risks": sorted(risks.items(), key=lambda item: item[1][0].code_order),
        "chapters": Chapter.objects.filter(strategy=strategy),
    }


class HomePage(StrictPage, TemplateView):
    """The strategy in force on one page; without content, how to load it."""

    template_name = "home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        strategy = Strategy.objects.visible().in_force()
        if strategy is None:
            return context
        numbers, gaps = content_counts(), gap_counts()
        fill_counts([*numbers, *gaps])
        return context | {
            **strategy_map(strategy),
            "strategy": strategy,
            "numbers": numbers,
            "gaps": gaps,
            "questions": QUESTIONS,
            "citation": page_citation(self.request, strategy.title, strategy.publisher, strategy.updated),
        }
