"""Makes a strategy of any size. The same size and seed give the same records.

Rows are written in batches, so that memory does not grow with their number; they go past ``save``, so the search
index is brought up to date here.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from random import Random
from typing import Any, TypeVar

from django.db import connection, models, transaction

from strategy.core.models import CodedModel
from strategy.models import Goal, Means, Office, OfficeRelation, Risk, Strategy
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
Tell = Callable[[str], object]

GENERATED = "Generated: every word of it was drawn by lot."
# Activities, or offices, that are in memory at a time, with everything that belongs to them.
BATCH = 2000
GOALS, LINES, STAGES, MEANS, RISKS = 9, 6, 7, 24, 36
# An office has so many others directly below it.
BRANCHES = 8
ECHELONS = ("department", "service", "field_command", "field_command_staff", "component_field_command", "sub_component")
# How much tasking an activity has, compared with the others, and how often that is so.
LOADS, LOAD_ODDS = (2, 3, 4, 6, 10, 20), (20, 25, 25, 18, 9, 3)
# How many offices lead an activity, in percent of the activities: tasking is never quite clean.
LEADS, LEAD_ODDS = (0, 1, 2), (4, 93, 3)
VERB_OF = {"lead": "leads", "coordinating": "coordinates", "supporting": "supports"}


class GeneratorError(Exception):
    """The strategy cannot be made, or not be removed; nothing was changed."""


@dataclass(frozen=True)
class Size:
    """How much is made."""

    activities: int
    offices: int
    assignments: int


class Generator:
    """Makes one strategy, with its own offices, in one transaction."""

    def __init__(self, code: str, size: Size, seed: int, tell: Tell):
        self.code, self.size, self.tell = code, size, tell
        # Whoever knows the seed gets the same draws: that is what it is for, and nothing is kept secret by it.
        self.random = Random(seed)  # noqa: S311
        self.words = Words(self.random)

    def run(self) -> None:
        self._refuse_used_code()
        loads = self._loads()
        with transaction.atomic():
            self._document()
            self._offices()
            self._activities(loads)
        with connection.cursor() as cursor:
            # Without it, the databases plan their reads for the tables as they were before.
            cursor.execute("ANALYZE")
        self.tell("statistics brought up to date")

    def _refuse_used_code(self) -> None:
        for model in (Strategy, Goal, LineOfEffort, ProcessStage, Means, Risk, Office, Activity, Assignment):
            own = models.Q(code=self.code) | models.Q(code__startswith=f"{self.code}-")
            if model._default_manager.filter(own).exists():
                raise GeneratorError(f"There are {model._meta.verbose_name_plural} with the code {self.code} already.")

    def _loads(self) -> list[int]:
        """How many assignments each activity gets. Their sum is exact."""
        shares = list(accumulate(self.random.choices(LOADS, LOAD_ODDS, k=self.size.activities), initial=0))
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
        self.strategy = self._made(Strategy, "", title=f"Generated strategy {self.code}", note=GENERATED)
        self._write([self.strategy])
        self.goals = self._write(
            self._made(Goal, f"-G{n}", order=n, title=words.title(), statement=words.sentence())
            for n in range(1, GOALS + 1)
        )
        self.lines = self._write(
            self._made(
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
            self._made(ProcessStage, f"-S{n}", order=n, title=words.title(), **self._place())
            for n in range(1, STAGES + 1)
        )
        self._means_and_risks()
        self.tell(f"{GOALS} goals, {LINES} lines of effort, {STAGES} stages, {MEANS} means, {RISKS} risks")

    def _means_and_risks(self) -> None:
        words, draw = self.words, self.random
        self.means = self._write(
            self._made(
                Means, f"-M{n}", title=words.title(), description=words.sentence(), kind=draw.choice(Means.Kind.values)
            )
            for n in range(1, MEANS + 1)
        )
        self.risks = self._write(
            self._made(
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
        """A tree: the first office stands above all, and every other is part of one that was made before it."""
        self.offices: list[Office] = []
        for numbers in _batches(self.size.offices):
            self.offices += self._write(self._office(n) for n in numbers)
            OfficeRelation.objects.bulk_create(
                OfficeRelation(office=self.offices[n], kind="part_of", other=self.offices[_above(n)])
                for n in numbers
                if n
            )
        self.tell(f"{self.size.offices} offices")

    def _office(self, n: int) -> Office:
        level, above = 0, n
        while above:
            level, above = level + 1, _above(above)
        return self._made(
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
            self.tell(f"{numbers.stop} of {self.size.activities} activities, {written} assignments")

    def _activity(self, n: int) -> Activity:
        draw = self.random
        year = draw.randint(2024, 2029)
        return self._made(
            Activity,
            f"-A{n + 1}",
            title=self.words.title(),
            description=self.words.sentence(),
            kind=draw.choices(Activity.Kind.values, (70, 15, 10, 5))[0],
            status=draw.choice(("", *Activity.Status.values)),
            start=f"{year}-{draw.randint(1, 12):02}",
            end=str(year + draw.randint(1, 4)),
            **self._place(),
        )

    def _link(self, activities: list[Activity]) -> None:
        """Ties each activity to a few goals, stages, means and risks."""
        kinds: tuple[tuple[type[Any], list[Any], tuple[int, ...]], ...] = (
            (ActivityGoal, self.goals, (1, 2, 3)),
            (ActivityStage, self.stages, (1, 2)),
            (ActivityMeans, self.means, (0, 1, 2)),
            (ActivityRisk, self.risks, (0, 1, 2)),
        )
        for model, others, counts in kinds:
            (name,) = model.key_fields
            model.objects.bulk_create(
                model(activity=activity, **{name: other})
                for activity in activities
                for other in self.random.sample(others, self.random.choice(counts))
            )

    def _assignments(self, activity: Activity, load: int) -> Iterator[Assignment]:
        """Different offices: those that lead, perhaps one that coordinates, and the others support."""
        leads = min(self.random.choices(LEADS, LEAD_ODDS)[0], load)
        coordinating = min(self.random.randint(0, 1), load - leads)
        roles = ["lead"] * leads + ["coordinating"] * coordinating + ["supporting"] * (load - leads - coordinating)
        for office, role in zip(self._different_offices(load), roles, strict=True):
            joint = {"relation": "joint", "relation_basis": "entered"} if role == "lead" and leads > 1 else {}
            yield Assignment(
                activity=activity,
                office=office,
                role=role,
                notional=True,
                verb=VERB_OF[role],
                office_as_stated=office.name,
                **joint,
            )

    def _different_offices(self, count: int) -> list[Office]:
        """Those that stand high in the tree come up more often."""
        total = len(self.offices)
        if count * 2 > total:
            return self.random.sample(self.offices, count)
        chosen: dict[int, None] = {}
        while len(chosen) < count:
            chosen[int(self.random.random() ** 2 * total)] = None
        return [self.offices[n] for n in chosen]

    def _place(self) -> dict[str, Any]:
        """Most things stand under a line of effort."""
        if self.random.random() < 0.1:
            return {}
        return {"line_of_effort": self.random.choice(self.lines), "line_basis": "entered"}

    def _made(self, model: type[C], suffix: str, **values: Any) -> C:
        if hasattr(model, "strategy"):
            values["strategy"] = self.strategy
        return model(code=f"{self.code}{suffix}", notional=True, **values)

    @staticmethod
    def _write(rows: Iterable[C]) -> list[C]:
        """Stores the rows of one model, and what search needs of them."""
        written = list(rows)
        if written:
            type(written[0])._default_manager.bulk_create(written)
            indexing.add(written)
        return written


def _batches(total: int) -> Iterator[range]:
    for first in range(0, total, BATCH):
        yield range(first, min(first + BATCH, total))


def _above(n: int) -> int:
    """The number of the office that the office numbered ``n`` is part of."""
    return (n - 1) // BRANCHES
