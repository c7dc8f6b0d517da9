"""The operation that changes an office's standing and says where each of its tasks goes."""

from dataclasses import dataclass, field
from typing import ClassVar

from django.db import models

from strategy.core.models import Basis, display_date
from strategy.models import ChangeSet, Citation, Office, OfficeEvent, OfficeName, OfficeRelation, Source, Standing
from strategy.proposals.operations import Operation, OperationRefusedError, register_operation, save

from .tasks import END, KEEP, move_task, tasks_of

PART_OF, SUCCEEDED_BY = OfficeRelation.Kind.PART_OF, OfficeRelation.Kind.SUCCEEDED_BY


class OfficeChange(models.TextChoices):
    """What may happen to an office."""

    DISSOLVE = "dissolve", "It is dissolved"
    CANCEL = "cancel", "It never stands up"
    MERGE = "merge", "It is merged into another office"
    SPLIT = "split", "It is split between several offices"
    PAUSE = "pause", "It is paused"
    RENAME = "rename", "It is renamed"
    MOVE = "move", "It becomes part of another office"


# How it stands after each, and the words for its record where none are given.
STANDINGS = {
    OfficeChange.DISSOLVE: (Standing.DISESTABLISHED, "dissolved"),
    OfficeChange.CANCEL: (Standing.CANCELED, "not to be established"),
    OfficeChange.MERGE: (Standing.DISESTABLISHED, "merged into {}"),
    OfficeChange.SPLIT: (Standing.DISESTABLISHED, "split between {}"),
    OfficeChange.PAUSE: (Standing.PAUSED, "paused"),
}
GONE = (Standing.RENAMED, Standing.DISESTABLISHED, Standing.CANCELED)
# How many offices may come after it: at least, at most.
SUCCESSORS = {OfficeChange.DISSOLVE: (0, 1), OfficeChange.CANCEL: (0, 1), OfficeChange.MERGE: (1, 1)} | {
    OfficeChange.SPLIT: (2, 20)
}


@register_operation
@dataclass(frozen=True)
class Reorganization(Operation):
    """An organizational change of one office at a date.

    ``tasks`` says by code where each assignment and mitigation goes: the code of an office, ``END`` or ``KEEP``; what
    it does not name goes to the first of ``successors``, or stays. ``below`` is the office that takes over the offices
    that are part of this one; ``parent`` is for a move, ``new_name`` for a renaming. Without ``source`` the change is
    entered by staff.
    """

    name: ClassVar[str] = "reorganization"
    kind: ClassVar[str] = ChangeSet.Kind.REORGANIZATION
    label: ClassVar[str] = "Organizational change"
    form_route: ClassVar[str] = "reorganize"

    office: str
    change: str
    date: str
    stated: str = ""
    source: str = ""
    successors: list[str] = field(default_factory=list)
    below: str = ""
    parent: str = ""
    new_name: str = ""
    new_abbreviation: str = ""
    tasks: dict[str, str] = field(default_factory=dict)

    def title(self) -> str:
        office = get_office(self.office)
        change = OfficeChange(self.change).label.removeprefix("It ")
        return f"{office.code} {office.name} {change}, {display_date(self.date)}"

    def run(self) -> list[str]:
        office = get_office(self.office)
        if self.change == OfficeChange.RENAME:
            return self._rename(office)
        if self.change == OfficeChange.MOVE:
            return self._move(office)
        return self._end(office)

    # ---- What may happen ---------------------------------------------------------------------------------------------

    def _rename(self, office: Office) -> list[str]:
        if not self.new_name or self.new_name == office.name:
            raise OperationRefusedError("Give the new name.")
        former = office.name
        office.name = self.new_name
        office.abbreviation = self.new_abbreviation or office.abbreviation
        save(office)
        self._part(OfficeName(office=office, value=former, kind=OfficeName.Kind.FORMER, valid_until=self.date), "names")
        return [f"Its code stays {office.code}: it is an address that others may have kept."]

    def _move(self, office: Office) -> list[str]:
        parent = get_office(self.parent)
        office.relations.filter(kind=PART_OF).exclude(other=parent).delete()
        self._relate(office, PART_OF, parent)
        return []

    def _end(self, office: Office) -> list[str]:
        successors = self._successors(office)
        status, words = STANDINGS[OfficeChange(self.change)]
        stated = self.stated or words.format(" and ".join(other.code for other in successors))
        if office.status == status:
            raise OperationRefusedError(f"{office.code} is {status.label.lower()} already.")
        office.status, office.status_as_stated = status, stated
        save(office)
        self._part(OfficeEvent(office=office, date=self.date, status=status, as_stated=stated), "events")
        if self.change == OfficeChange.CANCEL:
            # Nobody will be succeeded by what never stands up.
            for relation in office.reverse_relations.filter(kind=SUCCEEDED_BY):
                relation.delete()
        for other in successors:
            self._relate(office, SUCCEEDED_BY, other)
        remarks = [f"{other.code} is {other.get_status_display().lower()}." for other in successors if not other.stands]
        remarks += self._move_tasks(office, successors)
        return remarks + self._move_offices_below(office)

    def _successors(self, office: Office) -> list[Office]:
        least, most = SUCCESSORS.get(OfficeChange(self.change), (0, 0))
        successors = [get_office(code) for code in self.successors]
        if not least <= len(successors) <= most:
            number = f"{least}" if least == most else f"{least} to {most}"
            raise OperationRefusedError(f"{OfficeChange(self.change).label}: name {number} other offices, not more.")
        for other in successors:
            if other == office:
                raise OperationRefusedError(f"{office.code} cannot come after itself.")
            if other.status in GONE:
                status = other.get_status_display().lower()
                raise OperationRefusedError(f"{other.code} is {status}: it cannot take over.")
        return successors

    def _move_tasks(self, office: Office, successors: list[Office]) -> list[str]:
        by_default = successors[0].code if successors else KEEP
        remarks, tasks = [], tasks_of(office)
        if unknown := self.tasks.keys() - {task.code for task in tasks}:
            raise OperationRefusedError(f"{office.code} has no task {', '.join(sorted(unknown))} any more.")
        for task in tasks:
            target = self.tasks.get(task.code, by_default)
            if target == KEEP:
                remarks.append(f"{task} stays with {office.code}, which cannot answer for it.")
                continue
            remarks += move_task(task, None if target == END else get_office(target), self.date)
            if target != END and task.pk:
                self._cite(task)
        return remarks

    def _move_offices_below(self, office: Office) -> list[str]:
        rows = OfficeRelation.objects.filter(other=office, kind=PART_OF).select_related("office")
        if not self.below:
            return [f"{row.office} stays part of {office.code}." for row in rows]
        below = get_office(self.below)
        for row in rows:
            row.delete()
            self._relate(row.office, PART_OF, below)
        return []

    # ---- Evidence ----------------------------------------------------------------------------------------------------

    def _relate(self, office: Office, kind: str, other: Office) -> None:
        if not office.relations.filter(kind=kind, other=other).exists():
            self._part(OfficeRelation(office=office, kind=kind, other=other), "relations")

    def _part(self, part: OfficeName | OfficeEvent | OfficeRelation, relation: str) -> None:
        """Saves a new part of an office, with its source."""
        part.basis = self._basis()
        save(part)
        self._cite(part.office, relation, part.key)

    def _basis(self) -> str:
        if not self.source:
            return Basis.ENTERED
        return Basis.OFFICIAL if self._source().tier == Source.Tier.OFFICIAL else Basis.REPORTED

    def _source(self) -> Source:
        source = Source.objects.filter(code=self.source).first()
        if source is None:
            raise OperationRefusedError(f"There is no source {self.source}.")
        return source

    def _cite(self, record: models.Model, relation: str = "", part: str = "") -> None:
        if self.source:
            save(Citation(record=record, field=relation, part=part, source=self._source(), basis=self._basis()))


def get_office(code: str) -> Office:
    """The office with this code; OperationRefusedError if there is none."""
    office = Office.objects.filter(code=code).first()
    if office is None:
        raise OperationRefusedError(f"There is no office {code}." if code else "Name the office.")
    return office
