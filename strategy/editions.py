"""Editions of one document: which a record belongs to, whether a newer one took its place, and where it went on."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from .core.cache import VersionedCache
from .core.models import CodedModel
from .core.text import code_suffix
from .models import OfStrategy, Strategy


def document_of(record: CodedModel) -> Strategy | None:
    """The strategy a record is part of: its own, or that of the activity it tasks an office with."""
    if isinstance(record, Strategy):
        return record
    return getattr(record, "strategy", None) or getattr(getattr(record, "activity", None), "strategy", None)


def _successors() -> dict[int, list[Strategy]]:
    found: dict[int, list[Strategy]] = defaultdict(list)
    for strategy in Strategy.objects.superseding():
        found[strategy.supersedes_id].append(strategy)
    return found


_kept = VersionedCache(_successors)


def successors(strategy: Strategy) -> list[Strategy]:
    """The published editions that took this one's place. Drafts take nobody's."""
    return _kept().get(strategy.pk, [])


def superseded(strategy: Strategy) -> bool:
    """Whether a published edition took this one's place."""
    return bool(successors(strategy))


def current(strategy: Strategy) -> Strategy:
    """The newest published edition that follows this one, or itself."""
    passed = {strategy.pk}
    while (later := successors(strategy)) and later[-1].pk not in passed:
        strategy = later[-1]
        passed.add(strategy.pk)
    return strategy


def are_editions(one: Strategy, other: Strategy) -> bool:
    """Whether both are editions of one document, whichever is the later."""
    return current(one).pk == current(other).pk


def same_in(record: CodedModel, edition: Strategy) -> CodedModel | None:
    """The record that stands in ``edition`` for this one: of the same name, else with the same end of the code.

    Only where that is certain; a likeness of words is for the comparison of editions, which says so.
    """
    model = type(record)
    if not issubclass(model, OfStrategy):
        return None
    end = code_suffix(record.code, document.code if (document := document_of(record)) else "")
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
    same: CodedModel | None


def earlier(record: CodedModel) -> Earlier | None:
    """The notice for a record of an edition that was superseded; None for any other."""
    own = document_of(record)
    if own is None or not superseded(own):
        return None
    latest = current(own)
    same = latest if isinstance(record, Strategy) else same_in(record, latest)
    return Earlier(own, latest, same)
