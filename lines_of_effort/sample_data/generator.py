"""Generates a strategy of any size; the same size and seed give the same records.

Rows are written in batches, so that memory does not grow with their number and others can write in between; and
without ``save``, so the search index is updated here.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from random import Random
from typing import Any, TypeVar

from django.db import connection, models

from strategy.core.models import CodedModel
from strategy.history import changeset
from strategy.models import ChangeSet, Goal, Means, Office, OfficeRelation, Risk, Strategy
from strategy.search import indexing

from ..models import (
    Activity,
    ActivityGoal,
    ActivityMeans,
    ActivityRisk,
    ActivityStage,
    Assignment,
    LineGoal,
    LineOfEffort,
    ProcessStage,
)
from .vocabulary import Words

C = TypeVar("C", bound=CodedModel)
Report = Callable[[str], object]

GENERATED = "Generated: every word of it was drawn by lot."
# The note of a strategy that is being generated or removed, or that a run stopped halfway has left.
UNFINISHED = "Generated in part: the rest was not made, or is removed already."
# Activities, or offices, in memory at a time, with their links and assignments.
BATCH = 2000
# Rows written, or removed, by one commit: a fraction of a second.
COMMIT = 500
GOALS, LINES, STAGES, MEANS, RISKS = 9, 6, 7, 24, 36
# Number of offices directly below an office.
BRANCHES = 8
ECHELONS = ("department", "service", "field_command", "field_command_staff", "component_field_command", "sub_component")
# Relative numbers of assignments of an activity, and the weights of each.
LOADS, LOAD_WEIGHTS = (2, 3, 4, 6, 10, 20), (20, 25, 25, 18, 9, 3)
# Numbers of leads of an activity, and the weights of each in percent.
LEADS, LEAD_WEIGHTS = (0, 1, 2), (4, 93, 3)
VERBS = {"lead": "leads", "coordinating": "coordinates", "supporting": "supports"}


def sample_changeset(code: str) -> Any:
    """A change set of the generated strategy with this code; one for each batch, so that others can write between."""
    return changeset(None, f"Generated strategy {code}", ChangeSet.Kind.SAMPLE)


class GeneratorError(Exception):
    """Raised if the strategy cannot be generated or removed; says why."""


@dataclass(frozen=True)
class Size:
    """Numbers of records to generate."""

    activities: int
    offices: int
    assignments: int


class Generator:
    """Generates one strategy, with its own offices, and commits after each batch.

    All codes begin with ``code``. ``report`` is called with a line of progress.
    """

    def __init__(self, code: str, size: Size, seed: int, report: Report):
        self.code, self.size, self.report = code, size, report
        # Not for secrets: the seed is there to repeat the draws.
        self.random = Random(seed)  # noqa: S311
        self.words = Words(self.random)

    def run(self) -> None:
        """Writes all records; GeneratorError if a code is used or there are too few offices."""
        self._refuse_used_code()
        loads = self._loads()
        with sample_changeset(self.code):
            self._document()
        self._offices()
        self._activities(loads)
        with sample_changeset(self.code):
            Strategy.objects.filter(pk=self.strategy.pk).update(note=GENERATED)
        with connection.cursor() as cursor:
            # Without it, the databases plan their reads for the tables as they were before.
            cursor.execute("ANALYZE")
        self.report("statistics brought up to date")

    def _refuse_used_code(self) -> None:
        for model in (Strategy, Goal, LineOfEffort, ProcessStage, Means, Risk, Office, Activity, Assignment):
            own = models.Q(code=self.code) | models.Q(code__startswith=f"{self.code}-")
            if model._default_manager.filter(own).exists():
                raise GeneratorError(f"There are {model._meta.verbose_name_plural} with the code {self.code} already.")

    def _loads(self) -> list[int]:
        """The number of assignments of each activity; they add up to ``size.assignments``."""
        shares = list(accumulate(self.random.choices(LOADS, LOAD_WEIGHTS, k=self.size.activities), initial=0))
        limits = [self.size.assignments * share // shares[-1] for share in shares]
        loads = [last - first for first, last in pairwise(limits)]
        if max(loads) > self.size.offices:
            raise GeneratorError(
                f"{self.size.offices} offices are too few for {self.size.assignments} assignments to "
                f"{self.size.activities} activities: one of these would take {max(loads)} offices."
            )
        return loads

    def _document(self) -> None:
        words = self.words
        self.strategy = self._build(Strategy, "", title=f"Generated strategy {self.code}", note=UNFINISHED)
        self._write([self.strategy])
        self.goals = self._write(
            self._build(Goal, f"-G{n}", order=n, title=words.title(), statement=words.sentence())
            for n in range(1, GOALS + 1)
        )
        self.lines = self._write(
            self._build(
                LineOfEffort,
                f"-L{n}",
                order=n,
                title=words.title(),
                objective=words.sentence(),
                force_activity=LineOfEffort.ForceActivity.values[n % 3],
            )
            for n in range(1, LINES + 1)
        )
        LineGoal.objects.bulk_create(
            LineGoal(line_of_effort=line, goal=goal, strength="collective")
            for line in self.lines
            for goal in self.random.sample(self.goals, 3)
        )
        self.stages = self._write(
            self._build(ProcessStage, f"-S{n}", order=n, title=words.title(), **self._line_values())
            for n in range(1, STAGES + 1)
        )
        self._means_and_risks()
        self.report(f"{GOALS} goals, {LINES} lines of effort, {STAGES} stages, {MEANS} means, {RISKS} risks")

    def _means_and_risks(self) -> None:
        words, draw = self.words, self.random
        self.means = self._write(
            self._build(
                Means, f"-M{n}", title=words.title(), description=words.sentence(), kind=draw.choice(Means.Kind.values)
            )
            for n in range(1, MEANS + 1)
        )
        self.risks = self._write(
            self._build(
                Risk,
                f"-R{n}",
                title=words.title(),
                description=words.sentence(),
                likelihood=draw.randint(1, 5),
                impact=draw.randint(1, 5),
                assessed_by="Nobody: drawn by lot",
            )
            for n in range(1, RISKS + 1)
        )
        needs = Risk.means.through
        needs.objects.bulk_create(
            needs(risk=risk, means=means) for risk in self.risks for means in draw.sample(self.means, 2)
        )

    def _offices(self) -> None:
        """A tree of offices: each is part of an earlier one, but for the first."""
        self.offices: list[Office] = []
        for numbers in _batches(self.size.offices):
            self.offices += self._write(self._office(n) for n in numbers)
            with sample_changeset(self.code):
                OfficeRelation.objects.bulk_create(
                    OfficeRelation(office=self.offices[n], kind="part_of", other=self.offices[_parent_number(n)])
                    for n in numbers
                    if n
                )
        self.report(f"{self.size.offices} offices")

    def _office(self, n: int) -> Office:
        level, parent = 0, n
        while parent:
            level, parent = level + 1, _parent_number(parent)
        return self._build(
            Office,
            f"-O{n + 1}",
            echelon=ECHELONS[min(level, len(ECHELONS) - 1)],
            link="named",
            status=self.random.choices(("existing", "planned", "paused"), (96, 3, 1))[0],
            note=GENERATED,
            **self.words.office(level, n + 1),
        )

    def _activities(self, loads: list[int]) -> None:
        written = 0
        for numbers in _batches(self.size.activities):
            activities = self._write(self._activity(n) for n in numbers)
            self._link(activities)
            tasking = zip(activities, loads[numbers.start : numbers.stop], strict=True)
            rows = [row for activity, load in tasking for row in self._assignments(activity, load)]
            for number, row in enumerate(rows, written + 1):
                row.code = f"{self.code}-AS{number}"
            written += len(self._write(rows))
            self.report(f"{numbers.stop} of {self.size.activities} activities, {written} assignments")

    def _activity(self, n: int) -> Activity:
        draw = self.random
        year = draw.randint(2024, 2029)
        return self._build(
            Activity,
            f"-A{n + 1}",
            title=self.words.title(),
            description=self.words.sentence(),
            kind=draw.choices(Activity.Kind.values, (70, 15, 10, 5))[0],
            status=draw.choice(("", *Activity.Status.values)),
            start=f"{year}-{draw.randint(1, 12):02}",
            end=str(year + draw.randint(1, 4)),
            **self._line_values(),
        )

    def _link(self, activities: list[Activity]) -> None:
        """Links each activity to a few goals, stages, means and risks."""
        kinds: tuple[tuple[type[Any], list[Any], tuple[int, ...]], ...] = (
            (ActivityGoal, self.goals, (1, 2, 3)),
            (ActivityStage, self.stages, (1, 2)),
            (ActivityMeans, self.means, (0, 1, 2)),
            (ActivityRisk, self.risks, (0, 1, 2)),
        )
        for model, targets, counts in kinds:
            (name,) = model.key_fields
            with sample_changeset(self.code):
                model.objects.bulk_create(
                    model(activity=activity, **{name: target})
                    for activity in activities
                    for target in self.random.sample(targets, self.random.choice(counts))
                )

    def _assignments(self, activity: Activity, load: int) -> Iterator[Assignment]:
        """Assignments of an activity to different offices: its leads, at most one that coordinates, and supporters."""
        leads = min(self.random.choices(LEADS, LEAD_WEIGHTS)[0], load)
        coordinating = min(self.random.randint(0, 1), load - leads)
        roles = ["lead"] * leads + ["coordinating"] * coordinating + ["supporting"] * (load - leads - coordinating)
        for office, role in zip(self._different_offices(load), roles, strict=True):
            joint = {"relation": "joint", "relation_basis": "entered"} if role == "lead" and leads > 1 else {}
            yield Assignment(
                activity=activity,
                office=office,
                role=role,
                notional=True,
                verb=VERBS[role],
                office_as_stated=office.name,
                **joint,
            )

    def _different_offices(self, count: int) -> list[Office]:
        """Offices drawn at random, those high in the tree more often."""
        total = len(self.offices)
        if count * 2 > total:
            return self.random.sample(self.offices, count)
        numbers: dict[int, None] = {}
        while len(numbers) < count:
            numbers[int(self.random.random() ** 2 * total)] = None
        return [self.offices[n] for n in numbers]

    def _line_values(self) -> dict[str, Any]:
        """Field values that place nine in ten records under a line of effort."""
        if self.random.random() < 0.1:
            return {}
        return {"line_of_effort": self.random.choice(self.lines), "line_basis": "entered"}

    def _build(self, model: type[C], suffix: str, **values: Any) -> C:
        if hasattr(model, "strategy"):
            values["strategy"] = self.strategy
        return model(code=f"{self.code}{suffix}", notional=True, **values)

    def _write(self, rows: Iterable[C]) -> list[C]:
        """Writes the rows of one model and their index entries; returns them."""
        written = list(rows)
        for first in range(0, len(written), COMMIT):
            batch = written[first : first + COMMIT]
            with sample_changeset(self.code):
                type(batch[0])._default_manager.bulk_create(batch)
                indexing.add(batch)
        return written


def _batches(total: int) -> Iterator[range]:
    for first in range(0, total, BATCH):
        yield range(first, min(first + BATCH, total))


def _parent_number(n: int) -> int:
    """The number of the office that the office numbered ``n`` is part of."""
    return (n - 1) // BRANCHES
