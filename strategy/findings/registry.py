"""Registry of findings: rules for what in the content deserves a second look. Names no model.

Each app registers its own in ``findings.py``, imported when the app is ready. A finding refuses nothing: what must
never be stored is a constraint or a ``clean``.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeAlias

from django.db import models
from django.utils.functional import cached_property

from ..core.cache import count_each
from ..core.models import CodedModel, Notional
from ..core.params import did_you_mean, printable


class Severity(models.TextChoices):
    """How soon somebody should look. Most severe first."""

    ERROR = "error", "Error"
    WARNING = "warning", "Warning"
    INFO = "info", "Information"

    def reaches(self, threshold: "Severity") -> bool:
        """Whether this is as severe as ``threshold``, or more so."""
        order = list(Severity)
        return order.index(self) <= order.index(threshold)


Group: TypeAlias = models.QuerySet[Any, Any] | Sequence[Any]
FindingRows: TypeAlias = models.QuerySet | Iterable[Group]


def group_sizes(groups: list[Group]) -> list[int]:
    """The number of records in each group, in one query."""
    counts = iter(count_each([group for group in groups if isinstance(group, models.QuerySet)]))
    return [next(counts) if isinstance(group, models.QuerySet) else len(group) for group in groups]


class Rows:
    """The records of a finding, of one or several models: a sequence that loads only the records of a slice.

    A record may have ``detail``, a text that says what is wrong with it.
    """

    def __init__(self, groups: Iterable[Group]):
        self.groups = list(groups)

    @cached_property
    def sizes(self) -> list[int]:
        return group_sizes(self.groups)

    def __len__(self) -> int:
        return sum(self.sizes)

    def __iter__(self) -> Iterator[CodedModel]:
        return self._between(0, len(self))

    def __getitem__(self, page: slice) -> list[CodedModel]:
        """The records of a page: a slice without a step."""
        start, stop, _ = page.indices(len(self))
        return list(self._between(start, stop))

    def _between(self, start: int, stop: int) -> Iterator[CodedModel]:
        for group, size in zip(self.groups, self.sizes, strict=True):
            if start < size and stop > 0:
                rows: Any = group
                if isinstance(group, models.QuerySet):
                    rows = rows.for_list()
                yield from rows[max(start, 0) : stop]
            start, stop = start - size, stop - size


@dataclass(frozen=True)
class Finding:
    """A rule: what it looks for, and why that matters. ``find`` takes a ``Notional`` and returns records."""

    id: str
    severity: Severity
    title: str
    why: str
    find: Callable[[str], FindingRows]
    # Whether it reads all texts at once, too much to look at single records.
    reads_all: bool = False

    def rows(self, notional: str = Notional.EXCLUDE) -> Rows:
        """The records that match now."""
        rows = self.find(notional)
        return Rows([rows] if isinstance(rows, models.QuerySet) else rows)


@dataclass(frozen=True)
class FindingResult:
    """A finding and the number of records that match now."""

    finding: Finding
    count: int


_findings: dict[str, Finding] = {}


def register_finding(
    finding_id: str, *, severity: Severity, title: str, why: str, reads_all: bool = False
) -> Callable[[Callable[[str], FindingRows]], Callable[[str], FindingRows]]:
    """Decorator that registers a function as a finding; ValueError if the id is taken.

    The function takes a ``Notional`` and returns a queryset, or several groups of records. It starts at
    ``.visible(notional)`` and calls a queryset method rather than stating a rule of its own.
    """

    def register(find: Callable[[str], FindingRows]) -> Callable[[str], FindingRows]:
        if finding_id in _findings:
            raise ValueError(f"There is a finding '{finding_id}' already.")
        _findings[finding_id] = Finding(finding_id, severity, title, why, find, reads_all)
        return find

    return register


def all_findings() -> list[Finding]:
    """All findings, by severity, the most severe first, and title."""
    severities = list(Severity)
    return sorted(_findings.values(), key=lambda finding: (severities.index(finding.severity), finding.title))


def get_finding(finding_id: str) -> Finding:
    """The finding of this id; KeyError if there is none."""
    return _findings[finding_id]


def no_such_finding(finding_id: str) -> str:
    """The message for an id that no finding has, with the nearest one."""
    return f"There is no finding '{printable(finding_id)}'.{did_you_mean(finding_id, _findings)}"


def run_findings(notional: str = Notional.EXCLUDE) -> list[FindingResult]:
    """Every finding with its count, those without records included: one query."""
    groups_of = {finding: finding.rows(notional).groups for finding in all_findings()}
    counts = iter(group_sizes([group for groups in groups_of.values() for group in groups]))
    return [FindingResult(finding, sum(islice(counts, len(groups)))) for finding, groups in groups_of.items()]


def findings_among(notional: str, *rows: models.QuerySet[Any, Any]) -> list[FindingResult]:
    """The findings that concern records of ``rows``, querysets of different models, with how many: one query.

    Without those that read all texts at once, which are of no queryset.
    """
    chosen = {queryset.model: queryset.order_by().values("pk") for queryset in rows}
    groups = [
        (finding, group.filter(pk__in=chosen[group.model]))
        for finding in all_findings()
        if not finding.reads_all
        for group in finding.rows(notional).groups
        if isinstance(group, models.QuerySet) and group.model in chosen
    ]
    counts: dict[Finding, int] = {}
    for (finding, _), count in zip(groups, count_each([group for _, group in groups]), strict=True):
        counts[finding] = counts.get(finding, 0) + count
    return [FindingResult(finding, count) for finding, count in counts.items() if count]
