"""Undo of a change set, and restoring a record as it was after an earlier one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..core.models import CodedModel, Part
from .changesets import changeset
from .differences import Difference, differences, net_differences
from .models import Change, ChangeSet
from .put_back import UndoRefusedError, put_back
from .record_names import link_field
from .triggers import content_tables
from .wording import DescribedChange, describe, is_derived

Kind = ChangeSet.Kind
NO_UNDO = {
    Kind.LOAD: "What was loaded from files is not undone here: change the files and load them again.",
    Kind.SAMPLE: "Sample data is not undone here: whoever runs the site removes it as it was made.",
    Kind.UNDO: "An undo is not undone: make the change again, or restore the record as it was.",
}


@dataclass(frozen=True)
class Reversal:
    """Changes to take back, the latest first. ``last`` is the newest version that they have to do with."""

    changes: list[Change]
    last: int

    def preview(self) -> list[DescribedChange]:
        """What is written, in words."""
        rows = net_differences(differences(Change.objects.filter(pk__in=[row.pk for row in self.changes]).with_next()))
        # A restored record may have several versions taken back at once.
        first: dict[tuple[str, int], Difference] = {}
        for row in rows:
            key = (row.change.table, row.change.row)
            first[key] = first.get(key, row)._replace(after=row.after)
        return describe(
            row._replace(
                before=row.after,
                after=row.before,
                change=Change(version=self.last, table=row.change.table, row=row.change.row),
            )
            for row in first.values()
        )


def may_change(user: Any, tables: Iterable[str]) -> bool:
    """Whether the user may change all records whose rows stand in the tables: a part is edited with its record."""
    models = content_tables()
    return all(
        user.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}")
        for model in {_edited_model(models[table]) for table in tables if table in models}
    )


def _edited_model(model: Any) -> Any:
    """The model whose permission covers rows of a model: that of the record, for its parts and links."""
    if link := link_field(model):
        model = link.model
    return model._meta.get_field(model.parent_field).related_model if issubclass(model, Part) else model


def undo_of(change_set: ChangeSet) -> Reversal:
    """What undoes a change set; UndoRefusedError names who wrote since, when and what."""
    if sentence := NO_UNDO.get(Kind(change_set.kind)):
        raise UndoRefusedError(sentence)
    if (done := change_set.undone_by.first()) is not None:
        raise UndoRefusedError(f"This was undone already by {_who(done)}.")
    changes = list(change_set.changes.order_by("-pk"))
    if not changes:
        raise UndoRefusedError("The log has no changes of this set.")
    refuse_changed_since(changes, change_set.version)
    return Reversal(changes, change_set.version)


def restoring(model: type[CodedModel], row: int, version: int) -> Reversal:
    """What restores a record and all that belongs to it as they were after ``version``."""
    record = model(pk=row)
    changes = list(Change.objects.of_record(record).filter(version__gt=version).order_by("-pk"))
    if not changes:
        raise UndoRefusedError("The record is as it was then: nothing is to be restored.")
    return Reversal(changes, max(change.version for change in changes))


def refuse_changed_since(changes: Iterable[Change], version: int) -> None:
    """UndoRefusedError if any of the rows is not as ``version`` left it, but for what only follows from others."""
    rows: dict[str, set[int]] = {}
    for change in changes:
        rows.setdefault(change.table, set()).add(change.row)
    for table, keys in rows.items():
        since: dict[int, Difference] = {}
        later = Change.objects.filter(table=table, row__in=keys, version__gt=version).order_by("pk").with_next()
        for row in differences(later):
            if not is_derived(row):
                # The newest change, with what the row was before the first of them.
                since[row.change.row] = row._replace(before=since.get(row.change.row, row).before)
        for row in since.values():
            if row.before != row.after and not is_derived(row):
                raise UndoRefusedError(_changed_since(row))


def _changed_since(difference: Difference) -> str:
    change_set = ChangeSet.objects.filter(version=difference.change.version).first()
    described = describe([difference])
    what = _what(described[0]) if described else "A row of it"
    if change_set is None:
        return f"{what} was changed since, it is not recorded by whom. Undo the newer changes first."
    return f"{what} was changed since by {_who(change_set)}. Undo the newer changes first."


def _what(change: DescribedChange) -> str:
    record = f"{change.record.kind} {change.record.code}"
    fields = ", ".join(field.label.lower() for field in change.fields)
    return f"{record}{f', {change.part}' if change.part else ''}{f' ({fields})' if fields else ''}"


def _who(change_set: ChangeSet) -> str:
    at = change_set.at
    return f"{change_set.actor_name or 'a command'} on {at.day} {at:%B %Y, %H:%M} UTC"


def undo(change_set: ChangeSet, actor: Any, reason: str) -> ChangeSet:
    """Undoes a change set in one of its own; UndoRefusedError, and nothing is written, where it cannot be."""
    with changeset(actor, reason, Kind.UNDO, undoes=change_set) as current:
        put_back(undo_of(change_set).changes)
    return current


def restore(
    model: type[CodedModel], row: int, version: int, actor: Any, reason: str, shown: int | None = None
) -> ChangeSet:
    """Restores a record, by its row, as it was after ``version``; UndoRefusedError where it cannot be.

    ``shown`` is the newest version that the person who asks for it has seen: what was written since is not lost.
    """
    with changeset(actor, reason, Kind.RESTORE) as current:
        reversal = restoring(model, row, version)
        if shown is not None and reversal.last != shown:
            newer = ChangeSet.objects.filter(version=reversal.last).first()
            who = f"by {_who(newer)}" if newer else "meanwhile"
            raise UndoRefusedError(f"The record was changed {who}. Look at what is restored now, then confirm again.")
        put_back(reversal.changes)
    return current
