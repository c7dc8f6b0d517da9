"""Pages in the reader's own colors, as a high-contrast theme of the system forces them."""

import pytest
from playwright.sync_api import Page

from tests.support.page_checks import violations
from tests.support.page_kinds import PAGES

# Between them every kind of mark, picture and box.
SAMPLE = ["home", "office", "trace", "matrix", "risk register", "engagements", "framework", "search"]
ADDRESSES = PAGES | {"search": "/search/?q=training"}


@pytest.mark.parametrize("name", SAMPLE)
def test_it_is_legible_in_forced_colors(page: Page, site: str, name: str) -> None:
    page.emulate_media(forced_colors="active", color_scheme="dark", reduced_motion="reduce")
    page.goto(site + ADDRESSES[name])
    assert violations(page) == []
    # The words of a drawing are forced by nobody but the stylesheet: they have the color of text or of links.
    strange = page.evaluate(
        """() => {
            const probe = document.body.appendChild(document.createElement('i'));
            const color = name => { probe.style.color = name; return getComputedStyle(probe).color; };
            const known = [color('CanvasText'), color('LinkText')];
            return [...document.querySelectorAll('.picture text')].map(e => getComputedStyle(e).fill)
                .filter(fill => !known.includes(fill)).slice(0, 3);
        }"""
    )
    assert strange == []


def test_a_half_known_mitigation_stays_half_a_disc(page: Page, site: str) -> None:
    for media in ({"forced_colors": "active"}, {"forced_colors": "none", "media": "print"}):
        page.emulate_media(**media)
        page.goto(f"{site}/risks/")
        style = page.locator(".known--general").first.evaluate(
            "e => { const s = getComputedStyle(e, '::before'); return [s.backgroundImage, s.forcedColorAdjust,"
            " s.printColorAdjust || s.webkitPrintColorAdjust]; }"
        )
        assert style[0].startswith("linear-gradient")
        assert style[1:] == ["none", "exact"]
