"""Places a trace in five columns from ends to risks. Pure and fixed: the same trace is the same picture, to the byte.

Columns that stand side by side are joined by curves. A link past a column would cross other boxes, so it is written
as a code inside the box it belongs to. Nothing is cut off or shrunk: a box grows with its words, the picture with its
boxes.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from .figures import MARKED, SMALL, Band, Box, Column, CrowdBox, Curve, Picture, Words
from .lettering import width
from .trace import ROLES, Edge, Layer, Link, Node, Trace

WIDTH = 1150
TOP, GAP, GROUP_GAP, FOOT = 84, 8, 14, 20
BAND = 7
# A port is where curves leave a box; each has its word beside it.
PORT = 15
HEADS = {
    Layer.ENDS: (14, 160, "Ends", "enduring goals"),
    Layer.LINES: (216, 124, "Ways", "lines of effort"),
    Layer.ACTIVITIES: (376, 254, "Ways", "activities"),
    Layer.MEANS: (740, 174, "Means", "offices and means"),
    Layer.RISKS: (956, 162, "Risks", "what could stop it"),
}
PORTS = (*ROLES, Link.MEANS)
PORT_WORDS = {
    Link.LEAD: "lead",
    Link.COORDINATING: "coordinating",
    Link.SUPPORTING: "supporting",
    Link.MEANS: "uses",
}
NO_LEAD = "No lead named"
WIDTHS = {Link.LEAD: 2.4, Link.COORDINATING: 2, Link.SUPPORTING: 1.3, Link.MEANS: 1.3}
RISKY = (Link.SHORTAGE, Link.MITIGATION)


def layout(trace: Trace) -> Picture:
    """The picture of a trace."""
    return _Layout(trace).picture()


class _Layout:
    def __init__(self, trace: Trace):
        self.trace = trace
        self.links = set(trace.links)
        self.columns = {layer: Column(*head) for layer, head in HEADS.items()}
        self.boxes: dict[Node, Box] = {}
        self.bands: list[Band] = []
        self.words: list[Words] = []
        self.curves: list[Curve] = []
        self.marks: dict[Node, list[tuple[Edge, Node, bool]]] = defaultdict(list)
        self.ports: dict[Node, list[Link]] = defaultdict(list)
        self.neighbours: dict[Node, list[Node]] = defaultdict(list)
        for edge in trace.edges:
            if edge.link in MARKED:
                self.marks[edge.source].append((edge, edge.target, edge in self.links))
            if edge.link in PORTS:
                self.ports[edge.target].append(edge.link)
            self.neighbours[edge.source].append(edge.target)
            self.neighbours[edge.target].append(edge.source)

    def picture(self) -> Picture:
        self._activities()
        self._lines()
        self._goals()
        self._offices_and_means()
        self._risks()
        self._curves()
        bottoms = [box.y + box.h for box in self.boxes.values()] + [band.y + band.h for band in self.bands]
        height = max(bottoms, default=TOP) + FOOT
        for column in self.columns.values():
            self.words.append(Words(column.x, 34, column.title, "head"))
            self.words.append(Words(column.x, 53, column.subtitle))
        # What is lit is drawn over what is not.
        curves = sorted(self.curves, key=lambda curve: curve.lit)
        return Picture(WIDTH, height, list(self.columns.values()), self.bands, self.words, curves)

    # ---- Boxes -----------------------------------------------------------------------------------------------------

    def _box(self, node: Node, y: int = 0) -> Box:
        column = self.columns[node.layer]
        marks = self.marks[node]
        ports = len(self._ports(node))
        before = MARKED[marks[0][0].link] if marks else ""
        lit, focus = node in self.trace.lit, node == self.trace.focus
        box = Box(node, column.x, column.w, lit, focus, before, marks, ports * PORT + 6 if ports else 0, y)
        self.boxes[node] = box
        column.boxes.append(box)
        return box

    def _ports(self, node: Node) -> list[Link | None]:
        """The kinds of curves that leave an activity to the right; None where a lead should, and no source names one."""
        kinds = set(self.ports[node])
        gap: list[Link | None] = [None] if node in self.trace.leaderless else []
        return [*gap, *(link for link in PORTS if link in kinds)]

    def _stack(self, nodes: Iterable[Node], y: int) -> int:
        """Boxes one below the other; where the next one would begin."""
        for node in nodes:
            y += self._box(node, y).h + GAP
        return y

    def _sink(self, nodes: Sequence[Node], top: int, bottom: int) -> int:
        """Boxes beside what they are tied to, as near as their neighbours let them; where the next one would begin."""
        wish = {node: self._beside(node) for node in nodes}
        order = sorted(nodes, key=lambda node: (wish[node] is None, wish[node] or 0, nodes.index(node)))
        boxes = [self._box(node) for node in order]
        y = top
        for box in boxes:
            beside = wish[box.node]
            box.y = max(y, y if beside is None else beside - box.h // 2)
            y = box.y + box.h + GAP
        for box in reversed(boxes):
            box.y = max(min(box.y, bottom - box.h), top)
            bottom = box.y - GAP
        y = top
        for box in boxes:
            box.y = max(box.y, y)
            y = box.y + box.h + GAP
        return y

    def _beside(self, node: Node) -> int | None:
        placed = [self.boxes[other].middle for other in self.neighbours[node] if other in self.boxes]
        return sum(placed) // len(placed) if placed else None

    def _group(self, layer: Layer, y: int, text: str) -> int:
        self.words.append(Words(self.columns[layer].x, y + 12, text, "group"))
        return y + 24

    # ---- Columns ---------------------------------------------------------------------------------------------------

    def _activities(self) -> None:
        column = self.columns[Layer.ACTIVITIES]
        under: dict[str, list[Node]] = defaultdict(list)
        for node in self.trace.of("activity"):
            under[node.line].append(node)
        crowds = {crowd.line: crowd for crowd in self.trace.crowds}
        y = TOP
        for line in [*self.trace.of("lineofeffort"), None]:
            code = line.code if line else ""
            if line is None and not under[code] and code not in crowds:
                continue
            start = y
            y += BAND
            if line is None:
                y = self._group(Layer.ACTIVITIES, y, "Under no line of effort") - 2
            if crowd := crowds.get(code):
                hue = self._line_box(line).hue if line else "none"
                column.crowds.append(CrowdBox(crowd, column.x, y, column.w, 46, hue))
                y += 46 + GAP
            y = self._stack(under[code], y)
            if line:
                box = self._line_box(line)
                if not under[code] and not crowd:
                    self.words.append(Words(column.x + 4, y + box.h // 2 + 4, "No activity stands under it"))
                y = max(y, start + BAND + box.h + GAP)
                box.y = (start + y - GAP + BAND - box.h) // 2
            end = y - GAP + BAND
            self.bands.append(
                Band(
                    column.x - BAND,
                    start,
                    column.w + 2 * BAND,
                    end - start,
                    self._line_box(line).hue if line else "none",
                )
            )
            y = end + GROUP_GAP

    def _line_box(self, line: Node) -> Box:
        return self.boxes.get(line) or self._box(line)

    def _lines(self) -> None:
        """What the trace starts from stands below the lines, if it is no line but stands under one."""
        focus = self.trace.focus
        if focus and focus.layer is Layer.LINES and focus.kind != "lineofeffort":
            lines = self.columns[Layer.LINES].boxes
            y = max((box.y + box.h for box in lines), default=TOP) + 2 * GROUP_GAP
            self._stack([focus], self._group(Layer.LINES, y, "Starting from"))

    def _goals(self) -> None:
        goals = self.trace.of("goal")
        lines = [self.boxes[line] for line in self.trace.of("lineofeffort")]
        top, bottom = TOP, max((box.y + box.h for box in lines), default=TOP)
        room = max(bottom - top, 0) // max(len(goals), 1)
        y = top
        for number, node in enumerate(goals):
            box = self._box(node)
            box.y = max(y, top + room * number + (room - box.h) // 2)
            y = box.y + box.h + GAP

    def _offices_and_means(self) -> None:
        offices, means = self.trace.of("office"), self.trace.of("means")
        bottom = max((band.y + band.h for band in self.bands), default=TOP)
        y = TOP
        if offices:
            y = self._sink(offices, self._group(Layer.MEANS, y, "Offices"), bottom) + GROUP_GAP
        if means:
            y = self._group(Layer.MEANS, y, "Means")
            self._sink(means, y, max(bottom, y))

    def _risks(self) -> None:
        risks, mitigations = self.trace.of("risk"), self.trace.of("mitigation")
        bottom = max((box.y + box.h for box in self.boxes.values()), default=TOP)
        y = TOP
        if risks:
            y = self._sink(risks, y, bottom) + GROUP_GAP
        if mitigations:
            self._stack(mitigations, self._group(Layer.RISKS, y, "Mitigations"))

    # ---- Curves ----------------------------------------------------------------------------------------------------

    def _curves(self) -> None:
        drawn = [edge for edge in self.trace.edges if edge.link not in MARKED]
        left, right = self._left_ports(drawn), self._right_ports(drawn)
        self._port_words()
        for number, edge in enumerate(drawn):
            source, target = self.boxes[edge.source], self.boxes[edge.target]
            if source.x == target.x:
                path = _loop(source, target, number)
            else:
                path = _bow(right[edge], left[edge])
            hue = "risk" if edge.link in RISKY else "none" if edge.link is Link.OWNER else self._hue(edge)
            self.curves.append(Curve(edge, path, hue, WIDTHS.get(edge.link, 1.8), edge in self.links))

    def _hue(self, edge: Edge) -> str:
        """That of the line of effort at either end."""
        boxes = (self.boxes[edge.source], self.boxes[edge.target])
        return next((box.hue for box in boxes if box.node.line), "none")

    def _left_ports(self, edges: Iterable[Edge]) -> dict[Edge, tuple[int, int]]:
        """Where curves arrive at the left of a box: in the order of where they come from."""
        arriving: dict[Node, list[Edge]] = defaultdict(list)
        for edge in edges:
            arriving[self._ends(edge)[1]].append(edge)
        places = {}
        for node, group in arriving.items():
            box = self.boxes[node]
            group.sort(key=lambda edge: self.boxes[self._ends(edge)[0]].middle)
            for number, edge in enumerate(group, 1):
                places[edge] = (box.x, box.y + box.h * number // (len(group) + 1))
        return places

    def _right_ports(self, edges: Iterable[Edge]) -> dict[Edge, tuple[int, int]]:
        """Where curves leave a box to the right: of an activity beside their word, else in order."""
        leaving: dict[Node, list[Edge]] = defaultdict(list)
        places = {}
        for edge in edges:
            box = self.boxes[self._ends(edge)[0]]
            if edge.link in PORTS:
                word = round(width(f"{PORT_WORDS[edge.link]} ", SMALL))
                places[edge] = (box.right + 6 + word, self._port_y(box, edge.link))
            else:
                leaving[box.node].append(edge)
        for node, group in leaving.items():
            box = self.boxes[node]
            group.sort(key=lambda edge: self.boxes[self._ends(edge)[1]].middle)
            for number, edge in enumerate(group, 1):
                # All that stands under a line leaves it at one point: a fan, not a comb.
                share = box.h // 2 if edge.link is Link.PLACED else box.h * number // (len(group) + 1)
                places[edge] = (box.right, box.y + share)
        return places

    def _ends(self, edge: Edge) -> tuple[Node, Node]:
        """The edge's nodes from left to right."""
        ends = edge.source, edge.target
        return ends if self.boxes[ends[0]].x <= self.boxes[ends[1]].x else (ends[1], ends[0])

    def _port_y(self, box: Box, link: Link | None) -> int:
        ports = self._ports(box.node)
        return box.middle + ports.index(link) * PORT - (len(ports) - 1) * PORT // 2

    def _port_words(self) -> None:
        lit = {(edge.target, edge.link) for edge in self.links}
        for node in self.trace.of("activity"):
            box = self.boxes[node]
            for link in self._ports(node):
                place = box.right + 6, self._port_y(box, link) + 4
                if link is None:
                    self.words.append(Words(*place, NO_LEAD, "gap", node in self.trace.lit))
                else:
                    words = PORT_WORDS[link]
                    self.words.append(Words(*place, words, "label", (node, link) in lit, box.hue))


def _bow(start: tuple[int, int], end: tuple[int, int]) -> str:
    (x1, y1), (x2, y2) = start, end
    middle = (x1 + x2) // 2
    return f"M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}"


def _loop(source: Box, target: Box, number: int) -> str:
    """Between boxes of one column: around its outer side."""
    reach = 16 + 6 * (number % 4)
    left = source.node.layer is Layer.LINES
    x, out = (source.x, -reach) if left else (source.right, reach)
    return f"M{x} {source.middle}C{x + out} {source.middle} {x + out} {target.middle} {x} {target.middle}"
