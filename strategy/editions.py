"""Editions of one document: which a record belongs to, whether a newer one took its place, and where it went on."""

from dataclasses import dataclass

from django.db.models import Q

from .core.matching import suffix
from .core.models import Coded
from .kept import Kept
from .models import OfStrategy, Strategy


def document_of(record: Coded) -> Strategy | None:
    """The strategy a record is part of: its own, or that of the activity it tasks an office with."""
    if isinstance(record, Strategy):
        return record
    return getattr(record, "strategy", None) or getattr(getattr(record, "activity", None), "strategy", None)


# Strategies by the id of the one each supersedes. Drafts take nobody's place.
successors: Kept[dict[int, Strategy]] = Kept(
    lambda: {strategy.supersedes_id: strategy for strategy in Strategy.objects.superseding()}
)


def superseded(strategy: Strategy) -> bool:
    """Whether a published edition took this one's place."""
    return strategy.pk in successors()


def current(strategy: Strategy) -> Strategy:
    """The newest published edition that follows this one, or itself."""
    passed = {strategy.pk}
    while (later := successors().get(strategy.pk)) and later.pk not in passed:
        passed.add(later.pk)
        strategy = later
    return strategy


def are_editions(one: Strategy, other: Strategy) -> bool:
    """Whether both are editions of one document, whichever is the later."""
    return current(one).pk == current(other).pk


def same_in(record: Coded, edition: Strategy) -> Coded | None:
    """The record that stands in ``edition`` for this one: of the same name, else with the same end of the code.

    Only where that is certain; a likeness of words is for the comparison of editions, which says so.
    """
    model = type(record)
    if not issubclass(model, OfStrategy):
        return None
    end = suffix(record.code, document.code if (document := document_of(record)) else "")
    codes = Q(code=f"{edition.code}-{end}")
    rows = list(model._default_manager.filter(codes | Q(**{model.label_field: record.label}), strategy=edition)[:3])
    named = [row for row in rows if row.label == record.label]
    if len(named) == 1:
        return named[0]
    return next((row for row in rows if row.code == f"{edition.code}-{end}"), None)


@dataclass(frozen=True)
class Earlier:
    """What a page of an earlier edition says at its top: which edition is current, and where this record went on."""

    own: Strategy
    current: Strategy
    same: Coded | None


def earlier(record: Coded) -> Earlier | None:
    """The notice for a record of an edition that was superseded; None for any other."""
    own = document_of(record)
    if own is None or not superseded(own):
        return None
    latest = current(own)
    same = latest if isinstance(record, Strategy) else same_in(record, latest)
    return Earlier(own, latest, same)
