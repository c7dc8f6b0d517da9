"""Pages on paper, as the browser prints them: marked on every sheet, nothing left out, no sheet almost empty."""

import re
from io import BytesIO
from unicodedata import normalize

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

# Address, the most sheets it may take, and what stands at its right or lower end.
PAGES = {
    "home": ("/", 2, "Slow processes"),
    "trace": ("/trace/", 4, "Mitigation measures"),
    "trace of a goal": ("/trace/?focus=IPS-G2", 3, "Mitigation measures"),
    "matrix of all offices": ("/matrix/?offices=all", 3, r"Supports, by office \d"),
    "many rows": ("/matrix/?rows=partner&columns=line_of_effort", 2, r"All engagements \d"),
    "activity": ("/activities/IPS-A01/", 3, "Others like it"),
    "office": ("/offices/STARCOM/", 4, "Cite this page"),
    "nation": ("/partners/AUS/", 5, "Cite this page"),
    "timeline": ("/engagements/", 6, "Wargame"),
}
# What the margins of a sheet, a bar and the head of a table have without anything else.
ALMOST_EMPTY = 200


@pytest.mark.parametrize("name", PAGES)
def test_every_sheet_is_marked_and_filled(page: Page, site: str, name: str) -> None:
    address, most, last = PAGES[name]
    page.goto(site + address)
    paper = "A4" if name == "matrix of all offices" else "Letter"
    printed = PdfReader(BytesIO(page.pdf(format=paper))).pages
    # The letters of "office" are one sign in print.
    sheets = [" ".join(normalize("NFKC", sheet.extract_text()).split()) for sheet in printed]
    assert len(sheets) <= most
    assert [sheet.count("UNCLASSIFIED") >= 2 for sheet in sheets] == [True] * len(sheets)
    assert [len(sheet) for sheet in sheets if len(sheet) < ALMOST_EMPTY] == []
    found = [len(re.findall(last, sheet)) for sheet in sheets]
    # Totals stand once, not at the foot of each sheet.
    assert sum(found) == 1 if "\\d" in last else any(found)
    # The legend is never alone on a sheet.
    assert "Cite this page" in sheets[-1]


def test_the_citation_is_not_printed_over_the_sources(page: Page, site: str) -> None:
    page.goto(f"{site}/offices/STARCOM/")
    places: list[tuple[float, str]] = []

    def note(text: str, outer: list[float], inner: list[float], *_: object) -> None:
        places.append((outer[5] + inner[5] * outer[3], text.strip()))

    PdfReader(BytesIO(page.pdf(format="Letter"))).pages[-1].extract_text(visitor_text=note)
    heights = [height for height, text in places if text == "Cite this page"]
    assert len(heights) == 1
    assert [text for height, text in places if text and abs(height - heights[0]) < 8] == ["Cite this page"]
