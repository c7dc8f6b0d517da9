"""The picture of a trace: the same content is the same picture, and nothing in it covers anything else."""

from itertools import pairwise
from pathlib import Path

import pytest
from django.test import Client
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from lines_of_effort.trace import reader
from lines_of_effort.trace.drawing.layout import WIDTH, compute_layout
from lines_of_effort.trace.drawing.shapes import INKS, TITLE_SIZE, Picture
from lines_of_effort.trace.drawing.text_metrics import text_width, wrap_text
from strategy.fixtures_io import load
from tests.support import factories as make

pytestmark = pytest.mark.django_db


class Svg(SingleFileSnapshotExtension):
    """The snapshot is the picture itself, to be looked at."""

    file_extension = "svg"
    _write_mode = WriteMode.TEXT


@pytest.mark.parametrize("focus", ["", "STARCOM"], ids=["everything", "starcom"])
def test_the_shipped_content_is_drawn_as_before(client: Client, snapshot: SnapshotAssertion, focus: str) -> None:
    drawn = client.get("/trace.svg", {"focus": focus}).content.decode()
    assert drawn == snapshot(extension_class=Svg)
    assert drawn == client.get("/trace.svg", {"focus": focus}).content.decode()


def picture(code: str = "", notional: str = "exclude") -> Picture:
    return compute_layout(reader.read_trace(notional, reader.find_start(code, notional) if code else None))


def overlaps(drawn: Picture) -> list[str]:
    result = []
    for column in drawn.columns:
        boxes = sorted(column.boxes, key=lambda box: box.y)
        result += [f"{a.node.code} {b.node.code}" for a, b in pairwise(boxes) if a.y + a.h > b.y]
        result += [box.node.code for box in boxes if box.x < 0 or box.right > WIDTH or box.y + box.h > drawn.height]
    return result


@pytest.mark.parametrize("code", ["", "IPS-S6", "IPS-S7", "SW2025", "DOD", "IPS-G1"])
def test_no_box_covers_another(code: str) -> None:
    assert overlaps(picture(code)) == []


def test_a_full_strategy_fits_as_well() -> None:
    load(notional=True)
    for code in ("", "TRN-OPS", "TRN-A18", "TRN-R1"):
        assert overlaps(picture(code, "only")) == []
    assert overlaps(picture("", "include")) == []


def test_a_box_grows_with_its_words() -> None:
    title = "word " * 40
    goal = make.goal(title=title.strip())
    make.activity(title="Unbreakable" * 18)
    drawn = picture()
    assert overlaps(drawn) == []
    (box,) = [box for column in drawn.columns for box in column.boxes if box.node.code == goal.code]
    assert " ".join(line.text for line in box.title_lines) == title.strip()
    assert box.title_lines[-1].y < box.y + box.h


@pytest.mark.parametrize("text", ["Keep it short", "Supercalifragilistic" * 5, "一个很长的标题" * 9, "a", ""])
def test_lines_hold_every_letter_and_fit(text: str) -> None:
    lines = wrap_text(text, 120, TITLE_SIZE)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(text_width(line, TITLE_SIZE) <= 120 for line in lines)


def test_an_empty_strategy_is_an_empty_picture() -> None:
    drawn = picture(notional="only")
    assert drawn.edges == []
    assert drawn.height > 0


def test_the_file_has_the_colours_of_the_site(root: Path) -> None:
    light = (root / "assets/src/_tokens.scss").read_text().partition("@media")[0]
    for hue, ink in INKS.items():
        names = {"solid": ink.solid, "ink": ink.ink, "tint": ink.tint, "edge": ink.edge}
        if hue != "ends":
            assert all(f"--{hue}-{name}: {colour};" in light for name, colour in names.items()), hue
