"""Shapes of the picture of a trace: boxes, bands, curves and lines of text, each with its place in pixels.

Plain data that the template draws: no HTML, no SVG, no database.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from ...hues import hue
from ..graph import Crowd, Edge, Layer, Node
from .text_metrics import text_width, wrap_text

# Font sizes.
CODE_SIZE, TITLE_SIZE, SMALL_SIZE = 12.5, 13.5, 12
# Of a box: height of a line, space inside its edges, width of its coloured bar, space between marks.
ROW_HEIGHT, PADDING, BAR_WIDTH, MARK_GAP = 16, 8, 5, 7


@dataclass(frozen=True)
class Ink:
    """Light colours of one hue, for the picture outside the site; on the site the stylesheet overrides them."""

    solid: str
    ink: str
    tint: str
    edge: str


INKS = {
    "ends": Ink("#162e51", "#162e51", "#eff6fb", "#4a8fca"),
    "create": Ink("#3d2c9d", "#3d2c9d", "#f5f2ff", "#967efb"),
    "integrate": Ink("#00687d", "#00687d", "#e7f6f8", "#449dac"),
    "operate": Ink("#7a591a", "#7a591a", "#fef7e4", "#c2850c"),
    "none": Ink("#565c65", "#565c65", "#f3f4f6", "#8d9297"),
    "risk": Ink("#8b1d36", "#8b1d36", "#fff2f5", "#c93556"),
}


def node_hue(node: Node) -> str:
    """Key in INKS of a node's colour: its line of effort's, or its layer's."""
    if node.layer is Layer.ENDS:
        return "ends"
    return "risk" if node.layer is Layer.RISKS else hue(node)


@dataclass(frozen=True)
class TextLine:
    """One line of text. ``x`` and ``y`` are the start of its baseline.

    ``style`` is one of ``head``, ``group``, ``small``, ``label`` and ``gap``; ``lit`` is False where it is drawn pale.
    """

    x: int
    y: int
    text: str
    style: str = "small"
    lit: bool = True
    hue: str = "none"

    @property
    def room(self) -> int:
        """Its width as a title, to which a file of its own squeezes the letters of any font."""
        return round(text_width(self.text, TITLE_SIZE))


@dataclass(frozen=True)
class LinkMark:
    """A link written into a box: the code of the record at its other end, underlined.

    For links past a column or to a means, where a curve would cross other boxes. ``room`` is the width of the code.
    """

    edge: Edge
    x: int
    y: int
    room: int
    text: str
    lit: bool


@dataclass(frozen=True)
class Curve:
    """A link between neighbouring columns. ``path`` is the ``d`` of an SVG path, ``width`` that of the stroke."""

    edge: Edge
    path: str
    hue: str
    width: float
    lit: bool

    @property
    def ink(self) -> Ink:
        return INKS[self.hue]


@dataclass(frozen=True)
class MarkRow:
    """Marks in one line after the same words: "for IPS-G2 IPS-G3"."""

    caption: TextLine
    marks: list[LinkMark]


# A link in a box: the edge, the record at its other end, and whether it is lit.
WrittenLink = tuple[Edge, Node, bool]


@dataclass
class Box:
    """A node with its texts. Its height ``h`` follows from them at once; the layout sets ``y`` later.

    ``written_links`` are the links written into it, by the words before them. ``min_height`` makes room for what
    stands beside it.
    """

    node: Node
    x: int
    w: int
    lit: bool
    focus: bool
    written_links: Mapping[str, Sequence[WrittenLink]] = field(default_factory=dict)
    min_height: int = 0
    y: int = 0

    # Width that is not left for text.
    margins: ClassVar[int] = PADDING + BAR_WIDTH + PADDING

    def __post_init__(self) -> None:
        self.hue = node_hue(self.node)
        self.ink = INKS[self.hue]
        inside = self.w - self.margins
        self.title = wrap_text(self.node.title, inside, TITLE_SIZE)
        self.remark = wrap_text(self.node.remark, inside, SMALL_SIZE)
        self._caption_beside_code = self._fits_beside_code(inside)
        rows = 1 + len(self.title) + len(self.remark)
        self.h = PADDING + ROW_HEIGHT * rows + 6
        self.h += ROW_HEIGHT * len({row.caption.y for row in self.rows} - {self.code_y})
        self.h = max(self.h, self.min_height)

    def _fits_beside_code(self, inside: int) -> str:
        """The first words before written links, if they fit with their marks into the line of the code; else ""."""
        caption, links = next(iter(self.written_links.items()), ("", ()))
        used = sum(_mark_width(other) for _, other, _ in links) + text_width(f"{caption} ", SMALL_SIZE)
        used += text_width(f"{self.node.code}  ", CODE_SIZE, mono=True)
        return caption if used <= inside else ""

    @property
    def left(self) -> int:
        """Where its text begins."""
        return self.x + PADDING + BAR_WIDTH

    @property
    def right(self) -> int:
        return self.x + self.w

    @property
    def middle(self) -> int:
        """The ``y`` of its middle."""
        return self.y + self.h // 2

    @property
    def code_y(self) -> int:
        """Baseline of the code."""
        return self.y + PADDING + 12

    @property
    def title_lines(self) -> list[TextLine]:
        return [TextLine(self.left, self.code_y + ROW_HEIGHT * n, line) for n, line in enumerate(self.title, 1)]

    @property
    def remark_lines(self) -> list[TextLine]:
        first = len(self.title) + 1
        return [TextLine(self.left, self.code_y + ROW_HEIGHT * n, line) for n, line in enumerate(self.remark, first)]

    @property
    def rows(self) -> list[MarkRow]:
        """The links written into the box, with their places. A row that is full goes on in the next."""
        rows: list[MarkRow] = []
        y = self.code_y + ROW_HEIGHT * (len(self.title) + len(self.remark))
        for caption, links in self.written_links.items():
            caption_width = round(text_width(f"{caption} ", SMALL_SIZE))
            if caption == self._caption_beside_code:
                marks_width = sum(_mark_width(other) for _, other, _ in links)
                start = self.right - PADDING - caption_width - marks_width + MARK_GAP
                row_y = self.code_y
            else:
                y += ROW_HEIGHT
                start, row_y = self.left, y
            row = MarkRow(TextLine(start, row_y, caption, lit=any(lit for _, _, lit in links)), [])
            rows.append(row)
            x = start + caption_width
            for edge, other, lit in links:
                room = _mark_width(other) - MARK_GAP
                if x + room > self.right - PADDING and row.marks:
                    y += ROW_HEIGHT
                    x, row_y = self.left, y
                    row = MarkRow(TextLine(x, row_y, "", lit=lit), [])
                    rows.append(row)
                row.marks.append(LinkMark(edge, x, row_y, room, other.code, lit))
                x += room + MARK_GAP
        return rows

    @property
    def marks(self) -> list[LinkMark]:
        return [mark for row in self.rows for mark in row.marks]


def _mark_width(node: Node) -> int:
    """Width of a node's code in a row of marks, with the space after it."""
    return round(text_width(node.code, SMALL_SIZE, mono=True)) + MARK_GAP


@dataclass(frozen=True)
class Band:
    """Background rectangle of the activities of one line of effort."""

    x: int
    y: int
    w: int
    h: int
    hue: str
    lit: bool

    @property
    def ink(self) -> Ink:
        return INKS[self.hue]


@dataclass(frozen=True)
class CrowdBox:
    """Box for activities that are too many to draw, with a link to their list."""

    crowd: Crowd
    x: int
    y: int
    w: int
    h: int
    hue: str

    @property
    def ink(self) -> Ink:
        return INKS[self.hue]

    @property
    def text(self) -> str:
        """The number of activities: "1,200 activities"."""
        return f"{self.crowd.count:,} {'activity' if self.crowd.count == 1 else 'activities'}"


@dataclass
class LayerColumn:
    """One layer of the graph: its heading and its boxes."""

    x: int
    w: int
    title: str
    subtitle: str
    boxes: list[Box] = field(default_factory=list)
    crowds: list[CrowdBox] = field(default_factory=list)


@dataclass
class Picture:
    """The whole drawing, ready for the template."""

    width: int
    height: int
    columns: list[LayerColumn]
    bands: list[Band]
    words: list[TextLine]
    curves: list[Curve]

    @property
    def edges(self) -> list[Edge]:
        """Every link that is drawn, as a curve or as a code in a box."""
        marks = [mark.edge for column in self.columns for box in column.boxes for mark in box.marks]
        return [curve.edge for curve in self.curves] + marks
