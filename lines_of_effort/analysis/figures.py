"""What the picture of a trace is made of: boxes, curves and words with their places. No HTML, no SVG, no database."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from strategy.templatetags.records import hue

from .lettering import width, wrap
from .trace import Crowd, Edge, Layer, Link, Node

CODE, NAME, SMALL = 12.5, 13.5, 12
ROW, PAD, BAR = 16, 8, 5


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


@dataclass(frozen=True)
class Mark:
    """A link past a column: the code of the record at its other end, in the box of this one, underlined."""

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


@dataclass
class Box:
    """A node with its words. It knows its size at once; its column gives it its place."""

    node: Node
    x: int
    w: int
    lit: bool
    focus: bool
    marks_before: str = ""
    edges: Sequence[tuple[Edge, Node, bool]] = ()
    least: int = 0
    y: int = 0

    room: ClassVar[int] = PAD + BAR + PAD

    def __post_init__(self) -> None:
        self.hue = hue_of(self.node)
        self.ink = INKS[self.hue]
        self.title = wrap(self.node.title, self.w - self.room, NAME)
        self.mark_rows = self._mark_rows()
        rows = 1 + len(self.title) + len(self.mark_rows) - self._beside
        self.h = max(PAD + ROW * rows + 6, self.least)

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

    def _mark_rows(self) -> list[list[tuple[Edge, Node, bool]]]:
        """The marks in rows. One row that fits stands beside the code."""
        inside = self.w - self.room
        before = width(f"{self.marks_before} ", SMALL)
        rows: list[list[tuple[Edge, Node, bool]]] = []
        used = inside
        for mark in self.edges:
            room = width(f"{mark[1].code} ", SMALL, mono=True)
            if used + room > inside:
                rows.append([])
                used = before if len(rows) == 1 else 0
            rows[-1].append(mark)
            used += room
        code = width(f"{self.node.code}  ", CODE, mono=True)
        self._beside = len(rows) == 1 and used + code <= inside
        self._used = round(used)
        return rows

    @property
    def marks(self) -> list[Mark]:
        """The marks with their places."""
        found = []
        for number, row in enumerate(self.mark_rows):
            x, y = self._row_start(number)
            if number == 0:
                x += round(width(f"{self.marks_before} ", SMALL))
            for edge, other, lit in row:
                room = round(width(other.code, SMALL, mono=True))
                found.append(Mark(edge, x, y, room, other.code, lit))
                x += round(width(f"{other.code} ", SMALL, mono=True))
        return found

    @property
    def caption(self) -> Words | None:
        """The word before the marks."""
        if not self.mark_rows:
            return None
        return Words(*self._row_start(0), self.marks_before, lit=any(lit for _, _, lit in self.edges))

    def _row_start(self, number: int) -> tuple[int, int]:
        if self._beside:
            return self.right - PAD - self._used, self.code_y
        return self.left, self.code_y + ROW * (len(self.title) + 1 + number)


@dataclass(frozen=True)
class Band:
    """The ground behind the activities of one line of effort."""

    x: int
    y: int
    w: int
    h: int
    hue: str

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


MARKED = {Link.GOAL: "for", Link.RISK: "threatens"}
