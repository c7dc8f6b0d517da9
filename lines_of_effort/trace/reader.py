"""Reads the graph of a trace from the database: a fixed number of queries, and never more rows than can be shown."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Case, Count, Model, QuerySet, When
from django.urls import reverse
from django.utils.http import urlencode

from strategy.core.cache import VersionedKeyCache
from strategy.core.models import Basis, Notional
from strategy.models import Goal, Means, Mitigation, Office, Risk, SearchEntry

from ..models import Activity, Assignment, LineOfEffort, LineOfEffortMixin, ProcessStage
from ..models.assignments import Role
from .graph import ROLES, Crowd, Edge, Layer, Link, Node, Trace
from .links import Claim, Place, Tie, cite, ties

# More than this in one picture is no picture any more.
MOST: dict[type[Any], int] = {Activity: 48, Assignment: 400}
MOST_OF_OTHERS = 40
MOST_TASKS = 40

LAYERS: dict[type[Any], Layer] = {
    Goal: Layer.ENDS,
    LineOfEffort: Layer.LINES,
    ProcessStage: Layer.LINES,
    Activity: Layer.ACTIVITIES,
    Office: Layer.MEANS,
    Means: Layer.MEANS,
    Risk: Layer.RISKS,
    Mitigation: Layer.RISKS,
}


# Whether there are too many activities for one picture, by what is asked for: it is the same for every trace.
crowds: VersionedKeyCache[str, bool] = VersionedKeyCache(
    lambda asked: {notional: Activity.objects.visible(notional)[MOST[Activity] :].exists() for notional in asked}
)


def start_from(*models: type[LineOfEffortMixin]) -> None:
    """Lets a trace start from records of an app above this one: through the line of effort they stand under."""
    LAYERS.update(dict.fromkeys(models, Layer.LINES))


def starts(notional: str) -> QuerySet[SearchEntry]:
    """Every record a trace may start from, as search knows it."""
    kinds = [model._meta.label_lower for model in LAYERS]
    return SearchEntry.objects.visible(notional).filter(kind__in=kinds)


def find(code: str, notional: str) -> SearchEntry | None:
    """The record with this code; of several of different kinds, the one nearest to the ends."""
    order = [model._meta.label_lower for model in LAYERS]
    return min(starts(notional).filter(code=code), key=lambda entry: order.index(entry.kind), default=None)


def read(notional: str, start: SearchEntry | None = None) -> Trace:
    """The trace of everything, or from one record. What is too much to draw is left out, and said to be."""
    return _Reader(notional, start).trace()


class _Reader:
    """Nodes by kind and id, and the claims that become edges once their citations are read."""

    def __init__(self, notional: str, start: SearchEntry | None):
        self.notional = notional
        self.start: Place = (start.kind.partition(".")[2], start.object_id) if start else ("", 0)
        self.nodes: dict[Place, Node] = {}
        self.rows: dict[Place, Any] = {}
        self.claims: list[Claim] = []
        self.cut: set[str] = set()
        self.leaderless: set[Node] = set()

    def trace(self) -> Trace:
        crowded = crowds([self.notional])[self.notional]
        for model in (Goal, LineOfEffort, ProcessStage, Means, Risk):
            # Out of a crowd only what is traced is shown: no stage, but the one that the trace starts from.
            if model is not ProcessStage or not (crowded and self.start[1]) or self.start[0] == "processstage":
                self._keep(model._default_manager.visible(self.notional))
        self._keep(Mitigation.objects.visible(self.notional).select_related("owner"))
        numbers = self._activities(crowded)
        self._tasking()
        self._starting_point()
        self._placing()
        self._tie()
        edges = self._in_order(cite(self.claims))
        focus = self.nodes.get(self.start)
        # Stages run across the lines; beside these they only confuse, but for the one that the trace starts from.
        others = {node for node in self.nodes.values() if node.kind == "processstage" and node != focus}
        edges = [edge for edge in edges if others.isdisjoint((edge.source, edge.target))]
        trace = Trace(
            nodes=list(self.nodes.values()),
            edges=edges,
            focus=focus,
            crowds=numbers,
            cut=frozenset(self.cut),
            leaderless=frozenset(self.leaderless),
            whole=not crowded and not self.cut,
        )
        if crowded and trace.focus:
            trace = trace.pruned()
        trace.thin(MOST_TASKS)
        return trace

    # ---- Nodes -----------------------------------------------------------------------------------------------------

    def _keep(self, rows: QuerySet[Any]) -> None:
        """Makes nodes of the rows in the order of their codes: the first ones, and the one the trace starts from."""
        model = rows.model
        kind, most = model._meta.model_name, MOST.get(model, MOST_OF_OTHERS)
        if self.start[0] == kind:
            first = Case(When(pk=self.start[1], then=0), default=1)
            rows = rows.order_by(first, "code_order", "code")
        found = list(rows[: most + 1])
        if len(found) > most:
            self.cut.add(kind)
        for row in sorted(found[:most], key=lambda row: (row.code_order, row.code)):
            self._add(row)

    def _add(self, row: Any) -> None:
        place = _place(row)
        own_line = self.rows.get(("lineofeffort", getattr(row, "line_of_effort_id", None) or 0))
        line = row if isinstance(row, LineOfEffort) else own_line
        self.rows[place] = row
        self.nodes[place] = Node(
            kind=place[0],
            code=row.code,
            title=row.label,
            url=row.get_absolute_url(),
            layer=LAYERS[type(row)],
            line=line.code if line else "",
            force_activity=line.force_activity if line else "",
            remark=row.get_force_activity_display() if isinstance(row, LineOfEffort) else "",
            notional=row.notional,
        )

    def _activities(self, crowded: bool) -> tuple[Crowd, ...]:
        """All activities; where they are too many, those that the trace passes through, or only their numbers."""
        rows = Activity.objects.visible(self.notional)
        if crowded and not self.start[1]:
            return tuple(self._crowds(rows))
        if crowded:
            self._keep(rows.traced_through(*self.start))
            return ()
        for row in rows:
            self._add(row)
        return ()

    def _crowds(self, rows: QuerySet[Activity]) -> Iterator[Crowd]:
        counted = rows.order_by().values("line_of_effort").annotate(count=Count("pk"))
        number: dict[int | None, int] = {row["line_of_effort"]: row["count"] for row in counted}
        kept = {} if self.notional == Notional.EXCLUDE else {"notional": self.notional}
        for (kind, pk), node in self.nodes.items():
            if kind == "lineofeffort" and pk in number:
                url = f"{reverse('activity-list')}?{urlencode({'line_of_effort': node.code, **kept})}"
                yield Crowd(node.code, node.force_activity, number[pk], url)
        if None in number:
            yield Crowd("", "", number[None], "")

    def _starting_point(self) -> None:
        """The record itself, where it is of a kind that is not read as a whole."""
        if self.start[1] and self.start not in self.nodes:
            model = next(model for model in LAYERS if model._meta.model_name == self.start[0])
            self._add(model._default_manager.get(pk=self.start[1]))

    # ---- Edges -----------------------------------------------------------------------------------------------------

    def _claim(self, link: Link, source: Place, target: Place, basis: str, reason: str, **cited: Any) -> None:
        """Notes an edge if both its ends are shown. A link without a basis was entered by staff."""
        if source in self.nodes and target in self.nodes:
            edge = Edge(link, self.nodes[source], self.nodes[target], basis or Basis.ENTERED, reason)
            self.claims.append(Claim(edge, **cited))

    def _tasking(self) -> None:
        """Offices by role, and offices that own a mitigation."""
        tasks = self._assignments()
        owned: list[Any] = [row for row in self.rows.values() if isinstance(row, Mitigation) and row.owner is not None]
        offices = {row.office_id: row.office for row in tasks} | {row.owner_id: row.owner for row in owned}
        if len(offices) > MOST_OF_OTHERS:
            self.cut.add("office")
        started = self.start[1] if self.start[0] == "office" else 0
        foremost = sorted(offices.values(), key=lambda row: row.pk != started)[:MOST_OF_OTHERS]
        for office in sorted(foremost, key=lambda row: (row.code_order, row.code)):
            self._add(office)
        for task in sorted(tasks, key=lambda row: (row.code_order, row.code)):
            ends = ("office", task.office_id), ("activity", task.activity_id)
            self._claim(Link(task.role), *ends, task.basis, "", record=task)
        for row in owned:
            ends = ("office", row.owner_id), _place(row)
            self._claim(Link.OWNER, *ends, row.basis, "", record=row, field="owner")

    def _assignments(self) -> list[Assignment]:
        """The tasking of the activities shown: first of the office the trace starts from, then by role."""
        activities = [pk for kind, pk in self.nodes if kind == "activity"]
        if not activities:
            return []
        started = self.start[1] if self.start[0] == "office" else 0
        foremost = (
            Case(When(office=started, then=0), default=1),
            Case(*(When(role=role.value, then=place) for place, role in enumerate(ROLES)), default=len(ROLES)),
        )
        rows = Assignment.objects.visible(self.notional).filter(activity__in=activities).select_related("office")
        found = list(rows.order_by(*foremost, "code_order", "code")[: MOST[Assignment] + 1])
        if len(found) > MOST[Assignment]:
            self.cut.add("office")
        else:
            led = {row.activity_id for row in found if row.role == Role.LEAD}
            self.leaderless = {self.nodes["activity", pk] for pk in activities if pk not in led}
        return found[: MOST[Assignment]]

    def _placing(self) -> None:
        """What stands under which line of effort."""
        for place, row in self.rows.items():
            if isinstance(row, LineOfEffortMixin) and row.line_of_effort_id:
                line = ("lineofeffort", row.line_of_effort_id)
                self._claim(
                    Link.PLACED, place, line, row.line_basis, row.line_reason, record=row, field="line_of_effort"
                )

    def _tie(self) -> None:
        """Every other link."""
        shown: dict[str, list[int]] = {}
        for kind, pk in self.nodes:
            shown.setdefault(kind, []).append(pk)
        for tie in ties(shown):
            record = self.rows[tie.owner]
            basis, part = (tie.basis, self._part(tie)) if tie.is_part else (record.basis, "")
            self._claim(
                tie.link, tie.source, tie.target, basis, tie.reason, record=record, field=tie.relation, part=part
            )

    def _in_order(self, edges: list[Edge]) -> list[Edge]:
        """From the ends down, what is tied to the same record together."""
        position = {node: place for place, node in enumerate(self.nodes.values())}
        links = list(Link)

        def order(edge: Edge) -> tuple[int, ...]:
            link = links.index(edge.link)
            first = links.index(Link.LEAD) if edge.link in ROLES else max(link, links.index(Link.DIRECT))
            return first, position[edge.target], link, position[edge.source]

        return sorted(edges, key=order)

    def _part(self, tie: Tie) -> str:
        """How citations name the tie among those of its owner."""
        code = self.nodes[tie.other].code
        return f"{code} {tie.link}" if tie.link in (Link.COLLECTIVE, Link.DIRECT) else code


def _place(row: Model) -> Place:
    return str(row._meta.model_name), row.pk


__all__ = ["LAYERS", "Edge", "find", "read", "start_from", "starts"]
