"""Querysets of lines of effort, activities, their links and assignments."""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Prefetch, Q, Value, When

from strategy.core.models import Basis, CodedQuerySet, PartQuerySet, count_subquery, first_of_each, related_manager
from strategy.models.office_querysets import INACTIVE_STATUSES

LEAD, COORDINATING, SUPPORTING = "lead", "coordinating", "supporting"
# In the order of display, the strongest first.
ROLES = (LEAD, COORDINATING, SUPPORTING)
LINK_RELATIONS = ("goal_links", "stage_links", "means_links", "risk_links")


def has_inferred_link(model: Any, relation_name: str) -> Exists:
    """Expression: whether a row of ``model`` has a link in this relation that is our reading."""
    field_name = model._meta.get_field(relation_name).field.name
    return Exists(related_manager(model, relation_name).filter(**{field_name: OuterRef("pk")}, basis=Basis.INFERRED))


class LineOfEffortMixinQuerySet(CodedQuerySet):
    """Records that stand under one line of effort or none."""

    def with_inferred_line(self):
        """Records that no source puts under their line of effort."""
        return self.filter(line_basis=Basis.INFERRED)

    def under_lines(self, lines):
        """Records under one of these lines of effort: an iterable of row ids, or a queryset of them."""
        return self.filter(line_of_effort__in=lines)


class LineGoalQuerySet(PartQuerySet):
    """Links of lines of effort to goals."""

    def with_activity_counts(self):
        """With the line of effort, and how many activities stand under it: ``activities``."""
        lines: Any = self.model._meta.get_field("line_of_effort").related_model
        activities = related_manager(lines, "activity_set")
        return self.select_related("line_of_effort").annotate(
            activities=count_subquery(activities, "line_of_effort", outer="line_of_effort")
        )


class ActivityLinkQuerySet(PartQuerySet):
    """Links of activities to goals, stages, means and risks."""

    def with_offices(self):
        """With each activity, its line of effort, and who leads, coordinates and supports it."""
        activities: Any = self.model._meta.get_field("activity").related_model
        assignments = related_manager(activities, "assignments").select_related("office")
        rows = self.select_related("activity__line_of_effort").order_by("activity__code_order")
        return rows.prefetch_related(Prefetch("activity__assignments", queryset=assignments))

    def first_of_each(self, name: str, limit: int):
        """At most ``limit`` links of each goal, stage, means or risk (the field ``name``), each with its activity.

        Each has ``alike``: how many links that goal, stage, means or risk has in all.
        """
        order = ["activity__code_order", "activity__code"]
        rows = self.select_related("activity")
        return first_of_each(rows, by=[name], order=order, limit=limit).order_by(name, *order)

    def goals_served(self):
        """Row ids of the goals that the activities of these links serve."""
        return self.exclude(activity__goal_links=None).order_by().values("activity__goal_links__goal")

    def of_office(self, office):
        """Links of the activities that the office has a role on."""
        return self.filter(activity__assignments__office=office)


class LineOfEffortQuerySet(CodedQuerySet):
    """Lines of effort."""

    def tasked_to(self, office):
        """Lines of effort with an activity that the office has a role on."""
        return self.filter(activity_set__assignments__office=office)

    def for_list(self):
        return super().for_list().with_parts("goal_links")

    def without_activity(self):
        return self.filter(activity_set=None)

    def with_inferred_goal(self):
        """Lines with a goal that no source says they serve."""
        return self.filter(has_inferred_link(self.model, "goal_links"))


class ActivityQuerySet(LineOfEffortMixinQuerySet):
    """Activities. Role and office are always matched on one and the same assignment row."""

    def with_offices(self):
        """With who leads, coordinates and supports."""
        return self.prefetch_related(Prefetch("assignments", queryset=self._assignments().select_related("office")))

    def with_office_names(self):
        """The same, with no more of the assignments than the role, and of the offices than what names them."""
        names = ("activity", "role", "office__code", "office__code_order", "office__name")
        rows = self._assignments().select_related("office").only(*names)
        return self.prefetch_related(Prefetch("assignments", queryset=rows))

    def for_list(self):
        return super().for_list().with_offices().with_parts("goal_links")

    def by_line(self):
        """With the line of effort, in the order of the lines."""
        return self.select_related("line_of_effort").order_by("line_of_effort__code_order", "code_order")

    def _assignments(self):
        return related_manager(self.model, "assignments").all()

    def assigned(self, *conditions, **lookups):
        """Activities with one assignment that meets all of these conditions and lookups at once."""
        # Not EXISTS, for which SQLite would try every activity.
        return self.filter(pk__in=self._assignments().filter(*conditions, **lookups).order_by().values("activity"))

    def not_assigned(self, **lookups):
        """Activities without any assignment that meets all of these lookups at once."""
        return self.filter(~Exists(self._assignments().filter(activity=OuterRef("pk"), **lookups)))

    def led(self):
        """Activities with at least one lead."""
        return self.filter(Exists(self._assignments().filter(activity=OuterRef("pk"), role=LEAD)))

    def without_lead(self):
        return self.not_assigned(role=LEAD)

    def with_several_leads(self):
        leads = self._assignments().filter(role=LEAD)
        return self.alias(lead_count=count_subquery(leads, "activity")).filter(lead_count__gt=1)

    def supported_not_led(self):
        """Activities with a supporting office and without a lead."""
        return self.assigned(role=SUPPORTING).without_lead()

    def traced_through(self, kind: str, pk: int):
        """Activities that a trace from one record passes through; none for kinds that no activity is linked to.

        ``kind`` is the record's model name in lower case, ``pk`` its row id. Those under it, linked to it, tasked to
        it, or at risk from it, be it through means they use.
        """
        paths: dict[str, tuple[str, ...]] = {
            "goal": ("goal_links__goal", "line_of_effort__goal_links__goal"),
            "lineofeffort": ("line_of_effort",),
            "processstage": ("stage_links__stage",),
            "activity": ("pk",),
            "office": ("assignments__office",),
            "means": ("means_links__means",),
            "risk": ("risk_links__risk", "means_links__means__risks"),
            "mitigation": ("risk_links__risk__mitigations", "means_links__means__risks__mitigations"),
        }
        rows = self.model._default_manager.all()
        conditions = (Q(pk__in=rows.filter(**{path: pk}).values("pk")) for path in paths.get(kind, ()))
        return self.filter(reduce(or_, conditions, Q(pk__in=[])))

    def with_inferred_link(self):
        """Activities with a goal, stage, means or risk that no source links them to."""
        return self.filter(reduce(or_, (has_inferred_link(self.model, name) for name in LINK_RELATIONS)))


class AssignmentQuerySet(CodedQuerySet):
    """Assignments."""

    def strongest_first(self):
        """In the order of ``ROLES``; within a role by activity."""
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
        """The assignments of the office, strongest first."""
        return self.filter(office=office).strongest_first()

    def on_activities_of(self, office, limit: int):
        """Every office's assignments on the activities of the first ``limit`` assignments of ``office``."""
        activities = self.of_office(office)[:limit].values("activity")
        return self.filter(activity__in=activities).strongest_first()

    def to_inactive_offices(self):
        """Assignments to offices that some source says are not active (planned, interim, paused, gone)."""
        return self.filter(office__status__in=INACTIVE_STATUSES)
