"""Every question about ways and tasking, worded once."""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Prefetch, Q, Subquery, Value, When, Window
from django.db.models.aggregates import Count
from django.db.models.functions import Coalesce, RowNumber

from strategy.core.models import Basis, CodedQuerySet, PartQuerySet, related_manager
from strategy.models.office_querysets import STANDS_NOT

LEAD, COORDINATING, SUPPORTING = "lead", "coordinating", "supporting"
# From the strongest: the order of display everywhere.
ROLES = (LEAD, COORDINATING, SUPPORTING)
LINKS = ("goal", "stage", "means", "risk")


def _links(model: Any, name: str, **conditions: Any) -> Exists:
    """Whether a row of ``model`` has a link of this ``name`` that meets all of ``conditions``."""
    relation = model._meta.get_field(name)
    return Exists(relation.related_model.objects.filter(**{relation.field.name: OuterRef("pk")}, **conditions))


class PlacedQuerySet(CodedQuerySet):
    """Records that stand under one line of effort or none."""

    def line_read_by_us(self):
        """No source puts them under their line of effort."""
        return self.filter(line_basis=Basis.INFERRED)

    def on_lines(self, lines):
        """Those under one of these lines of effort, given by their row ids."""
        return self.filter(line_of_effort__in=lines)


class LineGoalQuerySet(PartQuerySet):
    def with_activity_counts(self):
        """With the line of effort, and how many activities stand under it: ``activities``."""
        lines: Any = self.model._meta.get_field("line_of_effort").related_model
        rows = related_manager(lines, "activity_set").filter(line_of_effort=OuterRef("line_of_effort")).order_by()
        counted = rows.values("line_of_effort").annotate(number=Count("pk")).values("number")
        return self.select_related("line_of_effort").annotate(activities=Coalesce(Subquery(counted), 0))


class ActivityLinkQuerySet(PartQuerySet):
    """Links of activities to goals, stages, means and risks."""

    def with_offices(self):
        """With each activity, its line of effort, and who leads, coordinates and supports it."""
        activities: Any = self.model._meta.get_field("activity").related_model
        assignments = related_manager(activities, "assignments").select_related("office")
        rows = self.select_related("activity__line_of_effort").order_by("activity__code_order")
        return rows.prefetch_related(Prefetch("activity__assignments", queryset=assignments))

    def first_of_each(self, name, most):
        """At most so many links of each goal, stage, means or risk, each with ``alike``: how many it has in all."""
        same = [F(name)]
        by_activity = [F("activity__code_order"), F("activity__code")]
        placed = self.select_related("activity").annotate(
            place=Window(RowNumber(), partition_by=same, order_by=by_activity),
            alike=Window(Count("pk"), partition_by=same),
        )
        return placed.filter(place__lte=most).order_by(name, *by_activity)

    def goals_served(self):
        """The goals, by key, of the activities that the links are about."""
        return self.exclude(activity__goal_links=None).order_by().values("activity__goal_links__goal")

    def on_tasks_of(self, office):
        """The links of the activities an office has a role on."""
        return self.filter(activity__assignments__office=office)


class LineQuerySet(CodedQuerySet):
    def tasked_to(self, office):
        """The lines of effort with an activity the office has a role on."""
        return self.filter(activity_set__assignments__office=office)

    def for_list(self):
        return super().for_list().with_parts("goal_links")

    def serving_no_goal(self):
        return self.filter(goal_links=None)

    def without_activity(self):
        return self.filter(activity_set=None)

    def with_goal_read_by_us(self):
        """Lines with a goal that no source says they serve."""
        return self.filter(_links(self.model, "goal_links", basis=Basis.INFERRED))


class ActivityQuerySet(PlacedQuerySet):
    """Role and office are always matched on one and the same assignment row."""

    def with_offices(self):
        """With who leads, coordinates and supports."""
        return self.prefetch_related(Prefetch("assignments", queryset=self._assignments().select_related("office")))

    def for_list(self):
        return super().for_list().with_offices().with_parts("goal_links")

    def for_fingerprint(self):
        """With the line of effort only, by line: one square each."""
        return self.select_related("line_of_effort").order_by("line_of_effort__code_order", "code_order")

    def _assignments(self):
        return related_manager(self.model, "assignments").all()

    def assigned(self, *also, **conditions):
        """Activities with one assignment that meets all of ``conditions`` at once."""
        return self.filter(Exists(self._assignments().filter(*also, activity=OuterRef("pk"), **conditions)))

    def not_assigned(self, **conditions):
        return self.filter(~Exists(self._assignments().filter(activity=OuterRef("pk"), **conditions)))

    def led(self):
        return self.assigned(role=LEAD)

    def without_lead(self):
        return self.not_assigned(role=LEAD)

    def with_several_leads(self):
        leads = (
            self._assignments()
            .filter(activity=OuterRef("pk"), role=LEAD)
            .order_by()
            .values("activity")
            .annotate(count=Count("pk"))
            .values("count")
        )
        return self.alias(lead_count=Coalesce(Subquery(leads), 0)).filter(lead_count__gt=1)

    def supported_not_led(self):
        return self.assigned(role=SUPPORTING).without_lead()

    def traced_through(self, kind: str, pk: int):
        """Those that a trace from one record passes through: placed under it, tied to it, tasked to it, or a risk to
        it, be it by a shortage of what they use. None for kinds that no activity is tied to."""
        ways: dict[str, tuple[str, ...]] = {
            "goal": ("goal_links__goal", "line_of_effort__goal_links__goal"),
            "lineofeffort": ("line_of_effort",),
            "processstage": ("stage_links__stage",),
            "activity": ("pk",),
            "office": ("assignments__office",),
            "means": ("means_links__means",),
            "risk": ("risk_links__risk", "means_links__means__risks"),
            "mitigation": ("risk_links__risk__mitigations", "means_links__means__risks__mitigations"),
        }
        every = self.model._default_manager.all()
        conditions = (Q(pk__in=every.filter(**{way: pk}).values("pk")) for way in ways.get(kind, ()))
        return self.filter(reduce(or_, conditions, Q(pk__in=[])))

    def with_link_read_by_us(self):
        """Activities with a goal, stage, means or risk that no source links them to."""
        inferred = (_links(self.model, f"{name}_links", basis=Basis.INFERRED) for name in LINKS)
        return self.filter(reduce(or_, inferred))


class AssignmentQuerySet(CodedQuerySet):
    def strongest_first(self):
        """Leads, then who coordinates, then who supports; within a role by activity."""
        rank = Case(
            *(When(role=role, then=Value(place)) for place, role in enumerate(ROLES)),
            default=Value(len(ROLES)),
            output_field=IntegerField(),
        )
        return self.order_by(rank, "activity__code_order", "code_order")

    def with_task(self):
        """With the office, the activity, its line of effort and its strategy."""
        return self.select_related("office", "activity__line_of_effort", "activity__strategy")

    def of_office(self, office):
        return self.filter(office=office).strongest_first()

    def on_activities_of(self, office, most: int):
        """Everybody's assignments on the first ``most`` tasks of one office, its own among them: one query."""
        tasks = self.of_office(office)[:most].values("activity")
        return self.filter(activity__in=tasks).with_task().strongest_first()

    def to_inactive_offices(self):
        """Tasked offices that some source says do not stand (planned, interim, paused, gone)."""
        return self.filter(Q(office__status__in=STANDS_NOT))
