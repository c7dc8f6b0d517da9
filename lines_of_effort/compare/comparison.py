"""Two strategies, or two editions of one, record by record: what came, went, was reworded, moved or tasked anew.

Compared are the words of each record, its place, and who does what for an activity. Links to goals, means and risks
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
from strategy.editions import are_editions
from strategy.models import Chapter, Goal, Means, Mitigation, Office, Passage, Risk, Strategy, Term

from ..models import Activity, LineOfEffort
from ..models.assignments import Role
from .text_diff import Wording

# Of one kind, in both documents together: more cannot be compared while a reader waits.
MOST_RECORDS = 20_000


class TooMuchError(ValueError):
    """The documents are too large to be compared; the message says how large they may be."""


class Change(TextChoices):
    """What became of a record. Several may be true of one."""

    ADDED = "added", "Added"
    REMOVED = "removed", "Removed"
    REWORDED = "reworded", "Reworded"
    MOVED = "moved", "Moved"
    RETASKED = "retasked", "Tasking changed"
    SAME = "same", "Same"


@dataclass(frozen=True)
class Kind:
    """One kind of record and what of it is compared.

    ``place`` is the field that says where it stands: a record of the kind ``place_kind``, or a number.
    """

    name: str
    model: type[CodedModel]
    words: tuple[str, ...]
    place: str = ""
    place_kind: str = ""

    @property
    def title(self) -> str:
        plural = str(self.model._meta.verbose_name_plural)
        return plural[:1].upper() + plural[1:]


# In the order of the page; a kind comes after the one its records stand in.
KINDS = (
    Kind("goal", Goal, ("title", "statement")),
    Kind("line_of_effort", LineOfEffort, ("title", "objective", "summary", "force_activity")),
    Kind("activity", Activity, ("title", "description", "kind"), "line_of_effort", "line_of_effort"),
    Kind("means", Means, ("title", "description", "kind"), "part_of", "means"),
    Kind("risk", Risk, ("title", "description", "category")),
    Kind("mitigation", Mitigation, ("title", "description")),
    Kind("term", Term, ("term", "abbreviation", "definition", "defined_in")),
    Kind("chapter", Chapter, ("title", "covers"), "number"),
    Kind("passage", Passage, ("text",), "chapter", "chapter"),
)


@dataclass(frozen=True)
class RoleChange:
    """The offices in one role before and after."""

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
    """One record in both documents, or in the one that has it."""

    kind: Kind
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
            found = (
                (Change.REWORDED, any(wording.changed for wording in self.wordings)),
                (Change.MOVED, self.moved is not None),
                (Change.RETASKED, self.retasked),
            )
            self.changes = [change for change, true in found if true] or [Change.SAME]

    @property
    def retasked(self) -> bool:
        return any(change.gained or change.lost for change in self.tasking)

    @property
    def matched_by(self) -> str:
        """The rule that made the pair, in words; nothing where there is no pair."""
        likeness = f"{self.pair.likeness:.0%}"
        return {
            None: "",
            PairingRule.NAME: "Same name",
            PairingRule.CODE: "Same end of the code",
            PairingRule.LIKENESS: f"Names alike, {likeness}",
        }[self.pair.rule]


@dataclass
class OfficeChange:
    """What one office gained and lost: roles, each with the activity."""

    office: Office
    gained: list[tuple[Role, Any]]
    lost: list[tuple[Role, Any]]


@dataclass
class Comparison:
    """Everything that two documents have or had, by kind, in the order of the older one."""

    old: Strategy
    new: Strategy
    by_code: bool
    differences: list[Difference]

    def of(self, kind: str = "", change: str = "") -> list[Difference]:
        """The differences of one kind, with one change; ``any`` stands for every change."""
        return [
            one
            for one in self.differences
            if (not kind or one.kind.name == kind)
            and (not change or change in one.changes or (change == "any" and Change.SAME not in one.changes))
        ]

    def counts(self, kind: str = "") -> Counter[str]:
        return Counter(change for one in self.of(kind) for change in one.changes)

    def offices(self) -> list[OfficeChange]:
        """Who gained and who lost tasking, the most concerned first."""
        found: dict[Office, OfficeChange] = {}
        for one in self.differences:
            for change in one.tasking:
                for office in change.gained:
                    entry = found.setdefault(office, OfficeChange(office, [], []))
                    entry.gained.append((change.role, one.pair.new))
                for office in change.lost:
                    entry = found.setdefault(office, OfficeChange(office, [], []))
                    entry.lost.append((change.role, one.pair.old))
        return sorted(found.values(), key=lambda c: (-len(c.gained) - len(c.lost), c.office.code_order))


def compare(old: Strategy, new: Strategy) -> Comparison:
    """Each record of both documents once. Codes count only between editions of one document."""
    by_code = are_editions(old, new)
    differences: list[Difference] = []
    # The record of the new document that stands for one of the old, by kind and row.
    counterparts: dict[str, dict[int, int]] = defaultdict(dict)
    for kind in KINDS:
        before, after = _rows(kind, old, new)
        pairs = pair_records(before, after, old.code, new.code, by_code=by_code)
        counterparts[kind.name] = {p.old.pk: p.new.pk for p in pairs if p.old and p.new}
        differences += [_difference(kind, pair, counterparts.get(kind.place_kind, {})) for pair in pairs]
    return Comparison(old, new, by_code, differences)


def _rows(kind: Kind, old: Strategy, new: Strategy) -> tuple[list[Any], list[Any]]:
    """The records of both documents in one query, two for activities."""
    rows: Any = kind.model._default_manager.filter(strategy__in=(old, new))
    if kind.place_kind:
        rows = rows.select_related(kind.place)
    if kind.model is Activity:
        rows = rows.with_offices()
    found = list(rows[: MOST_RECORDS + 1])
    if len(found) > MOST_RECORDS:
        raise TooMuchError(
            f"Together the two have more than {MOST_RECORDS:,} {kind.model._meta.verbose_name_plural}: "
            "too many to compare on a page."
        )
    sides: dict[int, list[Any]] = {old.pk: [], new.pk: []}
    for row in found:
        sides[row.strategy_id].append(row)
    return sides[old.pk], sides[new.pk]


def _difference(kind: Kind, pair: RecordPair[Any], counterpart: dict[int, int]) -> Difference:
    old, new = pair.old, pair.new
    wordings = [Wording(_label(kind, name), _words(old, name), _words(new, name)) for name in kind.words]
    return Difference(
        kind, pair, [w for w in wordings if w.old or w.new], _moved(kind, pair, counterpart), _tasks(pair)
    )


def _label(kind: Kind, name: str) -> str:
    field: Any = kind.model._meta.get_field(name)
    label = str(field.verbose_name)
    return label[:1].upper() + label[1:]


def _words(row: Any, name: str) -> str:
    """A field as it reads; nothing where the record is missing."""
    if row is None:
        return ""
    display: Callable[[], str] | None = getattr(row, f"get_{name}_display", None)
    return str(display() if display else getattr(row, name))


def _moved(kind: Kind, pair: RecordPair[Any], counterpart: dict[int, int]) -> tuple[str, str] | None:
    """Where the record stood and where it stands, if that is not the same place under another code."""
    if not kind.place or pair.old is None or pair.new is None:
        return None
    before, after = getattr(pair.old, kind.place), getattr(pair.new, kind.place)
    if not kind.place_kind:
        return (str(before), str(after)) if before != after else None
    expected = counterpart.get(before.pk, 0) if before else None
    if expected == (after.pk if after else None):
        return None
    return (_named(before), _named(after))


def _named(place: Any) -> str:
    return f"{place.code} {place.label}" if place else ""


def _tasks(pair: RecordPair[Any]) -> list[RoleChange]:
    """Who leads, coordinates and supports an activity, before and after; nothing for other kinds."""
    if not isinstance(pair.old or pair.new, Activity):
        return []

    def offices(activity: Activity | None, role: Role) -> list[Office]:
        return sorted(activity.offices(role), key=lambda office: office.code_order) if activity else []

    return [RoleChange(role, offices(pair.old, role), offices(pair.new, role)) for role in Role]


def by_kind(differences: Iterable[Difference]) -> list[tuple[Kind, list[Difference]]]:
    return [(kind, list(group)) for kind, group in groupby(differences, key=lambda one: one.kind)]
