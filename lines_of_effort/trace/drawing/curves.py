"""The way of each curve between two boxes. Pure: where the boxes stand decides everything."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from ..graph import ROLES, Edge, Layer, Link, Node, Trace
from .shapes import SMALL, Box, Curve, Words
from .text_metrics import width

# A port is where the curves of one role leave an activity; its word stands beside it.
PORT = 15
PORT_WORDS = {Link.LEAD: "lead", Link.COORDINATING: "coordinating", Link.SUPPORTING: "supporting"}
NO_LEAD = "No lead named"
# Room for the longest word, so that no curve crosses one.
WORD_ROOM = 92
WIDTHS = {Link.LEAD: 2.4, Link.SUPPORTING: 1.3}
RISKY = (Link.SHORTAGE, Link.MITIGATION)

Point = tuple[int, int]


def ports(trace: Trace) -> dict[Node, list[Link | None]]:
    """The roles that leave each activity to the right; None where a lead should, and no source names one."""
    roles: dict[Node, set[Link]] = defaultdict(set)
    for edge in trace.edges:
        if edge.link in ROLES:
            roles[edge.target].add(edge.link)
    found: dict[Node, list[Link | None]] = {}
    for node in trace.of("activity"):
        gap: list[Link | None] = [None] if node in trace.leaderless else []
        found[node] = [*gap, *(role for role in ROLES if role in roles[node])]
    return found


class Routes:
    """Curves and words between the boxes of a trace."""

    def __init__(self, trace: Trace, boxes: Mapping[Node, Box], edges: Sequence[Edge]):
        self.trace, self.boxes, self.edges = trace, boxes, edges
        self.ports = ports(trace)
        self.links = set(trace.links)

    def curves(self) -> list[Curve]:
        arriving, leaving = self._arriving(), self._leaving()
        curves = []
        for number, edge in enumerate(self.edges):
            ends = self.boxes[edge.source], self.boxes[edge.target]
            path = _loop(*ends, number) if ends[0].x == ends[1].x else _bow(leaving[edge], arriving[edge])
            curves.append(Curve(edge, path, self._hue(edge), WIDTHS.get(edge.link, 1.8), edge in self.links))
        # What is lit is drawn over what is not, and a lead over the rest.
        return sorted(curves, key=lambda curve: (curve.lit, curve.width))

    def words(self) -> list[Words]:
        """The role beside each port, or that no lead is named."""
        lit = {(edge.target, edge.link) for edge in self.links}
        found = []
        for node, roles in self.ports.items():
            box = self.boxes[node]
            for role in roles:
                place = box.right + 8, self._port(box, role) + 4
                if role is None:
                    found.append(Words(*place, NO_LEAD, "gap", node in self.trace.lit))
                else:
                    found.append(Words(*place, PORT_WORDS[role], "label", (node, role) in lit, box.hue))
        return found

    def _hue(self, edge: Edge) -> str:
        """A risk's own, or that of the line of effort at either end."""
        if edge.link in RISKY:
            return "risk"
        boxes = self.boxes[edge.source], self.boxes[edge.target]
        return next((box.hue for box in boxes if box.node.line), "none")

    def _ends(self, edge: Edge) -> tuple[Node, Node]:
        """The edge's nodes from left to right."""
        ends = edge.source, edge.target
        return ends if self.boxes[ends[0]].x <= self.boxes[ends[1]].x else (ends[1], ends[0])

    def _arriving(self) -> dict[Edge, list[Point]]:
        """Where curves come to the left of a box: in the order of where they come from."""
        return {
            edge: [(box.x, box.y + box.h * number // (total + 1))]
            for box, number, total, edge in self._spread(self.edges, end=1)
        }

    def _leaving(self) -> dict[Edge, list[Point]]:
        """Where curves leave a box to the right: an activity past the word of their role, else in order."""
        places: dict[Edge, list[Point]] = {}
        for edge in self.edges:
            if edge.link in ROLES:
                box = self.boxes[edge.target]
                y = self._port(box, edge.link)
                word = round(width(PORT_WORDS[edge.link], SMALL)) + 14
                places[edge] = [(box.right + word, y), (box.right + WORD_ROOM, y)]
        others = [edge for edge in self.edges if edge not in places]
        for box, number, total, edge in self._spread(others, end=0):
            # All that stands under a line leaves it at one point: a fan, not a comb.
            share = box.h // 2 if edge.link in (Link.PLACED, Link.STAGE) else box.h * number // (total + 1)
            places[edge] = [(box.right, box.y + share)]
        return places

    def _spread(self, edges: Iterable[Edge], end: int) -> Iterable[tuple[Box, int, int, Edge]]:
        """The edges at each box, numbered from above in the order of the boxes at their other ends."""
        at: dict[Node, list[Edge]] = defaultdict(list)
        for edge in edges:
            at[self._ends(edge)[end]].append(edge)
        for node, group in at.items():
            group.sort(key=lambda edge: self.boxes[self._ends(edge)[1 - end]].middle)
            for number, edge in enumerate(group, 1):
                yield self.boxes[node], number, len(group), edge

    def _port(self, box: Box, role: Link | None) -> int:
        roles = self.ports[box.node]
        return box.middle + roles.index(role) * PORT - (len(roles) - 1) * PORT // 2


def _bow(start: Sequence[Point], end: Sequence[Point]) -> str:
    """Level to the last of the first points, then in one bow."""
    (x0, y0), (x1, y1), (x2, y2) = start[0], start[-1], end[0]
    middle = (x1 + x2) // 2
    level = f"H{x1}" if len(start) > 1 else ""
    return f"M{x0} {y0}{level}C{middle} {y1} {middle} {y2} {x2} {y2}"


def _loop(source: Box, target: Box, number: int) -> str:
    """Between boxes of one column: around its outer side."""
    reach = 16 + 6 * (number % 4)
    x, out = (source.x, -reach) if source.node.layer is Layer.LINES else (source.right, reach)
    return f"M{x} {source.middle}C{x + out} {source.middle} {x + out} {target.middle} {x} {target.middle}"
