"""The change log for reading: change sets with what they did, in words or, where that is too much, as counts."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Max, Min

from ..core.cache.content_version import version_time
from ..core.models import Part
from .differences import Difference, differences
from .models import Change, ChangeSet
from .querysets import ChangeQuerySet
from .record_names import link_field
from .triggers import content_tables
from .wording import RecordChanges, by_record, describe

# Rows of one change set that a page of many tells in words.
MAX_LISTED = 30
COUNTED_KINDS = (ChangeSet.Kind.LOAD, ChangeSet.Kind.SAMPLE)
NOBODY = "Not recorded by whom"
NO_REASON = "No reason was given."


@dataclass(frozen=True)
class KindCount:
    """How many rows of one kind a change set added, changed and deleted."""

    kind: str
    added: int
    changed: int
    deleted: int


@dataclass
class LogEntry:
    """One version of the content: the change set that made it, if any, and what it changed.

    ``records`` tells it in words; where that would be too much it is empty, and ``counts`` has the numbers.
    """

    version: int
    change_set: ChangeSet | None
    number: int = 0
    records: list[RecordChanges] = field(default_factory=list)
    counts: list[KindCount] = field(default_factory=list)

    @property
    def at(self) -> datetime.datetime:
        return version_time(self.version)

    @property
    def editor(self) -> str:
        """Who made the changes, in words: an account, a command, or that nobody knows."""
        if self.change_set is None:
            return NOBODY
        return self.change_set.actor_name or "A command"

    @property
    def kind(self) -> str:
        return self.change_set.get_kind_display() if self.change_set else "Change"

    @property
    def reason(self) -> str:
        """Why, in words."""
        return (self.change_set.reason if self.change_set else "") or NO_REASON

    @property
    def title(self) -> str:
        """The entry in one line, without the moment."""
        return f"{self.kind}: {self.editor}"


def read_entries(versions: Sequence[int]) -> list[LogEntry]:
    """The entries of versions, in their order; sets of content loaded and large ones as counts."""
    sets = ChangeSet.objects.select_related("undoes").in_bulk(versions)
    entries = {version: LogEntry(version, sets.get(version)) for version in versions}
    for version, counts in _counts(versions).items():
        entry = entries[version]
        entry.number = sum(row.added + row.changed + row.deleted for row in counts)
        entry.counts = counts
    listed = [version for version, entry in entries.items() if _is_listed(entry)]
    changes = Change.objects.filter(version__in=listed).with_next()
    for version, records in _in_words(changes).items():
        entries[version].records, entries[version].counts = records, []
    return list(entries.values())


def _is_listed(entry: LogEntry) -> bool:
    counted = entry.change_set is not None and entry.change_set.kind in COUNTED_KINDS
    return not counted and entry.number <= MAX_LISTED


def read_record_entries(changes: ChangeQuerySet, versions: Sequence[int]) -> list[LogEntry]:
    """The entries of versions with what they did to one record, whose ``changes`` these are."""
    sets = ChangeSet.objects.select_related("undoes").in_bulk(versions)
    told = _in_words(changes.filter(version__in=versions).with_next())
    return [LogEntry(version, sets.get(version), records=told.get(version, [])) for version in versions]


def _in_words(changes: Any) -> dict[int, list[RecordChanges]]:
    by_version = defaultdict(list)
    for change in describe(differences(changes)):
        by_version[change.version].append(change)
    return {version: by_record(rows) for version, rows in by_version.items()}


def _counts(versions: Iterable[int]) -> dict[int, list[KindCount]]:
    """How many rows of each kind the versions added, changed and deleted; an automatic link counts for its field."""
    tables = content_tables()
    rows = Change.objects.filter(version__in=versions).order_by().values("version", "table", "operation")
    numbers: dict[tuple[int, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows.annotate(number=Count("row", distinct=True)):
        if row["table"] in tables:
            numbers[row["version"], row["table"]][row["operation"]] += row["number"]
    result: dict[int, list[KindCount]] = defaultdict(list)
    for (version, table), of in sorted(numbers.items()):
        kind = KindCount(_plural(tables[table]), of["insert"], of["update"], of["delete"])
        result[version].append(kind)
    return result


def _plural(model: Any) -> str:
    """A kind of row in the plural; of the links of a field, by the field."""
    if link := link_field(model):
        return f"{link.model._meta.verbose_name}: {link.verbose_name}".capitalize()
    name = str(model._meta.verbose_name_plural)
    return name[:1].upper() + name[1:]


def changed_rows(version: int) -> Any:
    """The rows that a version changed, each with its first and its last change there, in their order."""
    rows = Change.objects.filter(version=version).order_by().values("table", "row")
    return rows.annotate(first=Min("pk"), last=Max("pk")).order_by("first")


def records_of(rows: Iterable[dict[str, Any]]) -> list[RecordChanges]:
    """What was done to ``changed_rows``, in words."""
    return by_record(describe(differences_of(rows)))


def differences_of(rows: Iterable[dict[str, Any]]) -> list[Difference]:
    """The differences of ``changed_rows``, from before the first change of each to after its last."""
    keys = {key for row in rows for key in (row["first"], row["last"])}
    return differences(Change.objects.filter(pk__in=keys).with_next())


def tables_of(model: Any) -> list[str]:
    """The tables with rows of a kind of record: its own, those of its parts and of its links of many to many."""
    tables = content_tables()
    parts = [table for table, part in tables.items() if issubclass(part, Part) and _parent_of(part) is model]
    links = [link.remote_field.through._meta.db_table for link in model._meta.local_many_to_many]
    return [model._meta.db_table, *parts, *links]


def _parent_of(part: Any) -> Any:
    return part._meta.get_field(part.parent_field).related_model
