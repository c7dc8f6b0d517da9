"""The comparison of two offices, aspect by aspect: their records, and which of these they share."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from strategy.core.models import CodedModel
from strategy.models import Goal, Means, Office, OfficeRelation, Risk

from ..models import ActivityGoal, ActivityMeans, ActivityRisk, Assignment
from ..querysets import COORDINATING, LEAD, SUPPORTING

ROLE_TITLES = {LEAD: "Leads", COORDINATING: "Coordinates", SUPPORTING: "Supports"}
# What is read of the activities: the model of the link, its field, and the title of the aspect.
LINKS = (
    ("Goals served", ActivityGoal, "goal"),
    ("What could stop it", ActivityRisk, "risk"),
    ("Means", ActivityMeans, "means"),
)
MODELS = {"goal": Goal, "risk": Risk, "means": Means}


@dataclass
class Aspect:
    """One row of the comparison: the records of each office under a title; ``shared`` are the codes of both."""

    title: str
    first: list[CodedModel]
    second: list[CodedModel]

    @property
    def shared(self) -> set[str]:
        return {record.code for record in self.first} & {record.code for record in self.second}


@dataclass
class OfficeComparison:
    """Two offices and their aspects, the empty ones included."""

    first: Office
    second: Office
    aspects: list[Aspect]

    @property
    def shared_activities(self) -> set[str]:
        """Codes of the activities that both have a role in, be it the same or another."""
        codes: list[set[str]] = [set(), set()]
        for aspect in self.aspects:
            if aspect.title in ROLE_TITLES.values():
                codes[0] |= {record.code for record in aspect.first}
                codes[1] |= {record.code for record in aspect.second}
        return codes[0] & codes[1]


def compare_offices(first: Office, second: Office) -> OfficeComparison:
    """The comparison, in eight queries."""
    offices = (first, second)

    def aspect(title: str, by_office: dict[int, list[CodedModel]]) -> Aspect:
        return Aspect(title, *(_in_order(by_office[office.pk]) for office in offices))

    above: dict[int, list[CodedModel]] = defaultdict(list)
    for relation in OfficeRelation.objects.filter(office__in=offices, kind=OfficeRelation.Kind.PART_OF).select_related(
        "other"
    ):
        above[relation.office_id].append(relation.other)
    by_role: dict[str, dict[int, list[CodedModel]]] = {role: defaultdict(list) for role in ROLE_TITLES}
    lines: dict[int, list[CodedModel]] = defaultdict(list)
    for row in Assignment.objects.filter(office__in=offices).select_related("activity__line_of_effort"):
        by_role[row.role][row.office_id].append(row.activity)
        if row.activity.line_of_effort:
            lines[row.office_id].append(row.activity.line_of_effort)
    return OfficeComparison(
        first,
        second,
        [
            aspect("Part of", above),
            *(aspect(title, by_role[role]) for role, title in ROLE_TITLES.items()),
            aspect("Lines of effort", lines),
            *(aspect(title, _linked(link, field, offices)) for title, link, field in LINKS),
        ],
    )


def _linked(link: type, field: str, offices: Iterable[Office]) -> dict[int, list[CodedModel]]:
    """The records that the activities of each office are linked to, by the office's key."""
    by_office: dict[int, list[CodedModel]] = defaultdict(list)
    pairs = link.objects.filter(activity__assignments__office__in=offices)  # type: ignore[attr-defined]
    keys = set(pairs.order_by().values_list("activity__assignments__office", field))
    records = MODELS[field].objects.in_bulk({key for _, key in keys})
    for office, key in keys:
        by_office[office].append(records[key])
    return by_office


def _in_order(records: Iterable[CodedModel]) -> list[CodedModel]:
    """Each record once, in the order of the codes."""
    return sorted(dict.fromkeys(records), key=lambda record: (record.code_order, record.code))
