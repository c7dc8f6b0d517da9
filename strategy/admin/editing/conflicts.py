"""What others changed in a record, or in one of several, since a form was shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format

from ...history.differences import differences
from ...history.owners import changes_by_record
from ...history.wording import DescribedChange, describe
from ...models import Change, ChangeSet

# Changes that are looked through at a time, and those that a page shows.
BATCH, MAX_SHOWN = 5000, 100


@dataclass(frozen=True)
class OtherSave:
    """One save by another, or by the same person in another window: who, when, why, and what it changed."""

    who: str
    when: str
    reason: str
    changes: list[DescribedChange]


@dataclass(frozen=True)
class Conflict:
    """Saves since a form was shown, of what is in it; ``changes`` are their rows of the change log."""

    saves: list[OtherSave]
    changes: list[Change]
    names: dict[int, str]

    @property
    def after(self) -> str:
        """The words for the reason of whoever saves nevertheless: "after Lee's change of 10:42"."""
        last = self.saves[-1]
        owner = "one's own" if last.who == "You" else f"{last.who}'s"
        return f"after {owner} change of {last.when}"

    def last_editor(self, table: str, row: int) -> str:
        """Who changed this row last."""
        versions = [change.version for change in self.changes if (change.table, change.row) == (table, row)]
        return self.names.get(versions[-1], "Somebody") if versions else "Somebody"


def changes_since(version: int, model: type[Model], ids: Iterable[int]) -> list[Change]:
    """The changes after a version of the records with these ids and of what belongs to them, in order."""
    wanted = set(ids)
    result: dict[int, Change] = {}
    newer = Change.objects.filter(version__gt=version).order_by("pk").iterator(chunk_size=BATCH)
    while batch := list(islice(newer, BATCH)):
        for owner, changes in changes_by_record(model, batch).items():
            if owner in wanted:
                result |= {change.pk: change for change in changes}
    return [result[key] for key in sorted(result)]


def conflict_since(version: int, model: type[Model], ids: Iterable[int], user: Any) -> Conflict | None:
    """The conflict of a form of these records that was shown at a version; None where nobody changed what people edit.

    Call it while no other can write. One query if nothing at all was changed since.
    """
    if not Change.objects.filter(version__gt=version).exists():
        return None
    changes = changes_since(version, model, ids)
    if not changes:
        return None
    shown = Change.objects.filter(pk__in=[change.pk for change in changes[-MAX_SHOWN:]]).with_next()
    described = describe(differences(shown))
    if not described:
        return None
    sets = ChangeSet.objects.in_bulk({change.version for change in described})
    names = {key: "You" if row.actor_id == user.pk else row.actor_name or "The site" for key, row in sets.items()}
    saves = [
        OtherSave(
            names.get(key, "Somebody"),
            _when(sets[key].at) if key in sets else "an unknown moment",
            sets[key].reason if key in sets else "",
            [change for change in described if change.version == key],
        )
        for key in sorted({change.version for change in described})
    ]
    return Conflict(saves, changes, names)


def _when(moment: Any) -> str:
    """The time of day, with the date unless that is today."""
    local = timezone.localtime(moment)
    return date_format(local, "H:i" if local.date() == timezone.localdate() else "Y-m-d H:i")
