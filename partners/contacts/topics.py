"""What a partner may ask about: a subject topic, a line of effort, a process stage or an activity."""

from dataclasses import dataclass, field
from typing import Any

from lines_of_effort.models import Activity, ActivityStage, LineOfEffort, ProcessStage
from strategy.core.filters import MAX_OFFERED
from strategy.core.models import CodedModel
from strategy.models import SearchEntry, Topic

from .contact import name_order

# As the search index names kinds; subject topics are offered first.
SUBJECT_KIND, LINE_KIND, STAGE_KIND, ACTIVITY_KIND = (
    model._meta.label_lower for model in (Topic, LineOfEffort, ProcessStage, Activity)
)
TOPIC_KINDS = (SUBJECT_KIND, LINE_KIND, STAGE_KIND, ACTIVITY_KIND)
# Those a page can hold; the list of activities has the rest.
MAX_ACTIVITIES = 50


@dataclass
class TopicScope:
    """What one question covers: its record, the activities in it, and the lines of effort it or they stand under.

    ``subjects`` are the subject topics it is about. ``more`` says that there are more activities than these.
    """

    record: CodedModel
    activities: list[Activity]
    lines: list[LineOfEffort]
    more: bool
    subjects: list[Topic] = field(default_factory=list)

    @property
    def by_subject(self) -> bool:
        """Whether frameworks, engagements and counterparts are chosen by subject topic, not by line of effort."""
        return bool(self.subjects) and not isinstance(self.record, LineOfEffort)

    @property
    def is_subject(self) -> bool:
        """Whether the question is about a subject topic itself."""
        return isinstance(self.record, Topic)

    @property
    def spoken_name(self) -> str:
        """The name within a sentence: a title that is no noun is set in quotation marks."""
        return self.record.spoken_name if isinstance(self.record, Topic) else f"“{self.record.label}”"


def offered_topics(notional: str) -> list[SearchEntry]:
    """The topics that a form offers, subject topics first, each kind by name.

    Activities are left out where there are more of them than anybody reads through: readers then enter a code.
    """
    # Kinds in descending order of their names: activities, of which there may be many, come last.
    entries = list(_entries(notional).order_by("-kind", "code")[: 3 * MAX_OFFERED])
    if sum(entry.kind == ACTIVITY_KIND for entry in entries) > MAX_OFFERED:
        entries = [entry for entry in entries if entry.kind != ACTIVITY_KIND]
    return sorted(entries, key=lambda entry: (TOPIC_KINDS.index(entry.kind), name_order(entry.title)))


def find_topic(code: str, notional: str) -> SearchEntry | None:
    """The topic with this code, offered or not."""
    return _entries(notional).filter(code=code).first()


def _entries(notional: str) -> Any:
    return SearchEntry.objects.visible(notional).filter(kind__in=TOPIC_KINDS).defer("aliases", "body")


def read_topic(entry: SearchEntry) -> TopicScope:
    """The scope of a search entry; its record is read together with its activities, if it has any."""
    all_activities = Activity.objects.select_related("line_of_effort")
    if entry.kind == SUBJECT_KIND:
        topic = Topic.objects.get(pk=entry.object_id)
        activities = list(all_activities.filter(topic_links__topic=topic)[: MAX_ACTIVITIES + 1])
        return TopicScope(topic, activities[:MAX_ACTIVITIES], [], len(activities) > MAX_ACTIVITIES, [topic])
    if entry.kind == ACTIVITY_KIND:
        activity = all_activities.get(pk=entry.object_id)
        return _build_scope(activity, activity.line_of_effort, [activity])
    if entry.kind == LINE_KIND:
        activities = list(all_activities.filter(line_of_effort=entry.object_id)[: MAX_ACTIVITIES + 1])
        line = activities[0].line_of_effort if activities else None
        line = line or LineOfEffort.objects.get(pk=entry.object_id)
        return _build_scope(line, line, activities)
    rows = ActivityStage.objects.filter(stage=entry.object_id).order_by("activity__code_order")
    links = list(rows.select_related("stage__line_of_effort", "activity__line_of_effort")[: MAX_ACTIVITIES + 1])
    stages = ProcessStage.objects.select_related("line_of_effort")
    stage = links[0].stage if links else stages.get(pk=entry.object_id)
    return _build_scope(stage, stage.line_of_effort, [link.activity for link in links])


def _build_scope(record: CodedModel, line: LineOfEffort | None, activities: list[Activity]) -> TopicScope:
    """The scope; its own line of effort comes first, then those of its activities."""
    lines: dict[int, LineOfEffort] = {}
    for candidate in (line, *(activity.line_of_effort for activity in activities)):
        if candidate is not None:
            lines.setdefault(candidate.pk, candidate)
    shown = activities[:MAX_ACTIVITIES]
    subjects = list(Topic.objects.filter(activity_links__activity__in=shown).distinct())
    return TopicScope(record, shown, list(lines.values()), len(activities) > MAX_ACTIVITIES, subjects)
