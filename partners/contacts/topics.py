"""What a partner may ask about: a line of effort, a process stage or an activity, and the work that belongs to it."""

from dataclasses import dataclass
from typing import Any

from lines_of_effort.models import Activity, ActivityStage, LineOfEffort, ProcessStage
from strategy.core.filters import MAX_OFFERED
from strategy.core.models import CodedModel, natural_order
from strategy.models import SearchEntry

KINDS = [model._meta.label_lower for model in (LineOfEffort, ProcessStage, Activity)]
# More than a page can hold; the list of activities has the rest.
MOST_ACTIVITIES = 50


@dataclass
class Topic:
    """One topic: its record, the activities in it, and the lines of effort it or they stand under."""

    record: CodedModel
    activities: list[Activity]
    lines: list[LineOfEffort]
    more: bool

    @property
    def kind(self) -> str:
        return str(self.record._meta.verbose_name)


def offered(notional: str) -> list[SearchEntry]:
    """The topics to choose from, lines first, each kind in the order of its codes.

    Activities are left out where there are more of them than anybody reads through: they are then named by code.
    """
    # By name, the kinds of which there are few come first from behind.
    entries = list(_entries(notional).order_by("-kind", "code")[: 2 * MAX_OFFERED])
    if sum(entry.kind == KINDS[2] for entry in entries) > MAX_OFFERED:
        entries = [entry for entry in entries if entry.kind != KINDS[2]]
    return sorted(entries, key=lambda entry: (KINDS.index(entry.kind), natural_order(entry.code)))


def find(code: str, notional: str) -> SearchEntry | None:
    """The topic with this code, offered or not."""
    return _entries(notional).filter(code=code).first()


def _entries(notional: str) -> Any:
    return SearchEntry.objects.visible(notional).filter(kind__in=KINDS).defer("aliases", "body")


def opened(entry: SearchEntry) -> Topic:
    """The topic behind an entry, with its work; the record comes along with its activities if it has any."""
    work = Activity.objects.select_related("line_of_effort")
    if entry.kind == Activity._meta.label_lower:
        activity = work.get(pk=entry.object_id)
        return _topic(activity, activity.line_of_effort, [activity])
    if entry.kind == LineOfEffort._meta.label_lower:
        activities = list(work.filter(line_of_effort=entry.object_id)[: MOST_ACTIVITIES + 1])
        line = activities[0].line_of_effort if activities else None
        line = line or LineOfEffort.objects.get(pk=entry.object_id)
        return _topic(line, line, activities)
    rows = ActivityStage.objects.filter(stage=entry.object_id).order_by("activity__code_order")
    links = list(rows.select_related("stage__line_of_effort", "activity__line_of_effort")[: MOST_ACTIVITIES + 1])
    stages = ProcessStage.objects.select_related("line_of_effort")
    stage = links[0].stage if links else stages.get(pk=entry.object_id)
    return _topic(stage, stage.line_of_effort, [link.activity for link in links])


def _topic(record: CodedModel, line: LineOfEffort | None, activities: list[Activity]) -> Topic:
    """A topic's own line of effort comes first, then those of its activities."""
    lines = [line, *(activity.line_of_effort for activity in activities)]
    found = {one.pk: one for one in lines if one is not None}
    return Topic(record, activities[:MOST_ACTIVITIES], list(found.values()), len(activities) > MOST_ACTIVITIES)
