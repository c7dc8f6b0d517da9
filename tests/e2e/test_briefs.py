"""Briefs on paper, as the browser prints them."""

from io import BytesIO

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.support.page_kinds import PAGES

BRIEFS = [address for name, address in PAGES.items() if name.startswith("brief")]


@pytest.mark.parametrize("paper", ["Letter", "A4"])
@pytest.mark.parametrize("address", BRIEFS)
def test_it_prints_on_one_sheet_with_its_marking(page: Page, site: str, address: str, paper: str) -> None:
    page.goto(site + address)
    reader = PdfReader(BytesIO(page.pdf(format=paper)))
    assert len(reader.pages) == 1
    words = reader.pages[0].extract_text()
    assert words.count("UNCLASSIFIED") >= 2
    assert page.locator("h1").inner_text() in " ".join(words.split())
