"""What deserves a second look in the partnerships, and what only the whole content can tell."""

from django.apps import apps
from django.db.models import F, QuerySet

from strategy.core.models import Notional
from strategy.core.text import abbreviations
from strategy.findings import Severity, register_finding
from strategy.models import Office, OfStrategy, SearchEntry, Strategy, Term

from .models import Engagement, Framework, Partner


@register_finding(
    "engagement-with-partial-participants",
    severity=Severity.INFO,
    title="Engagements whose participants are not all known",
    why="A partner that is missing from the list may have taken part all the same.",
)
def partial_participants(notional):
    return Engagement.objects.visible(notional).with_partial_participants()


@register_finding(
    "partner-with-weak-evidence",
    severity=Severity.INFO,
    title="Partners with thin or contested evidence",
    why="What is shown of them should be checked before it is relied on.",
)
def weak_evidence(notional):
    return Partner.objects.visible(notional).with_weak_evidence().annotate(detail=F("evidence"))


@register_finding(
    "partnership-line-read-by-us",
    severity=Severity.INFO,
    title="Engagements and frameworks whose line of effort is our reading",
    why="No source puts them under the line of effort where they are shown.",
)
def lines_read_by_us(notional):
    placed = (Engagement.objects, Framework.objects)
    return [rows.visible(notional).with_inferred_line().annotate(detail=F("line_reason")) for rows in placed]


NAMED = (Term, Office, Partner, Framework, Strategy)


@register_finding(
    "abbreviation-undefined",
    severity=Severity.WARNING,
    title="Records that use an abbreviation nothing explains",
    why="It is neither a term nor the name of an office, a partner or a framework, so a reader cannot look it up.",
)
def undefined_abbreviations(notional):
    known = {word.casefold() for entry in _named(notional) for word in abbreviations(entry.aliases + " " + entry.title)}
    found = []
    for entry in _texts(notional):
        words = abbreviations(f"{entry.title} {entry.body}")
        if unknown := sorted(word for word in words if word.casefold() not in known):
            entry.detail = ", ".join(unknown)
            found.append(entry)
    return [found]


def _named(notional: str) -> QuerySet[SearchEntry]:
    """Everything that is called something; training content may use the sourced names."""
    scope = Notional.EXCLUDE if notional == Notional.EXCLUDE else Notional.INCLUDE
    return SearchEntry.objects.visible(scope).filter(kind__in=[model._meta.label_lower for model in NAMED])


def _texts(notional: str) -> QuerySet[SearchEntry]:
    """The texts of the strategy, as search knows them: one query for all kinds of records."""
    kinds = [model._meta.label_lower for model in apps.get_models() if issubclass(model, OfStrategy | Strategy)]
    return SearchEntry.objects.visible(notional).filter(kind__in=kinds).order_by("kind", "pk")
