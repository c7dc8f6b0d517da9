"""Places a trace in five columns from ends to risks. Pure and fixed: the same trace is the same picture, to the byte.

Columns that stand side by side are joined by curves. A link past a column would cross other boxes, so it is written
as a code inside the box it belongs to. Nothing is cut off or shrunk: a box grows with its words, the picture with its
boxes.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from ..graph import Edge, Layer, Link, Node, Trace
from .curves import PORT, Routes, ports
from .shapes import Band, Box, Column, CrowdBox, Picture, Words

WIDTH = 1200
TOP, GAP, GROUP_GAP, FOOT, BAND, HEAD, CROWD = 76, 8, 14, 20, 7, 24, 46
# Where each column begins, how wide it is, and what stands above it.
COLUMNS = {
    Layer.ENDS: (12, 156, "Ends", "enduring goals"),
    Layer.LINES: (206, 132, "Ways", "lines of effort"),
    Layer.ACTIVITIES: (374, 256, "Ways", "activities"),
    Layer.MEANS: (796, 172, "Means", "offices and means"),
    Layer.RISKS: (1008, 156, "Risks", "what could stop it"),
}
# Links that are written into a box: of which end, after which words.
WRITTEN = {Link.GOAL: ("source", "for"), Link.MEANS: ("target", "uses"), Link.RISK: ("source", "threatens")}


def layout(trace: Trace) -> Picture:
    """The picture of a trace."""
    return _Layout(trace).picture()


class _Layout:
    def __init__(self, trace: Trace):
        self.trace = trace
        self.columns = {layer: Column(*column) for layer, column in COLUMNS.items()}
        self.boxes: dict[Node, Box] = {}
        self.bands: list[Band] = []
        self.words: list[Words] = []
        self.ports = ports(trace)
        self.ties: dict[Node, dict[str, list[tuple[Edge, Node, bool]]]] = defaultdict(lambda: defaultdict(list))
        self.neighbours: dict[Node, list[Node]] = defaultdict(list)
        self.led: dict[Node, list[Node]] = defaultdict(list)
        links = set(trace.links)
        for edge in trace.edges:
            if edge.link in WRITTEN:
                end, words = WRITTEN[edge.link]
                ends = (edge.source, edge.target) if end == "source" else (edge.target, edge.source)
                self.ties[ends[0]][words].append((edge, ends[1], edge in links))
            self.neighbours[edge.source].append(edge.target)
            self.neighbours[edge.target].append(edge.source)
            if edge.link is Link.LEAD:
                self.led[edge.source].append(edge.target)

    def picture(self) -> Picture:
        self._activities()
        self._starting_point()
        self._goals()
        self._offices_and_means()
        self._risks()
        for column in self.columns.values():
            self.words.append(Words(column.x, 34, column.title, "head"))
            self.words.append(Words(column.x, 53, column.subtitle))
        drawn = [edge for edge in self.trace.edges if edge.link not in WRITTEN]
        routes = Routes(self.trace, self.boxes, drawn)
        return Picture(
            width=WIDTH,
            height=self._bottom() + FOOT,
            columns=list(self.columns.values()),
            bands=self.bands,
            words=self.words + routes.words(),
            curves=routes.curves(),
        )

    # ---- Boxes -----------------------------------------------------------------------------------------------------

    def _box(self, node: Node, y: int = 0) -> Box:
        column = self.columns[node.layer]
        least = len(self.ports.get(node, ())) * PORT + 6
        lit, focus = node in self.trace.lit, node == self.trace.focus
        box = Box(node, column.x, column.w, lit, focus, self.ties[node], least, y)
        self.boxes[node] = box
        column.boxes.append(box)
        return box

    def _bottom(self) -> int:
        below = [box.y + box.h for box in self.boxes.values()] + [band.y + band.h for band in self.bands]
        return max(below, default=TOP)

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
            box.y = y if beside is None else max(y, beside - box.h // 2)
            y = box.y + box.h + GAP
        for box in reversed(boxes):
            box.y = min(box.y, bottom - box.h)
            bottom = box.y - GAP
        y = top
        for box in boxes:
            box.y = max(box.y, y)
            y = box.y + box.h + GAP
        return y

    def _beside(self, node: Node) -> int | None:
        """The middle of what a node is tied to: of an office that leads, of what it leads."""
        others = self.led[node] or self.neighbours[node]
        placed = [self.boxes[other].middle for other in others if other in self.boxes]
        return sum(placed) // len(placed) if placed else None

    def _group(self, layer: Layer, y: int, text: str) -> int:
        self.words.append(Words(self.columns[layer].x, y + 13, text, "group"))
        return y + HEAD

    def _needed(self, nodes: Iterable[Node]) -> int:
        """The height of a group that comes below another."""
        sizes = [Box(node, 0, COLUMNS[node.layer][1], True, False, self.ties[node]).h + GAP for node in nodes]
        return sum(sizes) + HEAD + GROUP_GAP if sizes else 0

    # ---- Columns ---------------------------------------------------------------------------------------------------

    def _activities(self) -> None:
        """One group for each line of effort, the line beside its middle; what stands under none comes last."""
        under: dict[str, list[Node]] = defaultdict(list)
        for node in self.trace.of("activity"):
            under[node.line].append(node)
        y = TOP
        for line in self.trace.of("lineofeffort"):
            box = self._box(line)
            start = y
            y = self._group_of(under[line.code], line.code, start + BAND, box.hue)
            if y == start + BAND:
                x = self.columns[Layer.ACTIVITIES].x
                self.words.append(Words(x + BAND, start + box.h // 2 + BAND + 4, "No activity here stands under it"))
            y = max(y, start + BAND + box.h + GAP)
            box.y = start + BAND + (y - GAP - start - BAND - box.h) // 2
            y = self._band(start, y, box.hue, under[line.code])
        shown = {line.code for line in self.trace.of("lineofeffort")}
        elsewhere = [node for line, nodes in under.items() if line and line not in shown for node in nodes]
        for title, nodes, crowded in (
            ("Under a line that is not here", elsewhere, False),
            ("Under no line of effort", under[""], any(not crowd.line for crowd in self.trace.crowds)),
        ):
            if nodes or crowded:
                start = y
                y = self._group(Layer.ACTIVITIES, start + BAND, title)
                y = self._band(start, self._group_of(nodes, "" if crowded else None, y, "none"), "none", nodes)

    def _group_of(self, nodes: Sequence[Node], line: str | None, y: int, hue: str) -> int:
        column = self.columns[Layer.ACTIVITIES]
        for crowd in self.trace.crowds:
            if crowd.line == line:
                column.crowds.append(CrowdBox(crowd, column.x, y, column.w, CROWD, hue))
                y += CROWD + GAP
        return self._stack(nodes, y)

    def _band(self, start: int, y: int, hue: str, nodes: Sequence[Node]) -> int:
        """The ground of a group that ends before ``y``; where the next group begins."""
        column, end = self.columns[Layer.ACTIVITIES], y - GAP + BAND
        lit = not self.trace.focus or any(node in self.trace.lit for node in nodes)
        self.bands.append(Band(column.x - BAND, start, column.w + 2 * BAND, end - start, hue, lit))
        return end + GROUP_GAP

    def _starting_point(self) -> None:
        """What the trace starts from stands below the lines, if it is no line but stands under one."""
        focus = self.trace.focus
        if focus and focus.layer is Layer.LINES and focus.kind != "lineofeffort":
            below = [box.y + box.h for box in self.columns[Layer.LINES].boxes]
            self._stack([focus], self._group(Layer.LINES, max(below, default=TOP) + 2 * GROUP_GAP, "Starting from"))

    def _goals(self) -> None:
        """Spread over the height of the lines of effort."""
        goals = self.trace.of("goal")
        below = [self.boxes[line].y + self.boxes[line].h for line in self.trace.of("lineofeffort")]
        room = (max(below, default=TOP) - TOP) // max(len(goals), 1)
        y = TOP
        for number, node in enumerate(goals):
            box = self._box(node)
            box.y = max(y, TOP + room * number + (room - box.h) // 2)
            y = box.y + box.h + GAP

    def _offices_and_means(self) -> None:
        offices, means = self.trace.of("office"), self.trace.of("means")
        y, bottom = TOP, self._bottom()
        if offices:
            top = self._group(Layer.MEANS, y, "Offices")
            y = self._sink(offices, top, bottom - self._needed(means)) + GROUP_GAP
        if means:
            self._sink(means, self._group(Layer.MEANS, y, "Means"), bottom)

    def _risks(self) -> None:
        risks, mitigations = self.trace.of("risk"), self.trace.of("mitigation")
        y = TOP
        if risks:
            y = self._sink(risks, y, self._bottom() - self._needed(mitigations)) + GROUP_GAP
        if mitigations:
            mitigations.sort(key=lambda node: self._beside(node) or 0)
            self._stack(mitigations, self._group(Layer.RISKS, y, "Mitigations"))
