"""Layout of a trace: five columns of boxes from ends to risks. Pure: the same trace is the same picture, to the byte.

Neighbouring columns are joined by curves. A link past a column would cross other boxes, so it is written as a code
inside the box it belongs to. Nothing is cut off or shrunk: a box grows with its words, the picture with its boxes.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from ..graph import Layer, Link, Node, Trace
from .curves import PORT_DISTANCE, CurveRouter, list_ports
from .shapes import Band, Box, CrowdBox, LayerColumn, Picture, TextLine, WrittenLink

# Pixels: of the picture, where the boxes begin, between boxes, between groups of boxes, below the last one.
WIDTH = 1200
TOP, BOX_GAP, GROUP_GAP, BOTTOM_MARGIN = 76, 8, 14, 20
# The margin of a band around its boxes, and the heights of a group's heading and of the box of a crowd.
BAND_MARGIN, HEADING_HEIGHT, CROWD_HEIGHT = 7, 24, 46
# x, width, title and subtitle of each column.
COLUMNS = {
    Layer.ENDS: (12, 156, "Ends", "enduring goals"),
    Layer.LINES: (206, 132, "Ways", "lines of effort"),
    Layer.ACTIVITIES: (374, 256, "Ways", "activities"),
    Layer.MEANS: (796, 172, "Means", "offices and means"),
    Layer.RISKS: (1008, 156, "Risks", "what could stop it"),
}
# Links that are written into the box at one end, and the words before them.
WRITTEN_LINKS = {Link.GOAL: ("source", "for"), Link.MEANS: ("target", "uses"), Link.RISK: ("source", "threatens")}


def compute_layout(trace: Trace) -> Picture:
    """The picture of a trace, ready for the template."""
    return _Layout(trace).picture()


class _Layout:
    """Places boxes column by column; each column takes its cue from those placed before it."""

    def __init__(self, trace: Trace):
        self.trace = trace
        self.columns = {layer: LayerColumn(*column) for layer, column in COLUMNS.items()}
        self.boxes: dict[Node, Box] = {}
        self.bands: list[Band] = []
        self.words: list[TextLine] = []
        self.ports = list_ports(trace)
        # By node, and by the words before the links, as ``Box`` takes them.
        self.written_links: dict[Node, dict[str, list[WrittenLink]]] = defaultdict(lambda: defaultdict(list))
        self.neighbours: dict[Node, list[Node]] = defaultdict(list)
        self.led: dict[Node, list[Node]] = defaultdict(list)
        links = set(trace.links)
        for edge in trace.edges:
            if edge.link in WRITTEN_LINKS:
                end, words = WRITTEN_LINKS[edge.link]
                ends = (edge.source, edge.target) if end == "source" else (edge.target, edge.source)
                self.written_links[ends[0]][words].append((edge, ends[1], edge in links))
            self.neighbours[edge.source].append(edge.target)
            self.neighbours[edge.target].append(edge.source)
            if edge.link is Link.LEAD:
                self.led[edge.source].append(edge.target)

    def picture(self) -> Picture:
        self._place_lines_and_activities()
        self._place_starting_record()
        self._place_goals()
        self._place_offices_and_means()
        self._place_risks()
        for column in self.columns.values():
            self.words.append(TextLine(column.x, 34, column.title, "head"))
            self.words.append(TextLine(column.x, 53, column.subtitle))
        curved = [edge for edge in self.trace.edges if edge.link not in WRITTEN_LINKS]
        router = CurveRouter(self.trace, self.boxes, curved)
        return Picture(
            width=WIDTH,
            height=self._bottom() + BOTTOM_MARGIN,
            columns=list(self.columns.values()),
            bands=self.bands,
            words=self.words + router.words(),
            curves=router.curves(),
        )

    # ---- Boxes -----------------------------------------------------------------------------------------------------

    def _add_box(self, node: Node, y: int = 0) -> Box:
        column = self.columns[node.layer]
        min_height = len(self.ports.get(node, ())) * PORT_DISTANCE + 6
        lit, focus = node in self.trace.reached, node == self.trace.focus
        box = Box(node, column.x, column.w, lit, focus, self.written_links[node], min_height, y)
        self.boxes[node] = box
        column.boxes.append(box)
        return box

    def _bottom(self) -> int:
        """Where the lowest box or band ends."""
        below = [box.y + box.h for box in self.boxes.values()] + [band.y + band.h for band in self.bands]
        return max(below, default=TOP)

    def _stack(self, nodes: Iterable[Node], y: int) -> int:
        """Adds boxes one below the other; returns where the next one would begin."""
        for node in nodes:
            y += self._add_box(node, y).h + BOX_GAP
        return y

    def _stack_beside(self, nodes: Sequence[Node], top: int, bottom: int) -> int:
        """Adds boxes beside what they are linked to, as near as their neighbours let them.

        They stay between ``top`` and ``bottom`` if there is room; returns where the next one would begin.
        """
        wished = {node: self._middle_of_linked(node) for node in nodes}
        order = sorted(nodes, key=lambda node: (wished[node] is None, wished[node] or 0, nodes.index(node)))
        boxes = [self._add_box(node) for node in order]
        y = top
        for box in boxes:
            middle = wished[box.node]
            box.y = y if middle is None else max(y, middle - box.h // 2)
            y = box.y + box.h + BOX_GAP
        for box in reversed(boxes):
            box.y = min(box.y, bottom - box.h)
            bottom = box.y - BOX_GAP
        y = top
        for box in boxes:
            box.y = max(box.y, y)
            y = box.y + box.h + BOX_GAP
        return y

    def _middle_of_linked(self, node: Node) -> int | None:
        """The mean middle of what a node is linked to, or leads if it leads anything; None if nothing is placed."""
        others = self.led[node] or self.neighbours[node]
        placed = [self.boxes[other].middle for other in others if other in self.boxes]
        return sum(placed) // len(placed) if placed else None

    def _add_heading(self, layer: Layer, y: int, text: str) -> int:
        """Adds the heading of a group of boxes; returns where the boxes begin."""
        self.words.append(TextLine(self.columns[layer].x, y + 13, text, "group"))
        return y + HEADING_HEIGHT

    def _group_height(self, nodes: Iterable[Node]) -> int:
        """The height of a group that comes below another, its heading included; 0 without nodes."""
        heights = []
        for node in nodes:
            _, width, *_ = COLUMNS[node.layer]
            box = Box(node, 0, width, lit=True, focus=False, written_links=self.written_links[node])
            heights.append(box.h + BOX_GAP)
        return sum(heights) + HEADING_HEIGHT + GROUP_GAP if heights else 0

    # ---- Columns ---------------------------------------------------------------------------------------------------

    def _place_lines_and_activities(self) -> None:
        """One group of activities for each line of effort, the line beside its middle; those under none come last."""
        under: dict[str, list[Node]] = defaultdict(list)
        for node in self.trace.nodes_of("activity"):
            under[node.line].append(node)
        y = TOP
        for line in self.trace.nodes_of("lineofeffort"):
            box = self._add_box(line)
            start = y
            y = self._stack_activities(under[line.code], line.code, start + BAND_MARGIN, box.hue)
            if y == start + BAND_MARGIN:
                x, middle = self.columns[Layer.ACTIVITIES].x + BAND_MARGIN, start + BAND_MARGIN + box.h // 2
                self.words.append(TextLine(x, middle + 4, "No activity here stands under it"))
            y = max(y, start + BAND_MARGIN + box.h + BOX_GAP)
            box.y = start + BAND_MARGIN + (y - BOX_GAP - start - BAND_MARGIN - box.h) // 2
            y = self._add_band(start, y, box.hue, under[line.code])
        shown = {line.code for line in self.trace.nodes_of("lineofeffort")}
        under_other_lines = [node for line, nodes in under.items() if line and line not in shown for node in nodes]
        for title, nodes, crowded in (
            ("Under a line that is not here", under_other_lines, False),
            ("Under no line of effort", under[""], any(not crowd.line for crowd in self.trace.crowds)),
        ):
            if nodes or crowded:
                start = y
                y = self._add_heading(Layer.ACTIVITIES, start + BAND_MARGIN, title)
                end = self._stack_activities(nodes, "" if crowded else None, y, "none")
                y = self._add_band(start, end, "none", nodes)

    def _stack_activities(self, nodes: Sequence[Node], line: str | None, y: int, hue: str) -> int:
        """Adds the crowds and boxes of one line (a code, "" for none); returns where the next box would begin."""
        column = self.columns[Layer.ACTIVITIES]
        for crowd in self.trace.crowds:
            if crowd.line == line:
                column.crowds.append(CrowdBox(crowd, column.x, y, column.w, CROWD_HEIGHT, hue))
                y += CROWD_HEIGHT + BOX_GAP
        return self._stack(nodes, y)

    def _add_band(self, start: int, y: int, hue: str, nodes: Sequence[Node]) -> int:
        """Adds the background of a group that ends before ``y``; returns where the next group begins."""
        column, end = self.columns[Layer.ACTIVITIES], y - BOX_GAP + BAND_MARGIN
        lit = not self.trace.focus or any(node in self.trace.reached for node in nodes)
        self.bands.append(Band(column.x - BAND_MARGIN, start, column.w + 2 * BAND_MARGIN, end - start, hue, lit))
        return end + GROUP_GAP

    def _place_starting_record(self) -> None:
        """Below the lines of effort, if the trace starts from a record that is no line but stands under one."""
        focus = self.trace.focus
        if focus and focus.layer is Layer.LINES and focus.kind != "lineofeffort":
            below = [box.y + box.h for box in self.columns[Layer.LINES].boxes]
            y = max(below, default=TOP) + 2 * GROUP_GAP
            self._stack([focus], self._add_heading(Layer.LINES, y, "Starting from"))

    def _place_goals(self) -> None:
        """Goals, spread over the height of the lines of effort."""
        goals = self.trace.nodes_of("goal")
        below = [self.boxes[line].y + self.boxes[line].h for line in self.trace.nodes_of("lineofeffort")]
        room = (max(below, default=TOP) - TOP) // max(len(goals), 1)
        y = TOP
        for number, node in enumerate(goals):
            box = self._add_box(node)
            box.y = max(y, TOP + room * number + (room - box.h) // 2)
            y = box.y + box.h + BOX_GAP

    def _place_offices_and_means(self) -> None:
        """Offices, and means below them, beside the activities they are linked to."""
        offices, means = self.trace.nodes_of("office"), self.trace.nodes_of("means")
        y, bottom = TOP, self._bottom()
        if offices:
            top = self._add_heading(Layer.MEANS, y, "Offices")
            y = self._stack_beside(offices, top, bottom - self._group_height(means)) + GROUP_GAP
        if means:
            self._stack_beside(means, self._add_heading(Layer.MEANS, y, "Means"), bottom)

    def _place_risks(self) -> None:
        """Risks beside what they are linked to, and mitigations below them."""
        risks, mitigations = self.trace.nodes_of("risk"), self.trace.nodes_of("mitigation")
        y = TOP
        if risks:
            y = self._stack_beside(risks, y, self._bottom() - self._group_height(mitigations)) + GROUP_GAP
        if mitigations:
            mitigations.sort(key=lambda node: self._middle_of_linked(node) or 0)
            self._stack(mitigations, self._add_heading(Layer.RISKS, y, "Mitigations"))
