"""Accounts that are bound to offices: what they change must belong to those offices, before and after.

Asked at the end of each change set, of what it changed in all: so no form, import or restore can forget it.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType

from lines_of_effort.models import Activity, Assignment
from strategy.history import ChangeRefusedError
from strategy.history.differences import Difference, differences, net_differences
from strategy.history.images import Image
from strategy.history.record_names import owner_of
from strategy.history.wording import edited_columns, is_derived
from strategy.models import ChangeSet, Citation, Mitigation, Office, OfficeRelation, Subject

PART_OF, LEAD = OfficeRelation.Kind.PART_OF, "lead"
# The column that names the office a record belongs to.
OFFICE_COLUMNS: dict[Any, str] = {Office: "id", Assignment: "office_id", Mitigation: "owner_id"}
# What the office that leads an activity may change of it.
ACTIVITY_COLUMNS = {"title", "description", "status", "note", "start", "end"}


def check_offices(current: ChangeSet) -> None:
    """ChangeRefusedError if a bound account has changed what does not belong to its offices."""
    actor: Any = current.actor
    if actor is None or actor.is_superuser:
        return
    bound = dict(actor.offices.values_list("office", "office__code"))
    if not bound:
        return
    changed = net_differences(differences(current.changes.with_next()))
    ownership = _Ownership(changed, set(bound))
    for difference in changed:
        if not ownership.covers(difference):
            name = difference.image.get("code") or ""
            kind = str(difference.model._meta.verbose_name)
            raise ChangeRefusedError(
                f"You may change what belongs to {', '.join(sorted(bound.values()))} and the offices below. "
                f"This would change {kind} {name}".rstrip()
                + ", which does not. Nothing was saved."
            )


class _Ownership:
    """Which rows belong to some offices, by what stood before the change set and by what stands after it."""

    def __init__(self, changed: list[Difference], offices: set[int]):
        self.images = {(difference.model, difference.change.row): difference for difference in changed}
        self.offices = offices
        # As it was before: nobody brings an office below the own one to change it.
        links = self._links_before()
        while below := {child for child, parent in links if parent in self.offices} - self.offices:
            self.offices = self.offices | below

    def covers(self, difference: Difference) -> bool:
        """Whether a row belongs to the offices, both before and after, or only follows from other changes."""
        if is_derived(difference):
            return True
        if difference.model is Activity:
            is_change = difference.before is not None and difference.after is not None
            return is_change and edited_columns(difference) <= ACTIVITY_COLUMNS and self._leads(difference.change.row)
        sides = [(difference.before, "before"), (difference.after, "after")]
        return all(self._is_theirs(difference.model, image, side) for image, side in sides if image is not None)

    def _is_theirs(self, model: Any, image: Image, side: str) -> bool:
        if model in OFFICE_COLUMNS:
            return image[OFFICE_COLUMNS[model]] in self.offices
        if model in (Citation, Subject):
            return self._record_is_theirs(*_record_of(image), side)
        owner = owner_of(model, image)
        return owner is not None and owner[0] is not model and self._record_is_theirs(*owner, side)

    def _record_is_theirs(self, model: Any, pk: int, side: str) -> bool:
        if model is Activity:
            return self._leads(pk)
        if model not in OFFICE_COLUMNS:
            return False
        changed = self.images.get((model, pk))
        image = getattr(changed, side) if changed else None
        if image is None:
            column = OFFICE_COLUMNS[model]
            return model._base_manager.filter(pk=pk, **{f"{column}__in": self.offices}).exists()
        return self._is_theirs(model, image, side)

    def _leads(self, activity: int) -> bool:
        """Whether one of the offices led the activity before."""
        return any(
            row["office_id"] in self.offices and row["activity_id"] == activity and row["role"] == LEAD
            for row in self._rows_before(Assignment, activity_id=activity)
        )

    def _links_before(self) -> list[tuple[int, int]]:
        rows = self._rows_before(OfficeRelation, kind=PART_OF)
        return [(row["office_id"], row["other_id"]) for row in rows if row["kind"] == PART_OF]

    def _rows_before(self, model: Any, **lookups: Any) -> Iterator[Image]:
        """The rows of a model as they were before; those that the change set did not touch meet the lookups."""
        touched = {row: difference for (kind, row), difference in self.images.items() if kind is model}
        yield from model._base_manager.filter(**lookups).exclude(pk__in=touched).values()
        yield from (difference.before for difference in touched.values() if difference.before is not None)


def _record_of(image: Image) -> tuple[Any, int]:
    return ContentType.objects.get_for_id(image["content_type_id"]).model_class(), image["object_id"]
