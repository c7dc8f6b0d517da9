"""Findings: what in the content deserves a second look. The one registry of the project; it names no model.

Each app words its own in ``findings.py``, imported when the app is ready. A finding refuses nothing: what must never
be stored is a constraint or a ``clean``.
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

    def reaches(self, least: "Severity") -> bool:
        """Whether this is as severe as ``least``, or more so."""
        order = list(Severity)
        return order.index(self) <= order.index(least)


Group: TypeAlias = models.QuerySet[Any, Any] | Sequence[Any]
Found: TypeAlias = models.QuerySet | Iterable[Group]


def sizes(groups: list[Group]) -> list[int]:
    """How many records each group has: one query for all of them."""
    asked = iter(count_each([group for group in groups if isinstance(group, models.QuerySet)]))
    return [next(asked) if isinstance(group, models.QuerySet) else len(group) for group in groups]


class Rows:
    """The records of a finding, of one or several models: counted and sliced without loading the others.

    A record may carry ``detail``, a text that says what was found in it.
    """

    def __init__(self, groups: Iterable[Group]):
        self.groups = list(groups)

    @cached_property
    def sizes(self) -> list[int]:
        return sizes(self.groups)

    def __len__(self) -> int:
        return sum(self.sizes)

    def __iter__(self) -> Iterator[CodedModel]:
        return self._between(0, len(self))

    def __getitem__(self, chosen: slice) -> list[CodedModel]:
        """A page of the rows; single rows and steps are not asked for."""
        start, stop, _ = chosen.indices(len(self))
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
    """One question to the content, and why its answer matters."""

    id: str
    severity: Severity
    title: str
    why: str
    find: Callable[[str], Found]

    def rows(self, notional: str = Notional.EXCLUDE) -> Rows:
        found = self.find(notional)
        return Rows([found] if isinstance(found, models.QuerySet) else found)


@dataclass(frozen=True)
class FindingResult:
    """A finding and how many records it has now."""

    finding: Finding
    count: int


_findings: dict[str, Finding] = {}


def register_finding(
    finding_id: str, *, severity: Severity, title: str, why: str
) -> Callable[[Callable[[str], Found]], Callable[[str], Found]]:
    """Registers the decorated function: given a ``Notional``, it returns the records found, or several groups of them.

    It starts at ``.visible(notional)``, and asks a queryset method rather than wording a rule of its own.
    """

    def register(find: Callable[[str], Found]) -> Callable[[str], Found]:
        if finding_id in _findings:
            raise ValueError(f"There is a finding '{finding_id}' already.")
        _findings[finding_id] = Finding(finding_id, severity, title, why, find)
        return find

    return register


def all_findings() -> list[Finding]:
    """Most severe first; the findings of one severity in the order of their titles."""
    severities = list(Severity)
    return sorted(_findings.values(), key=lambda one: (severities.index(one.severity), one.title))


def get_finding(finding_id: str) -> Finding:
    """The finding of this id; KeyError if there is none."""
    return _findings[finding_id]


def no_such(finding_id: str) -> str:
    """The sentence for an id that no finding has."""
    return f"There is no finding '{printable(finding_id)}'.{did_you_mean(finding_id, _findings)}"


def run_findings(notional: str = Notional.EXCLUDE) -> list[FindingResult]:
    """Every finding with its count, one with no records included: "none" is an answer too."""
    found = [(one, one.rows(notional).groups) for one in all_findings()]
    numbers = iter(sizes([group for _, groups in found for group in groups]))
    return [FindingResult(one, sum(islice(numbers, len(groups)))) for one, groups in found]
