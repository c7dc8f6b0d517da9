"""The home page: the strategy on one page, where to go from it, and what the sources leave open."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode

from lines_of_effort.models import Activity, Assignment, LineGoal, LineOfEffort
from partners.models import Engagement, Framework, Partner
from strategy.core import params
from strategy.core.cache import count_each
from strategy.core.models import Basis
from strategy.models import Chapter, Conflict, Goal, Means, Office, Risk, Silence, Strategy, Term
from strategy.views import bad_request_page
from strategy.views.base import page_citation

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
class Number:
    """A count with the address of exactly the list it counts; of how many, where it is a part of a whole."""

    label: str
    rows: Any
    url: str
    whole: Any = None
    count: int = 0
    total: int = 0


@dataclass
class Pillar:
    """A line of effort with the activities under it."""

    line: LineOfEffort
    activities: list[Activity] = field(default_factory=list)

    @property
    def read_by_us(self) -> int:
        """How many of them no source puts there."""
        return sum(activity.line_basis == Basis.INFERRED for activity in self.activities)


def at(name: str, **filters: str) -> str:
    query = f"?{urlencode(filters)}" if filters else ""
    return f"{reverse(f'{name}-list')}{query}"


def contents() -> list[Number]:
    """What the site holds."""
    activities, nations = Activity.objects.visible(), Partner.objects.visible().nations()
    return [
        Number("goals", Goal.objects.visible(), at("goal")),
        Number("lines of effort", LineOfEffort.objects.visible(), at("lineofeffort")),
        Number("activities", activities, at("activity")),
        Number("with a named lead", activities.led(), at("activity", has_lead="true")),
        Number("offices tasked", Office.objects.visible().tasked(), at("office", tasked="true")),
        Number("risks", Risk.objects.visible(), at("risk")),
        Number("allied nations", nations.filter(relation="ally"), at("partner", kind="nation", relation="ally")),
        Number("partner nations", nations.filter(relation="partner"), at("partner", kind="nation", relation="partner")),
        Number("frameworks", Framework.objects.visible(), at("framework")),
        Number("engagements", Engagement.objects.visible(), at("engagement")),
    ]


def gaps() -> list[Number]:
    """What the sources do not say. Each number leads to the rows it counts, and to no others."""

    def finding(name: str) -> str:
        return reverse("finding-detail", args=[name])

    activities, offices = Activity.objects.visible(), Office.objects.visible()
    risks, terms = Risk.objects.visible(), Term.objects.visible()
    means, tasks = Means.objects.visible(), Assignment.objects.visible()
    tied, conflicts = offices.tied_to_strategy(), Conflict.objects.visible()
    return [
        Number(
            "Activities without a named lead", activities.without_lead(), at("activity", has_lead="false"), activities
        ),
        Number(
            "Activities whose line of effort is our reading",
            activities.line_read_by_us(),
            at("activity", line_basis=Basis.INFERRED),
            activities,
        ),
        Number(
            "Tasks given to an office that does not stand",
            tasks.to_inactive_offices(),
            finding("assignment-to-office-not-standing"),
            tasks,
        ),
        Number(
            "Offices tied to the strategy, with no task named",
            tied.untasked(),
            finding("office-without-tasking"),
            tied,
        ),
        Number(
            "Risks without a described mitigation",
            risks.without_described_mitigation(),
            at("risk", mitigation_described="false"),
            risks,
        ),
        Number(
            "Means that no activity is said to use", means.filter(activity_links=None), finding("means-unused"), means
        ),
        Number("Terms without a definition", terms.without_definition(), at("term", defined="false"), terms),
        Number("Conflicts of sources still open", conflicts.unresolved(), at("conflict", status="open"), conflicts),
        Number("Silences: things looked for and not found", Silence.objects.visible(), at("silence")),
    ]


def counted(*groups: list[Number]) -> None:
    """Fills in the counts of all groups: one query."""
    numbers = [number for group in groups for number in group]
    wholes = [number for number in numbers if number.whole is not None]
    found = count_each([*(number.rows for number in numbers), *(number.whole for number in wholes)])
    for number, count in zip(numbers, found, strict=False):
        number.count = count
    for number, total in zip(wholes, found[len(numbers) :], strict=True):
        number.total = total


def map_of(strategy: Strategy) -> dict[str, Any]:
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


def home(request: HttpRequest) -> HttpResponse:
    """The strategy in force on one page; without content, how to load it."""
    try:
        params.check_params(request.GET, (), blank=False)
    except params.BadParametersError as error:
        return bad_request_page(request, error)
    strategy = Strategy.objects.visible().in_force()
    if strategy is None:
        return TemplateResponse(request, "home.html", {})
    held, open_points = contents(), gaps()
    counted(held, open_points)
    context = map_of(strategy) | {
        "strategy": strategy,
        "numbers": held,
        "gaps": open_points,
        "questions": QUESTIONS,
        "citation": page_citation(request, strategy.title, strategy.publisher, strategy.updated),
    }
    return TemplateResponse(request, "home.html", context)
