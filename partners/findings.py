"""Findings about partners and engagements, and those that need the content of all apps."""

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
    title="Engagements and frameworks whose line of effort is inferred",
    why="No source puts them under the line of effort where they are shown.",
)
def lines_read_by_us(notional):
    managers = (Engagement.objects, Framework.objects)
    return [rows.visible(notional).with_inferred_line().annotate(detail=F("line_reason")) for rows in managers]


# Models whose names and other names explain an abbreviation.
EXPLAINING_MODELS = (Term, Office, Partner, Framework, Strategy)


@register_finding(
    "abbreviation-undefined",
    severity=Severity.WARNING,
    title="Records that use an abbreviation nothing explains",
    why="It is neither a term nor the name of an office, a partner or a framework, so a reader cannot look it up.",
    reads_all=True,
)
def undefined_abbreviations(notional):
    known = {
        word.casefold()
        for entry in _explaining_entries(notional)
        for word in abbreviations(entry.aliases + " " + entry.title)
    }
    entries = []
    for entry in _strategy_entries(notional):
        words = abbreviations(f"{entry.title} {entry.body}")
        if unknown := sorted(word for word in words if word.casefold() not in known):
            entry.detail = ", ".join(unknown)
            entries.append(entry)
    return [entries]


def _explaining_entries(notional: str) -> QuerySet[SearchEntry]:
    """The index entries of records that explain abbreviations; training content may use sourced names."""
    scope = Notional.EXCLUDE if notional == Notional.EXCLUDE else Notional.INCLUDE
    return SearchEntry.objects.visible(scope).filter(kind__in=[model._meta.label_lower for model in EXPLAINING_MODELS])


def _strategy_entries(notional: str) -> QuerySet[SearchEntry]:
    """The index entries of the strategies and their records: one query for all models."""
    kinds = [model._meta.label_lower for model in apps.get_models() if issubclass(model, OfStrategy | Strategy)]
    return SearchEntry.objects.visible(notional).filter(kind__in=kinds).order_by("kind", "pk")
