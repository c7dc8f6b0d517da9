"""The strategy as a graph from ends to risks: what serves, carries out, threatens what, and who says so.

Plain data, for the picture, the table, the files and the API alike. Reading it from the database is ``reading``'s
work, drawing it ``layout``'s.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum

from strategy.core.models import Basis

STATED = (Basis.OFFICIAL, Basis.SUMMARY, Basis.REPORTED)


class Layer(IntEnum):
    """The columns of the picture, from what is wanted to what could stop it."""

    ENDS = 0
    LINES = 1
    ACTIVITIES = 2
    MEANS = 3
    RISKS = 4


class Link(StrEnum):
    """What kind of link an edge is. Every edge is read from its source up to its target."""

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
WORDS = {
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
    """A record in the graph. ``line`` is the code of the line of effort it stands under, with its force activity.

    ``remark`` is what is said below its title: of a line of effort, its force activity in words.
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
class Cited:
    """A source that is given for a link."""

    code: str
    title: str
    url: str
    locator: str = ""


@dataclass(frozen=True)
class Edge:
    """One link, with how well it is supported, by whom, and why we read it so."""

    link: Link
    source: Node
    target: Node
    basis: str
    reason: str = ""
    cited: tuple[Cited, ...] = ()

    @property
    def words(self) -> str:
        return WORDS[self.link]

    @property
    def sentence(self) -> str:
        return f"{self.source.code} {self.words} {self.target.code}"

    @property
    def stated(self) -> bool:
        """Some source says so; else it is our reading, or staff entered it."""
        return self.basis in STATED


@dataclass(frozen=True)
class Crowd:
    """Activities of one line of effort, or of none, that are too many to draw: their number and where they are."""

    line: str
    force_activity: str
    count: int
    url: str


@dataclass
class Trace:
    """The graph, or the part of it that was asked for.

    ``focus`` is where the trace starts; ``lit`` and ``links`` are what it reaches: everything, if it starts nowhere.
    ``leaderless`` are the activities for which no lead is named, ``cut`` the kinds of records of which there are more
    than are shown; ``thinned`` is how many links were taken out by ``thin``, and ``whole`` says that nothing else is
    missing.
    """

    nodes: list[Node]
    edges: list[Edge]
    focus: Node | None = None
    crowds: tuple[Crowd, ...] = ()
    cut: frozenset[str] = frozenset()
    leaderless: frozenset[Node] = frozenset()
    whole: bool = True
    thinned: int = 0

    def __post_init__(self) -> None:
        self.lit: frozenset[Node] = frozenset(self.nodes)
        self.links: list[Edge] = self.edges
        if self.focus:
            self.lit, self.links = reached(self.edges, self.focus)

    def of(self, *kinds: str) -> list[Node]:
        return [node for node in self.nodes if node.kind in kinds]

    def has(self, *links: Link) -> bool:
        return any(edge.link in links for edge in self.edges)

    def pruned(self) -> "Trace":
        """Without what the trace does not reach."""
        nodes = [node for node in self.nodes if node in self.lit]
        return replace(self, nodes=nodes, edges=self.links, leaderless=self.leaderless & self.lit)

    def thin(self, most: int) -> None:
        """Where the tasking is too dense to be followed by the eye: without supporting offices, but those asked for."""
        if sum(edge.link in ROLES for edge in self.edges) > most:
            asked = set(self.links) if self.focus else set()
            kept = [edge for edge in self.edges if edge.link is not Link.SUPPORTING or edge in asked]
            self.thinned = len(self.edges) - len(kept)
            self.edges = kept
            self.links = self.links if self.focus else kept


def reached(edges: Iterable[Edge], focus: Node) -> tuple[frozenset[Node], list[Edge]]:
    """The node, everything above it up to the ends, everything below it down to the risks, and their links.

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
    above = closure(above, ((edge.source, edge.target) for edge in chain))
    below = closure(below, ((edge.target, edge.source) for edge in chain))
    below |= {edge.source for edge in owned if edge.target in below}
    mine = {edge.target for edge in owned if edge.source == focus}
    mine |= {edge.target for edge in chain if edge.link is Link.MITIGATION and edge.source in mine}
    lit = frozenset(above | below | mine)
    return lit, [edge for edge in links if edge.source in lit and edge.target in lit]


def closure(start: Iterable[Node], steps: Iterable[tuple[Node, Node]]) -> set[Node]:
    """Everything that is reached from ``start`` by any number of steps."""
    after: dict[Node, list[Node]] = defaultdict(list)
    for here, there in steps:
        after[here].append(there)
    found = set(start)
    waiting = list(found)
    while waiting:
        for node in after[waiting.pop()]:
            if node not in found:
                found.add(node)
                waiting.append(node)
    return found
