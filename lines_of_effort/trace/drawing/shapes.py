"""What the picture of a trace is made of: boxes, curves and words with their places. No HTML, no SVG, no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from ...hues import hue
from ..graph import Crowd, Edge, Layer, Node
from .text_metrics import width, wrap

CODE, NAME, SMALL = 12.5, 13.5, 12
ROW, PAD, BAR, BETWEEN = 16, 8, 5, 7


@dataclass(frozen=True)
class Ink:
    """The light colours of one hue, for the picture outside the site; on the site the stylesheet's own win."""

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


def hue_of(node: Node) -> str:
    """The colour of a node: its line of effort's, or its layer's."""
    if node.layer is Layer.ENDS:
        return "ends"
    return "risk" if node.layer is Layer.RISKS else hue(node)


@dataclass(frozen=True)
class Words:
    """A line of text at a place, in one of the styles ``head``, ``group``, ``small``, ``label`` or ``gap``."""

    x: int
    y: int
    text: str
    style: str = "small"
    lit: bool = True
    hue: str = "none"

    @property
    def room(self) -> int:
        """What it takes as a title. A file of its own holds letters of any font to it."""
        return round(width(self.text, NAME))


@dataclass(frozen=True)
class Mark:
    """A link past a column, or to a means: the code of the record at its other end, in this one's box, underlined."""

    edge: Edge
    x: int
    y: int
    room: int
    text: str
    lit: bool


@dataclass(frozen=True)
class Curve:
    """A link between columns that stand side by side."""

    edge: Edge
    path: str
    hue: str
    width: float
    lit: bool

    @property
    def ink(self) -> Ink:
        return INKS[self.hue]


@dataclass(frozen=True)
class Row:
    """Marks in one line after the same words: "for IPS-G2 IPS-G3"."""

    caption: Words
    marks: list[Mark]


@dataclass
class Box:
    """A node with its words. It knows its size at once; its column gives it its place.

    ``ties`` are the links that are written into it, each with the record at its other end and whether it is lit, under
    the words that come before them.
    """

    node: Node
    x: int
    w: int
    lit: bool
    focus: bool
    ties: Mapping[str, Sequence[tuple[Edge, Node, bool]]] = field(default_factory=dict)
    least: int = 0
    y: int = 0

    room: ClassVar[int] = PAD + BAR + PAD

    def __post_init__(self) -> None:
        self.hue = hue_of(self.node)
        self.ink = INKS[self.hue]
        inside = self.w - self.room
        self.title = wrap(self.node.title, inside, NAME)
        self.remark = wrap(self.node.remark, inside, SMALL)
        self._beside = self._fits_beside_code(inside)
        rows = 1 + len(self.title) + len(self.remark)
        self.h = PAD + ROW * rows + 6
        self.h += ROW * len({row.caption.y for row in self.rows} - {self.code_y})
        self.h = max(self.h, self.least)

    def _fits_beside_code(self, inside: int) -> str:
        """The words whose marks stand in the line of the code: the first, if there is room."""
        for before, ties in self.ties.items():
            used = sum(_room(other) for _, other, _ in ties) + width(f"{before} ", SMALL)
            if used + width(f"{self.node.code}  ", CODE, mono=True) <= inside:
                return before
            break
        return ""

    @property
    def left(self) -> int:
        return self.x + PAD + BAR

    @property
    def right(self) -> int:
        return self.x + self.w

    @property
    def middle(self) -> int:
        return self.y + self.h // 2

    @property
    def code_y(self) -> int:
        return self.y + PAD + 12

    @property
    def title_lines(self) -> list[Words]:
        return [Words(self.left, self.code_y + ROW * n, line) for n, line in enumerate(self.title, 1)]

    @property
    def remark_lines(self) -> list[Words]:
        first = len(self.title) + 1
        return [Words(self.left, self.code_y + ROW * n, line) for n, line in enumerate(self.remark, first)]

    @property
    def rows(self) -> list[Row]:
        """The links written into the box, with their places. A row that is full goes on in the next."""
        found: list[Row] = []
        y = self.code_y + ROW * (len(self.title) + len(self.remark))
        for before, ties in self.ties.items():
            lead = round(width(f"{before} ", SMALL))
            if before == self._beside:
                start = self.right - PAD - lead - sum(_room(other) for _, other, _ in ties) + BETWEEN
                here = self.code_y
            else:
                y += ROW
                start, here = self.left, y
            row = Row(Words(start, here, before, lit=any(lit for _, _, lit in ties)), [])
            found.append(row)
            x = start + lead
            for edge, other, lit in ties:
                if x + _room(other) - BETWEEN > self.right - PAD and row.marks:
                    y += ROW
                    x, here = self.left, y
                    row = Row(Words(x, here, "", lit=lit), [])
                    found.append(row)
                room = _room(other) - BETWEEN
                row.marks.append(Mark(edge, x, here, room, other.code, lit))
                x += _room(other)
        return found

    @property
    def marks(self) -> list[Mark]:
        return [mark for row in self.rows for mark in row.marks]


def _room(node: Node) -> int:
    """What the code of a node takes in a row of marks, with the space after it."""
    return round(width(node.code, SMALL, mono=True)) + BETWEEN


@dataclass(frozen=True)
class Band:
    """The ground behind the activities of one line of effort."""

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
    """Stands for activities that are too many to draw, and leads to their list."""

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
        return f"{self.crowd.count:,} {'activity' if self.crowd.count == 1 else 'activities'}"


@dataclass
class Column:
    """One layer: its head and its boxes."""

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
    columns: list[Column]
    bands: list[Band]
    words: list[Words]
    curves: list[Curve]

    @property
    def edges(self) -> list[Edge]:
        """Every link that is drawn, as a curve or as a code in a box."""
        marks = [mark.edge for column in self.columns for box in column.boxes for mark in box.marks]
        return [curve.edge for curve in self.curves] + marks
