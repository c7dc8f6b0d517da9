"""A brief as a tagged PDF (PDF/UA-1). Imported when the first one is written."""

import json
from functools import cache
from pathlib import Path
from typing import Literal, cast

import typst

from .brief import Brief
from .paper import CAVEAT, NOTIONAL_MARK, PAPERS, Letterhead

FOLDER = Path(__file__).parent
UNDRAWN = "Some letters of this text cannot be drawn here; the page and the Word document have them."
# In points, the largest first: the one with which the brief fits on one sheet is taken.
TEXT_SIZES = (11, 10, 9.5, 9, 8.5, 8, 7.5)


@cache
def _compiler() -> typst.Compiler:
    # The fonts of the machine differ from host to host.
    return typst.Compiler(FOLDER / "brief.typ", root=FOLDER, font_paths=[FOLDER / "fonts"], ignore_system_fonts=True)


def write_pdf_document(brief: Brief, letterhead: Letterhead, paper: str) -> bytes:
    """The PDF's bytes; ``paper`` is a key of PAPERS. On one sheet if the text can be set small enough, else on two.

    A text with letters that our font has not is written all the same, tagged but not as PDF/UA-1, and says so.
    """
    data = _as_data(brief, letterhead, paper)
    try:
        return _compile(data, "ua-1")
    except typst.TypstError:
        return _compile(data | {"caveat": f"{UNDRAWN} {CAVEAT}"})


def _compile(data: dict[str, object], *standards: Literal["ua-1"]) -> bytes:
    content = _compiler().compile(format="pdf", sys_inputs={"brief": json.dumps(data)}, pdf_standards=list(standards))
    return cast(bytes, content)


def _as_data(brief: Brief, letterhead: Letterhead, paper: str) -> dict[str, object]:
    """What ``brief.typ`` reads, as it is named there."""
    return {
        "paper": PAPERS[paper],
        "sizes": TEXT_SIZES,
        "site": letterhead.site,
        "marking": letterhead.marking,
        "notional": NOTIONAL_MARK if brief.record.notional else "",
        "address": letterhead.address,
        "caveat": CAVEAT,
        "kind": brief.kind,
        "code": brief.record.code,
        "title": brief.title,
        "basis": brief.basis.lower(),
        "numbers": brief.numbers,
        "statement": brief.statement,
        "facts": brief.facts,
        "sections": [
            {
                "title": section.title,
                "more": section.more,
                "lines": [
                    {
                        "code": line.code,
                        "label": line.label,
                        "text": line.text,
                        "basis": line.basis.lower(),
                        "numbers": list(line.numbers),
                    }
                    for line in section.lines
                ],
            }
            for section in brief.sections
        ],
        "unstated": ", ".join(title.lower() for title in brief.unstated),
        "sources": brief.source_lines,
    }
