"""Comparison of two strategies, or of two editions of one, record by record.

Compared are the texts of each record, its place, and who does what for an activity. Links to goals, means and risks
are not.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db.models import TextChoices

from strategy.core.models import CodedModel
from strategy.core.text import PairingRule, RecordPair, pair_records
from strategy.core.text.text_diff import Wording
from strategy.editions import are_editions
from strategy.models import Chapter, Goal, Means, Mitigation, Office, Passage, Risk, Strategy, Term

from ..models import Activity, LineOfEffort
from ..models.assignments import Role

# Of one kind, in both documents together: more cannot be compared while a reader waits.
MAX_RECORDS = 20_000
# In place of a Change: every change.
ANY_CHANGE = "any"


class TooManyRecordsError(ValueError):
    """The documents are too large to be compared; the message, for readers, says how large they may be."""


class Change(TextChoices):
    """What became of a record; one may have several."""

    ADDED = "added", "Added"
    REMOVED = "removed", "Removed"
    REWORDED = "reworded", "Reworded"
    MOVED = "moved", "Moved"
    RETASKED = "retasked", "Tasking changed"
    SAME = "same", "Same"


@dataclass(frozen=True)
class ComparedKind:
    """A kind of record and what of it is compared.

    ``text_fields`` are compared word by word. ``place_field`` says where the record stands: it holds a record of the
    kind named ``place_kind`` or, where that is empty, a number.
    """

    name: str
    model: type[CodedModel]
    text_fields: tuple[str, ...]
    place_field: str = ""
    place_kind: str = ""

    @property
    def title(self) -> str:
        """The plural, as a heading."""
        plural = str(self.model._meta.verbose_name_plural)
        return plural[:1].upper() + plural[1:]


# In the order of the page; a kind comes after the one its records stand in.
COMPARED_KINDS = (
    ComparedKind("goal", Goal, ("title", "statement")),
    ComparedKind("line_of_effort", LineOfEffort, ("title", "objective", "summary", "force_activity")),
    ComparedKind("activity", Activity, ("title", "description", "kind"), "line_of_effort", "line_of_effort"),
    ComparedKind("means", Means, ("title", "description", "kind"), "part_of", "means"),
    ComparedKind("risk", Risk, ("title", "description", "category")),
    ComparedKind("mitigation", Mitigation, ("title", "description")),
    ComparedKind("term", Term, ("term", "abbreviation", "definition", "defined_in")),
    ComparedKind("chapter", Chapter, ("title", "covers"), "number"),
    ComparedKind("passage", Passage, ("text",), "chapter", "chapter"),
)


@dataclass(frozen=True)
class RoleChange:
    """The offices in one role of an activity, in the older and in the newer document."""

    role: Role
    old: list[Office]
    new: list[Office]

    @property
    def gained(self) -> list[Office]:
        return [office for office in self.new if office not in self.old]

    @property
    def lost(self) -> list[Office]:
        return [office for office in self.old if office not in self.new]


@dataclass
class Difference:
    """One record in both documents, or in the one that has it.

    ``moved`` is the old and the new place in words, None where it is the same. ``changes`` are worked out of the rest.
    """

    kind: ComparedKind
    pair: RecordPair[Any]
    wordings: list[Wording]
    moved: tuple[str, str] | None
    tasking: list[RoleChange]
    changes: list[Change] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.pair.old is None:
            self.changes = [Change.ADDED]
        elif self.pair.new is None:
            self.changes = [Change.REMOVED]
        else:
            if any(wording.changed for wording in self.wordings):
                self.changes.append(Change.REWORDED)
            if self.moved is not None:
                self.changes.append(Change.MOVED)
            if self.retasked:
                self.changes.append(Change.RETASKED)
            if not self.changes:
                self.changes.append(Change.SAME)

    @property
    def retasked(self) -> bool:
        """Whether any office gained or lost a role in the activity."""
        return any(change.gained or change.lost for change in self.tasking)

    @property
    def matched_by(self) -> str:
        """The rule by which the two records were paired, in words; empty where there is no pair."""
        likeness = f"{self.pair.likeness:.0%}"
        return {
            None: "",
            PairingRule.NAME: "Same name",
            PairingRule.CODE: "Same end of the code",
            PairingRule.LIKENESS: f"Names alike, {likeness}",
        }[self.pair.rule]


@dataclass
class OfficeChange:
    """What one office gained and lost: (role, activity) pairs, of the newer and of the older document."""

    office: Office
    gained: list[tuple[Role, Any]]
    lost: list[tuple[Role, Any]]


@dataclass
class Comparison:
    """Every record of two documents, by kind, in the order of the older one.

    ``by_code`` says whether records were paired by code too, as between editions of one document.
    """

    old: Strategy
    new: Strategy
    by_code: bool
    differences: list[Difference]

    def select(self, kind: str = "", change: str = "") -> list[Difference]:
        """The differences of one kind and with one change, or ANY_CHANGE; empty for all."""
        differences = self.differences
        if kind:
            differences = [difference for difference in differences if difference.kind.name == kind]
        if change == ANY_CHANGE:
            return [difference for difference in differences if Change.SAME not in difference.changes]
        if change:
            return [difference for difference in differences if change in difference.changes]
        return differences

    def count_changes(self, kind: str = "") -> Counter[str]:
        """How many records of the kind have each change."""
        return Counter(change for difference in self.select(kind) for change in difference.changes)

    def office_changes(self) -> list[OfficeChange]:
        """Who gained and who lost tasking, the most concerned first."""
        by_office: dict[Office, OfficeChange] = {}
        for difference in self.differences:
            for change in difference.tasking:
                for office in change.gained:
                    entry = by_office.setdefault(office, OfficeChange(office, [], []))
                    entry.gained.append((change.role, difference.pair.new))
                for office in change.lost:
                    entry = by_office.setdefault(office, OfficeChange(office, [], []))
                    entry.lost.append((change.role, difference.pair.old))
        return sorted(by_office.values(), key=lambda c: (-len(c.gained) - len(c.lost), c.office.code_order))


def compare(old: Strategy, new: Strategy) -> Comparison:
    """Compares each record of both documents; raises TooManyRecordsError.

    Records are paired by name and likeness, and by code between editions of one document.
    """
    by_code = are_editions(old, new)
    differences: list[Difference] = []
    # The record of the new document that stands for one of the old, by kind and row.
    counterparts: dict[str, dict[int, int]] = defaultdict(dict)
    for kind in COMPARED_KINDS:
        before, after = _read_rows(kind, old, new)
        pairs = pair_records(before, after, old.code, new.code, by_code=by_code)
        counterparts[kind.name] = {p.old.pk: p.new.pk for p in pairs if p.old and p.new}
        differences += [_build_difference(kind, pair, counterparts.get(kind.place_kind, {})) for pair in pairs]
    return Comparison(old, new, by_code, differences)


def _read_rows(kind: ComparedKind, old: Strategy, new: Strategy) -> tuple[list[Any], list[Any]]:
    """The records of both documents in one query, two for activities."""
    rows: Any = kind.model._default_manager.filter(strategy__in=(old, new))
    if kind.place_kind:
        rows = rows.select_related(kind.place_field)
    if kind.model is Activity:
        rows = rows.with_offices()
    first_rows = list(rows[: MAX_RECORDS + 1])
    if len(first_rows) > MAX_RECORDS:
        raise TooManyRecordsError(
            f"Together the two have more than {MAX_RECORDS:,} {kind.model._meta.verbose_name_plural}: "
            "too many to compare on a page."
        )
    sides: dict[int, list[Any]] = {old.pk: [], new.pk: []}
    for row in first_rows:
        sides[row.strategy_id].append(row)
    return sides[old.pk], sides[new.pk]


def _build_difference(kind: ComparedKind, pair: RecordPair[Any], counterpart: dict[int, int]) -> Difference:
    """``counterpart`` maps ids of places in the older document to those of the same places in the newer one."""
    wordings = []
    for name in kind.text_fields:
        old, new = _field_text(pair.old, name), _field_text(pair.new, name)
        if old or new:
            wordings.append(Wording(_label(kind, name), old, new))
    return Difference(kind, pair, wordings, _find_move(kind, pair, counterpart), _role_changes(pair))


def _label(kind: ComparedKind, name: str) -> str:
    field: Any = kind.model._meta.get_field(name)
    label = str(field.verbose_name)
    return label[:1].upper() + label[1:]


def _field_text(row: Any, name: str) -> str:
    """A field as readers see it; empty where the record is missing."""
    if row is None:
        return ""
    display: Callable[[], str] | None = getattr(row, f"get_{name}_display", None)
    return str(display() if display else getattr(row, name))


def _find_move(kind: ComparedKind, pair: RecordPair[Any], counterpart: dict[int, int]) -> tuple[str, str] | None:
    """The old and the new place in words; None where they are the same, be it under another code."""
    if not kind.place_field or pair.old is None or pair.new is None:
        return None
    before, after = getattr(pair.old, kind.place_field), getattr(pair.new, kind.place_field)
    if not kind.place_kind:
        return (str(before), str(after)) if before != after else None
    expected = counterpart.get(before.pk, 0) if before else None
    if expected == (after.pk if after else None):
        return None
    return _place_name(before), _place_name(after)


def _place_name(place: Any) -> str:
    return f"{place.code} {place.label}" if place else ""


def _role_changes(pair: RecordPair[Any]) -> list[RoleChange]:
    """Who leads, coordinates and supports an activity, before and after; nothing for other kinds."""
    if not isinstance(pair.old or pair.new, Activity):
        return []

    def offices(activity: Activity | None, role: Role) -> list[Office]:
        return sorted(activity.offices(role), key=lambda office: office.code_order) if activity else []

    return [RoleChange(role, offices(pair.old, role), offices(pair.new, role)) for role in Role]


def group_by_kind(differences: Iterable[Difference]) -> list[tuple[ComparedKind, list[Difference]]]:
    """Neighbouring differences of the same kind together."""
    return [(kind, list(group)) for kind, group in groupby(differences, key=lambda difference: difference.kind)]
