"""The home page: a strategy on one page, where to go from it, and what the sources leave open."""

from typing import Any

from django.urls import reverse
from django.views.generic import TemplateView

from config.my_office_panel import my_office_panel
from config.strategy_map import strategy_map, summaries_of
from lines_of_effort.models import Activity, Assignment, LineOfEffort
from partners.models import Engagement, Framework, Partner
from strategy.core.models import Basis, CodedQuerySet, Notional
from strategy.core.views import LinkedCount, StrictPage, fill_counts, filtered_list_url
from strategy.editions import edition_notice
from strategy.evidence import EvidenceIndex, record_citation
from strategy.models import Conflict, Goal, Means, Office, Risk, Silence, Strategy, Term
from strategy.my_office.middleware import my_office
from strategy.reader_strategy import current_strategies, home_strategy, page_url, read_in, strategy_param

# Address, question, and the way to the answer.
QUESTIONS = (
    ("/offices/", "What is my office tasked with?", "Pick your office. See what it leads, coordinates and supports."),
    ("/matrix/", "Who leads this activity?", "Activities down, offices across, in one matrix."),
    ("/contacts/", "Whom do I talk to?", "By subject and by nation: the office to approach, or that none is named."),
    ("/trace/", "Why are we doing this?", "Trace any task up to its goal and down to its risks."),
    ("/risks/", "What could go wrong?", "Every risk, and what is known to be done about it."),
    ("/partners/", "With whom do we work?", "Nations and organizations, frameworks and engagements."),
    ("/read/", "What does the text say?", "Chapter by chapter, point by point, in our own words."),
    ("/compare/", "What changed since the last edition?", "Side by side, once a second edition is loaded."),
)
# Where the parts of the map lead.
LISTS = {
    "ends": "/goals/",
    "ways": "/lines-of-effort/",
    "means": "/means/",
    "risks": "/risks/",
    "findings": "/findings/",
}


def content_counts(strategy: Strategy) -> list[LinkedCount]:
    """What the site holds of a strategy, and with it."""
    notional = Notional.ONLY if strategy.notional else Notional.EXCLUDE
    link_params = {"notional": notional} if strategy.notional else {}
    own = link_params | {"strategy": strategy.code}
    activities = Activity.objects.filter(strategy=strategy)
    nations = Partner.objects.visible(notional).nations()
    tasked = Office.objects.visible(notional).tasked()

    def count_own(label: str, name: str, rows: CodedQuerySet, **filters: str) -> LinkedCount:
        return LinkedCount(label, rows, filtered_list_url(name, **filters, **own))

    def count_all(label: str, name: str, rows: CodedQuerySet, **filters: str) -> LinkedCount:
        return LinkedCount(label, rows, filtered_list_url(name, **filters, **link_params))

    return [
        count_own("goals", "goal", Goal.objects.filter(strategy=strategy)),
        count_own("lines of effort", "lineofeffort", LineOfEffort.objects.filter(strategy=strategy)),
        count_own("activities", "activity", activities),
        count_own("with a named lead", "activity", activities.led(), has_lead="true"),
        count_all("offices tasked", "office", tasked, tasked="true"),
        count_own("risks", "risk", Risk.objects.filter(strategy=strategy)),
        count_all("allied nations", "partner", nations.filter(relation="ally"), kind="nation", relation="ally"),
        count_all("partner nations", "partner", nations.filter(relation="partner"), kind="nation", relation="partner"),
        count_all("frameworks", "framework", Framework.objects.visible(notional)),
        count_all("engagements", "engagement", Engagement.objects.visible(notional)),
    ]


def gap_counts(notional: str) -> list[LinkedCount]:
    """What the sources do not say, of all strategies. Each number leads to the rows it counts, and to no others."""
    link_params = {"notional": notional} if notional != Notional.EXCLUDE else {}

    def finding(name: str) -> str:
        return reverse("finding-detail", args=[name], query=link_params)

    def filtered(name: str, **filters: str) -> str:
        return filtered_list_url(name, **filters, **link_params)

    activities, offices = Activity.objects.visible(notional), Office.objects.visible(notional)
    risks, terms = Risk.objects.visible(notional), Term.objects.visible(notional)
    means, tasks = Means.objects.visible(notional), Assignment.objects.visible(notional)
    linked, conflicts = offices.linked_to_strategy(), Conflict.objects.visible(notional)
    return [
        LinkedCount(
            "Activities without a named lead",
            activities.without_lead(),
            filtered("activity", has_lead="false"),
            activities,
        ),
        LinkedCount(
            "Activities placed under a line of effort by inference",
            activities.with_inferred_line(),
            filtered("activity", line_basis=Basis.INFERRED),
            activities,
        ),
        LinkedCount(
            "Tasks given to an office that is not established",
            tasks.to_inactive_offices(),
            finding("assignment-to-office-not-standing"),
            tasks,
        ),
        LinkedCount(
            "Offices linked to the strategy, with no task named",
            linked.untasked(),
            finding("office-without-tasking"),
            linked,
        ),
        LinkedCount(
            "Risks without a described mitigation",
            risks.without_described_mitigation(),
            filtered("risk", mitigation_described="false"),
            risks,
        ),
        LinkedCount("Means that no activity is said to use", means.unused(), finding("means-unused"), means),
        LinkedCount("Terms without a definition", terms.without_definition(), filtered("term", defined="false"), terms),
        LinkedCount(
            "Conflicts of sources still open",
            conflicts.unresolved(),
            filtered("conflict", status="open"),
            conflicts,
        ),
        LinkedCount("Looked for, and not stated by any source", Silence.objects.visible(notional), filtered("silence")),
    ]


class HomePage(StrictPage, TemplateView):
    """A strategy on one page: the one that ``strategy`` names, or the home page's; without content, how to load it."""

    template_name = "home.html"
    query_params = ("strategy", "notional")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        strategy = strategy_param(self.request)
        if strategy is None:
            return context
        read_in(self.request, strategy)
        notional = Notional.ONLY if strategy.notional else Notional.EXCLUDE
        numbers, gaps = content_counts(strategy), gap_counts(notional)
        fill_counts([*numbers, *gaps])
        index = EvidenceIndex([strategy])
        citations, abstract = index.all_citations(strategy), index.citations(strategy, "abstract")
        office = my_office(self.request)
        others = [other for other in current_strategies(notional) if other != strategy]
        return context | {
            **strategy_map(strategy),
            "summaries": summaries_of(strategy, citations),
            "strategy": strategy,
            # Training content never stands beside sourced content.
            "mine": my_office_panel(office) if office and office.notional == strategy.notional else None,
            "numbers": numbers,
            "gaps": gaps,
            "questions": [(page_url(path, strategy), question, way) for path, question, way in QUESTIONS],
            "links": {name: page_url(path, strategy) for name, path in LISTS.items()},
            "others": [(other, page_url("/", other)) for other in others],
            "has_training": not strategy.notional and home_strategy(Notional.ONLY) is not None,
            "citation": record_citation(self.request, strategy, abstract or citations),
            "edition": edition_notice(strategy),
            "notional": strategy.notional,
        }
