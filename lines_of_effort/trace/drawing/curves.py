"""Curves between the boxes of a trace, and the words beside them. Pure: where the boxes stand decides everything."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from ..graph import ROLES, Edge, Layer, Link, Node, Trace
from .shapes import SMALL_SIZE, Box, Curve, TextLine
from .text_metrics import text_width

# A port is where the curves of one role leave an activity, with its word beside it: pixels between two ports.
PORT_DISTANCE = 15
PORT_WORDS = {Link.LEAD: "lead", Link.COORDINATING: "coordinating", Link.SUPPORTING: "supporting"}
NO_LEAD_WORDS = "No lead named"
# Width kept free for the longest word, so that no curve crosses one.
WORD_ROOM = 92
DEFAULT_STROKE = 1.8
STROKES = {Link.LEAD: 2.4, Link.SUPPORTING: 1.3}
RISK_LINKS = (Link.SHORTAGE, Link.MITIGATION)

Point = tuple[int, int]


def list_ports(trace: Trace) -> dict[Node, list[Link | None]]:
    """The roles whose curves leave each activity to the right, from above; None first where no lead is named."""
    roles: dict[Node, set[Link]] = defaultdict(set)
    for edge in trace.edges:
        if edge.link in ROLES:
            roles[edge.target].add(edge.link)
    ports: dict[Node, list[Link | None]] = {}
    for node in trace.nodes_of("activity"):
        gap: list[Link | None] = [None] if node in trace.leaderless else []
        ports[node] = [*gap, *(role for role in ROLES if role in roles[node])]
    return ports


class CurveRouter:
    """Computes the curves of ``edges`` between boxes that have their places, and the words at the ports."""

    def __init__(self, trace: Trace, boxes: Mapping[Node, Box], edges: Sequence[Edge]):
        self.trace, self.boxes, self.edges = trace, boxes, edges
        self.ports = list_ports(trace)
        self.links = set(trace.links)

    def curves(self) -> list[Curve]:
        """A curve for each edge, in the order they are drawn."""
        arriving, leaving = self._arriving(), self._leaving()
        curves = []
        for number, edge in enumerate(self.edges):
            ends = self.boxes[edge.source], self.boxes[edge.target]
            same_column = ends[0].x == ends[1].x
            path = _loop_path(*ends, number) if same_column else _bow_path(leaving[edge], arriving[edge])
            stroke = STROKES.get(edge.link, DEFAULT_STROKE)
            curves.append(Curve(edge, path, self._hue(edge), stroke, edge in self.links))
        # What is lit is drawn over what is not, and a lead over the rest.
        return sorted(curves, key=lambda curve: (curve.lit, curve.width))

    def words(self) -> list[TextLine]:
        """The role beside each port, or that no lead is named."""
        lit = {(edge.target, edge.link) for edge in self.links}
        lines = []
        for node, roles in self.ports.items():
            box = self.boxes[node]
            for role in roles:
                place = box.right + 8, self._port_y(box, role) + 4
                if role is None:
                    lines.append(TextLine(*place, NO_LEAD_WORDS, "gap", node in self.trace.reached))
                else:
                    lines.append(TextLine(*place, PORT_WORDS[role], "label", (node, role) in lit, box.hue))
        return lines

    def _hue(self, edge: Edge) -> str:
        """The key in INKS of its colour: of risks, or of the line of effort at either end."""
        if edge.link in RISK_LINKS:
            return "risk"
        boxes = self.boxes[edge.source], self.boxes[edge.target]
        return next((box.hue for box in boxes if box.node.line), "none")

    def _ends(self, edge: Edge) -> tuple[Node, Node]:
        """The edge's nodes from left to right."""
        ends = edge.source, edge.target
        return ends if self.boxes[ends[0]].x <= self.boxes[ends[1]].x else (ends[1], ends[0])

    def _arriving(self) -> dict[Edge, list[Point]]:
        """The point where each curve meets the left side of a box: in the order of where they come from."""
        return {
            edge: [(box.x, box.y + box.h * number // (total + 1))]
            for box, number, total, edge in self._spread(self.edges, end=1)
        }

    def _leaving(self) -> dict[Edge, list[Point]]:
        """The points by which each curve leaves a box to the right.

        Two of an edge by role, so that it passes the role's word; else one, in the order of where the curves lead.
        """
        points: dict[Edge, list[Point]] = {}
        for edge in self.edges:
            if edge.link in ROLES:
                box = self.boxes[edge.target]
                y = self._port_y(box, edge.link)
                word_width = round(text_width(PORT_WORDS[edge.link], SMALL_SIZE)) + 14
                points[edge] = [(box.right + word_width, y), (box.right + WORD_ROOM, y)]
        others = [edge for edge in self.edges if edge not in points]
        for box, number, total, edge in self._spread(others, end=0):
            # The curves to all that stands under a line leave it at one point: a fan, not a comb.
            offset = box.h // 2 if edge.link in (Link.PLACED, Link.STAGE) else box.h * number // (total + 1)
            points[edge] = [(box.right, box.y + offset)]
        return points

    def _spread(self, edges: Iterable[Edge], end: int) -> Iterable[tuple[Box, int, int, Edge]]:
        """(box, number, total, edge) for the edges at one end (0 left, 1 right) of each box.

        Numbered from 1, from above, in the order of the boxes at their other ends.
        """
        by_node: dict[Node, list[Edge]] = defaultdict(list)
        for edge in edges:
            by_node[self._ends(edge)[end]].append(edge)
        for node, group in by_node.items():
            group.sort(key=lambda edge: self.boxes[self._ends(edge)[1 - end]].middle)
            for number, edge in enumerate(group, 1):
                yield self.boxes[node], number, len(group), edge

    def _port_y(self, box: Box, role: Link | None) -> int:
        roles = self.ports[box.node]
        return box.middle + roles.index(role) * PORT_DISTANCE - (len(roles) - 1) * PORT_DISTANCE // 2


def _bow_path(start: Sequence[Point], end: Sequence[Point]) -> str:
    """An SVG path: level from the first to the last point of ``start``, then in one bow to the end."""
    (x0, y0), (x1, y1), (x2, y2) = start[0], start[-1], end[0]
    middle = (x1 + x2) // 2
    level = f"H{x1}" if len(start) > 1 else ""
    return f"M{x0} {y0}{level}C{middle} {y1} {middle} {y2} {x2} {y2}"


def _loop_path(source: Box, target: Box, number: int) -> str:
    """An SVG path between boxes of one column: around its outer side; ``number`` keeps neighbours apart."""
    depth = 16 + 6 * (number % 4)
    x, out = (source.x, -depth) if source.node.layer is Layer.LINES else (source.right, depth)
    return f"M{x} {source.middle}C{x + out} {source.middle} {x + out} {target.middle} {x} {target.middle}"
