"""Graph of a trace: nodes (records), edges (links with basis and sources), and ``Trace``, which holds both.

Plain data for the picture, the table, the files and the API. ``reader`` reads it from the database,
``drawing.layout`` turns it into a picture.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum

from strategy.core.models import Basis

# A link on one of these is stated by a source; on the others it is our reading, or was entered by staff.
STATED_BASES = (Basis.OFFICIAL, Basis.SUMMARY, Basis.REPORTED)


class Layer(IntEnum):
    """Columns of the picture, from what is wanted to what could stop it."""

    ENDS = 0
    LINES = 1
    ACTIVITIES = 2
    MEANS = 3
    RISKS = 4


class Link(StrEnum):
    """Kinds of edges. Every edge is read from its source up to its target."""

    COLLECTIVE = "collective"
    DIRECT = "direct"
    PLACED = "placed"
    GOAL = "goal"
    STAGE = "stage"
    LEAD = "lead"
    COORDINATING = "coordinating"
    SUPPORTING = "supporting"
    MEANS = "means"
    RISK = "risk"
    SHORTAGE = "shortage"
    MITIGATION = "mitigation"
    OWNER = "owner"


ROLES = (Link.LEAD, Link.COORDINATING, Link.SUPPORTING)
LINK_WORDS = {
    Link.COLLECTIVE: "serves, together with the other lines,",
    Link.DIRECT: "serves by itself",
    Link.PLACED: "stands under",
    Link.GOAL: "serves",
    Link.STAGE: "belongs to the stage",
    Link.LEAD: "leads",
    Link.COORDINATING: "coordinates",
    Link.SUPPORTING: "supports",
    Link.MEANS: "is used by",
    Link.RISK: "threatens",
    Link.SHORTAGE: "comes from a shortage of",
    Link.MITIGATION: "is meant to reduce",
    Link.OWNER: "owns",
}


@dataclass(frozen=True)
class Node:
    """A record in the graph.

    ``kind`` is the model's name in lower case ("lineofeffort"); ``line`` the code of the line of effort the record
    stands under, or of itself, and ``force_activity`` that line's; both empty where there is none. ``remark`` is the
    text below the title: of a line of effort, its force activity in words.
    """

    kind: str
    code: str
    title: str
    url: str
    layer: Layer
    line: str = ""
    force_activity: str = ""
    remark: str = ""
    notional: bool = False


@dataclass(frozen=True)
class CitedSource:
    """A source cited for a link, with the place in it."""

    code: str
    title: str
    url: str
    locator: str = ""
    short_name: str = ""


@dataclass(frozen=True)
class Edge:
    """One link between two records, with its basis (a value of ``Basis``), the reason for it and its sources."""

    link: Link
    source: Node
    target: Node
    basis: str
    reason: str = ""
    cited: tuple[CitedSource, ...] = ()

    @property
    def words(self) -> str:
        """The relation in words, to stand between the names of source and target."""
        return LINK_WORDS[self.link]

    @property
    def sentence(self) -> str:
        """The link as a sentence of codes: "STARCOM leads IPS-A06"."""
        return f"{self.source.code} {self.words} {self.target.code}"

    @property
    def stated(self) -> bool:
        """Whether some source says so; else it is our reading, or staff entered it."""
        return self.basis in STATED_BASES


@dataclass(frozen=True)
class Crowd:
    """Activities of one line of effort that are too many to draw: their number, and the path of their list.

    ``line`` is the code of the line of effort, empty for activities under none.
    """

    line: str
    force_activity: str
    count: int
    url: str


@dataclass
class Trace:
    """The graph, with what of it a trace reaches.

    ``nodes`` and ``edges`` are all that is drawn. ``focus`` is where the trace starts, None for the whole strategy;
    ``reached`` (nodes) and ``links`` (edges) are what it reaches: everything, if it starts nowhere.
    ``leaderless`` are the activities for which no lead is named, ``truncated_kinds`` the kinds of records of which
    there are more than are shown. ``hidden_links`` counts the edges that ``hide_supporting`` removed; ``complete``
    says that nothing else is missing.
    """

    nodes: list[Node]
    edges: list[Edge]
    focus: Node | None = None
    crowds: tuple[Crowd, ...] = ()
    truncated_kinds: frozenset[str] = frozenset()
    leaderless: frozenset[Node] = frozenset()
    complete: bool = True
    hidden_links: int = 0

    def __post_init__(self) -> None:
        self.reached: frozenset[Node] = frozenset(self.nodes)
        self.links: list[Edge] = self.edges
        if self.focus:
            self.reached, self.links = find_reached(self.edges, self.focus)

    def nodes_of(self, *kinds: str) -> list[Node]:
        """The nodes of these kinds, in their order."""
        return [node for node in self.nodes if node.kind in kinds]

    def has_link(self, *links: Link) -> bool:
        """Whether any edge is of one of these kinds."""
        return any(edge.link in links for edge in self.edges)

    def without_unreached(self) -> "Trace":
        """A copy without what the trace does not reach."""
        nodes = [node for node in self.nodes if node in self.reached]
        return replace(self, nodes=nodes, edges=self.links, leaderless=self.leaderless & self.reached)

    def hide_supporting(self, max_tasks: int) -> None:
        """Removes the edges of supporting offices where there are more than ``max_tasks`` edges of offices in roles.

        So many cannot be followed by eye. What a trace from one record reaches stays.
        """
        if sum(edge.link in ROLES for edge in self.edges) <= max_tasks:
            return
        protected = set(self.links) if self.focus else set()
        edges = [edge for edge in self.edges if edge.link is not Link.SUPPORTING or edge in protected]
        self.hidden_links = len(self.edges) - len(edges)
        self.edges = edges
        if self.focus is None:
            self.links = edges


def find_reached(edges: Iterable[Edge], focus: Node) -> tuple[frozenset[Node], list[Edge]]:
    """The nodes above ``focus`` up to the ends and below it down to the risks, itself included, and their edges.

    Not whatever hangs together with it: another office on the same activity, or the other activities of its line of
    effort, are neither above nor below. An office is traced through what it is tasked with, and a stage through what
    belongs to it. Who owns a mitigation is an end of its own: the office's tasking does not follow from it.
    """
    links = [edge for edge in edges if focus.kind != "office" or edge.link not in ROLES or edge.source == focus]
    chain = [edge for edge in links if edge.link is not Link.OWNER]
    owned = [edge for edge in links if edge.link is Link.OWNER]
    above, below = {focus}, {focus}
    if focus.kind == "office":
        below |= {edge.target for edge in chain if edge.source == focus}
    elif focus.kind == "processstage":
        above |= {edge.source for edge in chain if edge.target == focus}
    above = transitive_closure(above, ((edge.source, edge.target) for edge in chain))
    below = transitive_closure(below, ((edge.target, edge.source) for edge in chain))
    below |= {edge.source for edge in owned if edge.target in below}
    mitigations = {edge.target for edge in owned if edge.source == focus}
    risks = {edge.target for edge in chain if edge.link is Link.MITIGATION and edge.source in mitigations}
    nodes = frozenset(above | below | mitigations | risks)
    return nodes, [edge for edge in links if edge.source in nodes and edge.target in nodes]


def transitive_closure(start: Iterable[Node], steps: Iterable[tuple[Node, Node]]) -> set[Node]:
    """``start`` and every node that any number of ``steps`` (from, to) leads to."""
    next_nodes: dict[Node, list[Node]] = defaultdict(list)
    for origin, destination in steps:
        next_nodes[origin].append(destination)
    visited = set(start)
    waiting = list(visited)
    while waiting:
        for node in next_nodes[waiting.pop()]:
            if node not in visited:
                visited.add(node)
                waiting.append(node)
    return visited
