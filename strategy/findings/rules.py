"""Findings about the document, its offices and its evidence."""

from django.apps import apps
from django.db.models import F

from ..core.clock import a_year_ago
from ..core.models import Basis, CodedQuerySet
from ..models import Conflict, Mitigation, Office, Record, Risk, Silence, Term
from .registry import Severity, register_finding


def records(notional: str) -> list[CodedQuerySet]:
    """The visible records of every model with evidence, in any app: a queryset per model."""
    return [model._default_manager.visible(notional) for model in apps.get_models() if issubclass(model, Record)]


@register_finding(
    "record-without-source",
    severity=Severity.ERROR,
    title="Records that claim a source and name none",
    why="Their basis says that the fact was read somewhere, but nobody can look it up.",
)
def without_source(notional):
    return [rows.without_citation().exclude(basis=Basis.ENTERED) for rows in records(notional)]


@register_finding(
    "record-entered-by-staff",
    severity=Severity.INFO,
    title="Records entered by staff without a source",
    why="They rest on the word of whoever entered them until a source is cited.",
)
def entered_by_staff(notional):
    return [rows.without_citation().filter(basis=Basis.ENTERED) for rows in records(notional)]


@register_finding(
    "conflict-open",
    severity=Severity.WARNING,
    title="Conflicts between sources that are not settled",
    why="Until a reading is chosen, pages show rival values side by side.",
)
def open_conflicts(notional):
    return Conflict.objects.visible(notional).unresolved()


@register_finding(
    "risk-without-mitigation",
    severity=Severity.WARNING,
    title="Risks without a mitigation",
    why="Nothing is said to be done about them.",
)
def risks_without_mitigation(notional):
    return Risk.objects.visible(notional).without_mitigation()


@register_finding(
    "risk-with-unknown-mitigation",
    severity=Severity.INFO,
    title="Risks whose mitigations are not known",
    why="Something is said to be done about them, but not what.",
)
def risks_with_unknown_mitigation(notional):
    return Risk.objects.visible(notional).with_unknown_mitigations_only()


@register_finding(
    "mitigation-without-owner",
    severity=Severity.WARNING,
    title="Mitigations without an owner",
    why="No office answers for carrying them out.",
)
def mitigations_without_owner(notional):
    return Mitigation.objects.visible(notional).without_owner()


@register_finding(
    "term-without-definition",
    severity=Severity.WARNING,
    title="Terms without a definition",
    why="Readers from other services and nations may understand them differently.",
)
def terms_without_definition(notional):
    return Term.objects.visible(notional).without_definition()


@register_finding(
    "office-relation-read-by-us",
    severity=Severity.INFO,
    title="Offices whose place in the organization is inferred",
    why="The chart shows a relation that no source states as such.",
)
def offices_read_by_us(notional):
    return Office.objects.visible(notional).with_inferred_relation()


@register_finding(
    "silence-not-checked",
    severity=Severity.INFO,
    title="Silences that nobody has looked into for a year, or ever on record",
    why="A source may have said it since.",
)
def stale_silences(notional):
    return Silence.objects.visible(notional).not_checked_since(a_year_ago()).annotate(detail=F("checked"))


@register_finding(
    "office-with-old-sources",
    severity=Severity.WARNING,
    title="Offices whose newest source is older than twelve months",
    why="Offices are renamed, moved and closed, and nothing read since says that this one still stands so.",
)
def offices_with_old_sources(notional):
    return Office.objects.visible(notional).with_sources_before(a_year_ago())


@register_finding(
    "record-on-one-weak-source",
    severity=Severity.INFO,
    title="Records that rest on one weak source",
    why="The source is a lead and not proof, and no second one agrees.",
)
def with_only_weak_source(notional):
    return [rows.with_only_weak_source() for rows in records(notional)]


@register_finding(
    "record-with-stronger-source",
    severity=Severity.WARNING,
    title="Records for which a stronger source is cited than their text rests on",
    why="The text was written from the weaker source and should be read against the stronger one.",
)
def with_stronger_source(notional):
    return [rows.with_stronger_citation() for rows in records(notional)]
