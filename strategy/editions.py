"""Editions of a document: the one a record belongs to, the current one, and the same record in that."""

from collections import defaultdict
from dataclasses import dataclass
from operator import attrgetter

from django.db.models import Q

from .core.cache import VersionedCache
from .core.models import CodedModel
from .core.text import code_suffix
from .models import OfStrategy, Strategy


def document_of(record: CodedModel) -> Strategy | None:
    """The strategy a record belongs to; None for a record of no strategy."""
    if isinstance(record, Strategy):
        return record
    return attrgetter(record.strategy_path.replace("__", "."))(record) if record.strategy_path else None


def _successors() -> dict[int, list[Strategy]]:
    by_predecessor: dict[int, list[Strategy]] = defaultdict(list)
    for strategy in Strategy.objects.superseding():
        by_predecessor[strategy.supersedes_id].append(strategy)
    return by_predecessor


_successors_by_id = VersionedCache(_successors)


def successors(strategy: Strategy) -> list[Strategy]:
    """The published editions that supersede this one, drafts excluded."""
    return _successors_by_id().get(strategy.pk, [])


def is_superseded(strategy: Strategy) -> bool:
    """Whether a published edition supersedes this one."""
    return bool(successors(strategy))


def current_edition(strategy: Strategy) -> Strategy:
    """The newest published edition that supersedes this one, directly or not; itself if there is none."""
    seen = {strategy.pk}
    while (later := successors(strategy)) and later[-1].pk not in seen:
        strategy = later[-1]
        seen.add(strategy.pk)
    return strategy


def are_editions(first: Strategy, second: Strategy) -> bool:
    """Whether both are editions of the same document."""
    return current_edition(first).pk == current_edition(second).pk


def counterpart_in(edition: Strategy, record: CodedModel) -> CodedModel | None:
    """The record of ``edition`` with the name of this one, else with the same suffix of the code; None if uncertain.

    Similar names do not count here, but in the comparison of editions, which shows the rule.
    """
    model = type(record)
    if not issubclass(model, OfStrategy):
        return None
    suffix = code_suffix(record.code, document.code if (document := document_of(record)) else "")
    codes = Q(code=f"{edition.code}-{suffix}")
    rows = list(model._default_manager.filter(codes | Q(**{model.label_field: record.label}), strategy=edition)[:3])
    same_name = [row for row in rows if row.label == record.label]
    if len(same_name) == 1:
        return same_name[0]
    return next((row for row in rows if row.code == f"{edition.code}-{suffix}"), None)


@dataclass(frozen=True)
class EditionNotice:
    """Notice on a page of a superseded edition: that edition, the current one, and the same record in it, if any."""

    own: Strategy
    current: Strategy
    same: CodedModel | None


def edition_notice(record: CodedModel) -> EditionNotice | None:
    """The notice for a record of a superseded edition; None for any other."""
    own = document_of(record)
    if own is None or not is_superseded(own):
        return None
    latest = current_edition(own)
    same = latest if isinstance(record, Strategy) else counterpart_in(latest, record)
    return EditionNotice(own, latest, same)
