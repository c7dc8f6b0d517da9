"""Reads a trace from the database, in a fixed number of queries and no more rows than can be shown."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Case, Count, Model, QuerySet, When
from django.urls import reverse
from django.utils.http import urlencode

from strategy.core.cache import VersionedKeyCache
from strategy.core.models import Basis, Notional
from strategy.models import Goal, Means, Mitigation, Office, Risk, SearchEntry, Strategy

from ..models import Activity, Assignment, LineOfEffort, LineOfEffortMixin, ProcessStage
from ..models.assignments import Role
from .graph import ROLES, Crowd, Edge, Layer, Link, Node, Trace
from .links import LinkRow, NodeKey, UncitedEdge, add_sources, read_link_rows

# The rows of a model that one picture holds and a reader can still follow.
MAX_ROWS: dict[type[Any], int] = {Activity: 48, Assignment: 400}
MAX_OTHER_ROWS = 40
MAX_TASK_LINKS = 40

# Models whose records are nodes, with their columns, in the order of the picture. An app above adds its own.
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


def _visible(model: type[Any], notional: str, strategy_id: int) -> Any:
    """The rows a reader may see, of one strategy where its primary key is not 0."""
    rows = model._default_manager.visible(notional)
    return rows.filter(strategy=strategy_id) if strategy_id else rows


def _exceed_picture(notional: str, strategy_id: int) -> bool:
    return _visible(Activity, notional, strategy_id)[MAX_ROWS[Activity] :].exists()


# Whether there are too many activities for one picture, by ``notional`` and strategy: the same for every trace.
too_many_activities: VersionedKeyCache[tuple[str, int], bool] = VersionedKeyCache(
    lambda keys: {key: _exceed_picture(*key) for key in keys}
)


def start_from(*models: type[LineOfEffortMixin]) -> None:
    """Registers models of an app above this one to start a trace from: through their line of effort."""
    LAYERS.update(dict.fromkeys(models, Layer.LINES))


def startable_entries(notional: str) -> QuerySet[SearchEntry]:
    """Search entries of every record that a trace may start from."""
    kinds = [model._meta.label_lower for model in LAYERS]
    return SearchEntry.objects.visible(notional).filter(kind__in=kinds)


def find_start(code: str, notional: str) -> SearchEntry | None:
    """The record with this code; of several of different kinds, the one nearest to the ends."""
    order = [model._meta.label_lower for model in LAYERS]
    return min(startable_entries(notional).filter(code=code), key=lambda entry: order.index(entry.kind), default=None)


def read_trace(notional: str, start: SearchEntry | None = None, strategy: Strategy | None = None) -> Trace:
    """The trace of everything, of one strategy, or from one record.

    What is too much to draw is left out; the trace says so in ``truncated_kinds``, ``crowds`` and ``hidden_links``.
    """
    return _TraceReader(notional, start, strategy).read()


class _TraceReader:
    """Collects nodes and model rows by kind and primary key, and edges, which get their sources at the end."""

    def __init__(self, notional: str, start: SearchEntry | None, strategy: Strategy | None):
        self.notional, self.strategy = notional, strategy
        self.strategy_id = strategy.pk if strategy else 0
        self.start: NodeKey = (start.kind.partition(".")[2], start.object_id) if start else ("", 0)
        self.start_office = self.start[1] if self.start[0] == "office" else 0
        self.nodes: dict[NodeKey, Node] = {}
        self.rows: dict[NodeKey, Any] = {}
        self.uncited_edges: list[UncitedEdge] = []
        self.truncated_kinds: set[str] = set()
        self.leaderless: set[Node] = set()

    def read(self) -> Trace:
        """The trace, after everything is read."""
        key = (self.notional, self.strategy_id)
        crowded = too_many_activities([key])[key]
        # Out of a crowd only what is traced is shown: no stage, but the one that the trace starts from.
        shows_stages = not crowded or self.start[0] in ("", "processstage")
        for model in (Goal, LineOfEffort, *([ProcessStage] if shows_stages else []), Means, Risk):
            self._add_rows(_visible(model, *key))
        self._add_rows(_visible(Mitigation, *key).select_related("owner"))
        crowds = self._add_activities(crowded)
        self._add_offices()
        self._add_starting_record()
        self._add_line_links()
        self._add_row_links()
        edges = self._sorted(add_sources(self.uncited_edges))
        focus = self.nodes.get(self.start)
        # Stages run across the lines; beside these they only confuse, but for the one that the trace starts from.
        other_stages = {node for node in self.nodes.values() if node.kind == "processstage" and node != focus}
        edges = [edge for edge in edges if other_stages.isdisjoint((edge.source, edge.target))]
        trace = Trace(
            nodes=list(self.nodes.values()),
            edges=edges,
            focus=focus,
            crowds=crowds,
            truncated_kinds=frozenset(self.truncated_kinds),
            leaderless=frozenset(self.leaderless),
            complete=not crowded and not self.truncated_kinds,
        )
        if crowded and trace.focus:
            trace = trace.without_unreached()
        trace.hide_supporting(MAX_TASK_LINKS)
        return trace

    # ---- Nodes -----------------------------------------------------------------------------------------------------

    def _add_rows(self, rows: QuerySet[Any]) -> None:
        """Makes nodes of the first rows in the order of their codes, the one the trace starts from among them."""
        model = rows.model
        kind, limit = model._meta.model_name, MAX_ROWS.get(model, MAX_OTHER_ROWS)
        if self.start[0] == kind:
            first = Case(When(pk=self.start[1], then=0), default=1)
            rows = rows.order_by(first, "code_order", "code")
        first_rows = list(rows[: limit + 1])
        if len(first_rows) > limit:
            self.truncated_kinds.add(kind)
        for row in sorted(first_rows[:limit], key=_by_code):
            self._add_node(row)

    def _add_node(self, row: Any) -> None:
        key = _key(row)
        own_line = self.rows.get(("lineofeffort", getattr(row, "line_of_effort_id", None) or 0))
        line = row if isinstance(row, LineOfEffort) else own_line
        self.rows[key] = row
        self.nodes[key] = Node(
            kind=key[0],
            code=row.code,
            title=row.label,
            url=row.get_absolute_url(),
            layer=LAYERS[type(row)],
            line=line.code if line else "",
            force_activity=line.force_activity if line else "",
            remark=row.get_force_activity_display() if isinstance(row, LineOfEffort) else "",
            notional=row.notional,
        )

    def _add_activities(self, crowded: bool) -> tuple[Crowd, ...]:
        """Adds all activities; where they are too many, those the trace passes through, or none but their numbers."""
        rows = _visible(Activity, self.notional, self.strategy_id)
        if crowded and not self.start[1]:
            return tuple(self._count_crowds(rows))
        if crowded:
            self._add_rows(rows.traced_through(*self.start))
            return ()
        for row in rows:
            self._add_node(row)
        return ()

    def _count_crowds(self, rows: QuerySet[Activity]) -> Iterator[Crowd]:
        """The number of activities under each line of effort, and under none."""
        by_line = rows.order_by().values("line_of_effort").annotate(count=Count("pk"))
        counts: dict[int | None, int] = {row["line_of_effort"]: row["count"] for row in by_line}
        link_params = {"strategy": self.strategy.code} if self.strategy else {}
        link_params |= {"notional": self.notional} if self.notional != Notional.EXCLUDE else {}
        for (kind, pk), node in self.nodes.items():
            if kind == "lineofeffort" and pk in counts:
                url = f"{reverse('activity-list')}?{urlencode({'line_of_effort': node.code, **link_params})}"
                yield Crowd(node.code, node.force_activity, counts[pk], url)
        if None in counts:
            yield Crowd("", "", counts[None], "")

    def _add_starting_record(self) -> None:
        """Adds the record the trace starts from, where it is of a kind that is not read as a whole."""
        if self.start[1] and self.start not in self.nodes:
            model = next(model for model in LAYERS if model._meta.model_name == self.start[0])
            self._add_node(model._default_manager.get(pk=self.start[1]))

    # ---- Edges -----------------------------------------------------------------------------------------------------

    def _add_edge(self, link: Link, source: NodeKey, target: NodeKey, basis: str, reason: str, **citing: Any) -> None:
        """Adds an edge if both its ends are shown; ``citing`` are the other fields of ``UncitedEdge``.

        A link without a basis was entered by staff.
        """
        if source in self.nodes and target in self.nodes:
            edge = Edge(link, self.nodes[source], self.nodes[target], basis or Basis.ENTERED, reason)
            self.uncited_edges.append(UncitedEdge(edge, **citing))

    def _add_offices(self) -> None:
        """Adds offices with a role in an activity shown, and those that own a mitigation, with their links."""
        tasks = self._read_assignments()
        owned: list[Any] = [row for row in self.rows.values() if isinstance(row, Mitigation) and row.owner is not None]
        offices = {row.office_id: row.office for row in tasks} | {row.owner_id: row.owner for row in owned}
        if len(offices) > MAX_OTHER_ROWS:
            self.truncated_kinds.add("office")
        start_first = sorted(offices.values(), key=lambda row: row.pk != self.start_office)
        for office in sorted(start_first[:MAX_OTHER_ROWS], key=_by_code):
            self._add_node(office)
        for task in sorted(tasks, key=_by_code):
            ends = ("office", task.office_id), ("activity", task.activity_id)
            self._add_edge(Link(task.role), *ends, task.basis, "", record=task)
        for row in owned:
            ends = ("office", row.owner_id), _key(row)
            self._add_edge(Link.OWNER, *ends, row.basis, "", record=row, field="owner")

    def _read_assignments(self) -> list[Assignment]:
        """The assignments of the activities shown: first of the office the trace starts from, then by role."""
        activities = [pk for kind, pk in self.nodes if kind == "activity"]
        if not activities:
            return []
        order = (
            Case(When(office=self.start_office, then=0), default=1),
            Case(*(When(role=role.value, then=position) for position, role in enumerate(ROLES)), default=len(ROLES)),
        )
        limit = MAX_ROWS[Assignment]
        rows = Assignment.objects.visible(self.notional).filter(activity__in=activities).select_related("office")
        tasks = list(rows.order_by(*order, "code_order", "code")[: limit + 1])
        if len(tasks) > limit:
            self.truncated_kinds.add("office")
        else:
            led = {task.activity_id for task in tasks if task.role == Role.LEAD}
            self.leaderless = {self.nodes["activity", pk] for pk in activities if pk not in led}
        return tasks[:limit]

    def _add_line_links(self) -> None:
        """Adds the links of records to the line of effort they stand under."""
        for key, row in self.rows.items():
            if isinstance(row, LineOfEffortMixin) and row.line_of_effort_id:
                line = ("lineofeffort", row.line_of_effort_id)
                self._add_edge(
                    Link.PLACED, key, line, row.line_basis, row.line_reason, record=row, field="line_of_effort"
                )

    def _add_row_links(self) -> None:
        """Adds the links that are rows between two records."""
        shown: dict[str, list[int]] = {}
        for kind, pk in self.nodes:
            shown.setdefault(kind, []).append(pk)
        for row in read_link_rows(shown):
            record = self.rows[row.owner]
            basis, part = (row.basis, self._citation_part(row)) if row.is_part else (record.basis, "")
            self._add_edge(
                row.link, row.source, row.target, basis, row.reason, record=record, field=row.relation, part=part
            )

    def _sorted(self, edges: list[Edge]) -> list[Edge]:
        """From the ends down, links to the same record together."""
        position = {node: number for number, node in enumerate(self.nodes.values())}
        links = list(Link)

        def sort_key(edge: Edge) -> tuple[int, ...]:
            link = links.index(edge.link)
            first = links.index(Link.LEAD) if edge.link in ROLES else max(link, links.index(Link.DIRECT))
            return first, position[edge.target], link, position[edge.source]

        return sorted(edges, key=sort_key)

    def _citation_part(self, row: LinkRow) -> str:
        """The ``part`` by which citations name the row among those of its owner."""
        code = self.nodes[row.other].code
        return f"{code} {row.link}" if row.link in (Link.COLLECTIVE, Link.DIRECT) else code


def _key(row: Model) -> NodeKey:
    return str(row._meta.model_name), row.pk


def _by_code(row: Any) -> tuple[str, str]:
    return row.code_order, row.code
