"""A brief as a Word document. Imported when the first one is written."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor

from .brief import Brief, Line, Section, join_words
from .paper import CAVEAT, NOTIONAL_MARK, PAPERS, Letterhead

FONT = "Arial"
TEXT_SIZE, SMALL_SIZE, TINY_SIZE = Pt(9), Pt(7.5), Pt(6.5)
# More sources than this are set so small and close that the brief stays on one sheet.
MANY_SOURCES = 15
NAVY = RGBColor(0x16, 0x2E, 0x51)
MARGIN = Mm(12)


def write_word_document(brief: Brief, letterhead: Letterhead, paper: str) -> bytes:
    """The document's bytes; ``paper`` is a key of PAPERS. Marking stands at head and foot of every page."""
    document = Document()
    _set_up(document, brief, letterhead, paper)
    document.add_heading(brief.title, level=1)
    _small(document.add_paragraph(f"{brief.kind} {brief.record.code} ({grounds(brief)})"))
    if brief.statement:
        document.add_paragraph(brief.statement)
    if brief.facts:
        paragraph = document.add_paragraph()
        for label, text in brief.facts:
            paragraph.add_run(f"{label}: ").bold = True
            paragraph.add_run(f"{text}. ")
    for section in brief.sections:
        _write_section(document, section)
    if brief.unstated:
        paragraph = document.add_paragraph()
        paragraph.add_run("No source names: ").bold = True
        paragraph.add_run(f"{', '.join(title.lower() for title in brief.unstated)}.")
    if brief.sources:
        document.add_heading("Sources", level=2)
        many = len(brief.source_lines) > MANY_SOURCES
        for number, words in enumerate(brief.source_lines, start=1):
            paragraph = document.add_paragraph(f"[{number}] {words}")
            paragraph.paragraph_format.space_after = Pt(0)
            _small(paragraph, TINY_SIZE if many else SMALL_SIZE)
    _small(document.add_paragraph(f"{CAVEAT} {letterhead.address}"))
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def _set_up(document: Any, brief: Brief, letterhead: Letterhead, paper: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = (Mm(size) for size in PAPERS[paper])
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = MARGIN
    section.header_distance = section.footer_distance = Mm(7)
    for name, size in (
        ("Normal", TEXT_SIZE),
        ("Heading 1", Pt(15)),
        ("Heading 2", Pt(10.5)),
        ("List Bullet", TEXT_SIZE),
    ):
        style = document.styles[name]
        style.font.name, style.font.size = FONT, size
        style.paragraph_format.space_before = Pt(5) if name == "Heading 2" else Pt(0)
        style.paragraph_format.space_after = Pt(1)
        if name.startswith("Heading"):
            style.font.color.rgb = NAVY
            style.element.rPr.rFonts.attrib.clear()
            style.font.name = FONT
    mark = NOTIONAL_MARK if brief.record.notional else ""
    head = "   ".join(filter(None, (letterhead.marking, mark)))
    for part, words in ((section.header, head or letterhead.site), (section.footer, head or letterhead.site)):
        paragraph = part.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(words).bold = True
    properties = document.core_properties
    properties.title, properties.author = f"Brief: {brief.title}", letterhead.site
    properties.subject, properties.comments, properties.language = brief.kind, "", "en-US"


def _write_section(document: Any, section: Section) -> None:
    document.add_heading(section.title, level=2)
    for line in section.lines:
        paragraph = document.add_paragraph(style="List Bullet")
        if line.code:
            paragraph.add_run(f"{line.code} ").bold = True
        paragraph.add_run(line.label)
        rest = join_words(line.text, grounds(line))
        if rest:
            paragraph.add_run(f" ({rest})").font.color.rgb = RGBColor(0x3D, 0x45, 0x51)
    if section.more > 0:
        _small(document.add_paragraph(f"And {section.more} more on the site."))


def grounds(part: Brief | Line) -> str:
    """The basis of a brief or a line, and the numbers of its sources."""
    return " ".join(filter(None, (part.basis.lower(), *(f"[{number}]" for number in part.numbers))))


def _small(paragraph: Any, size: Pt = SMALL_SIZE) -> None:
    for run in paragraph.runs:
        run.font.size = size
