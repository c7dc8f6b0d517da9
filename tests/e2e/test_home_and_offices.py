"""The map on paper, and the reader's own office, in a real browser."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from lines_of_effort.models import Activity
from strategy.models import Goal, Means, Risk
from tests.support.page_checks import sideways

# Letter paper less the margins the style sheet sets, in CSS pixels.
PRINTED_WIDTH, PRINTED_HEIGHT = 718, 927
KINDS = ["/", "/offices/STARCOM/", "/offices/SFC/", "/activities/", "/activities/IPS-A01/", "/goals/IPS-G2/"]


def links_by_page(pdf: bytes) -> list[set[str]]:
    """The addresses linked from each page of a PDF, as paths."""
    objects = dict(re.findall(rb"(\d+) 0 obj\s*(.*?)endobj", pdf, re.S))
    pages = [body for body in objects.values() if re.search(rb"/Type /Page\b(?!s)", body)]
    result = []
    for page in pages:
        annotations = re.search(rb"/Annots \[(.*?)\]", page, re.S)
        numbers = re.findall(rb"(\d+) 0 R", annotations.group(1)) if annotations else []
        addresses = [re.search(rb"/URI \((.*?)\)", objects[number]) for number in numbers]
        result.append({re.sub(r"^https?://[^/]+", "", a.group(1).decode()) for a in addresses if a})
    return result


def test_the_map_prints_on_the_first_sheet(page: Page, site: str, tmp_path: Path) -> None:
    page.goto(f"{site}/")
    sheets = links_by_page(page.pdf(path=tmp_path / "home.pdf", format="Letter"))
    first, rest = sheets[0], set().union(*sheets[1:])
    for model in (Goal, Activity, Means, Risk):
        on_map = {row.get_absolute_url() for row in model.objects.visible()}
        assert on_map <= first, f"not on the first sheet: {on_map - first}"
        assert not on_map & rest
    assert "/compare/" in rest
    assert len(sheets) <= 3


def test_the_printed_sheet_has_the_marking_and_room_to_spare(page: Page, site: str) -> None:
    page.set_viewport_size({"width": PRINTED_WIDTH, "height": PRINTED_HEIGHT})
    page.emulate_media(media="print")
    page.goto(f"{site}/")
    marking, whole = page.locator(".marking").first.bounding_box(), page.locator(".map").bounding_box()
    assert marking is not None
    assert whole is not None
    assert marking["y"] == 0
    assert page.locator(".marking").first.inner_text() == "UNCLASSIFIED"
    assert whole["y"] + whole["height"] < PRINTED_HEIGHT - 20
    for name in ("Ends", "Ways", "Means", "Risks"):
        assert page.locator(".tier__label", has_text=name).is_visible()
    marks = page.evaluate("[...document.styleSheets].flatMap(s => [...s.cssRules]).map(r => r.cssText).join('')")
    assert re.search(r"@top-center\s*{[^}]*--print-marking", marks)


@pytest.mark.parametrize("width", [800, 1024])
@pytest.mark.parametrize("url", KINDS)
def test_no_width_between_phone_and_desk_scrolls_sideways(page: Page, site: str, url: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{site}{url}")
    assert sideways(page) == []


def test_my_office_works_without_javascript(browser, site: str, django_db_blocker) -> None:
    with django_db_blocker.unblock():
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{site}/offices/STARCOM/")
        page.get_by_role("button", name="Set as my office").click()
        assert page.get_by_text("STARCOM is now your office.").is_visible()
        page.goto(f"{site}/goals/")
        page.get_by_role("navigation", name="Primary").get_by_role("link", name="My office").click()
        assert page.url == f"{site}/offices/STARCOM/"
        page.get_by_role("button", name="Forget it").click()
        assert page.get_by_role("link", name="My office").count() == 0
        context.close()


def test_the_tasking_text_is_copied(page: Page, site: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{site}/offices/STARCOM/")
    page.get_by_role("button", name="Copy", exact=True).click()
    page.get_by_role("status").filter(has_text="Tasking copied").wait_for(state="attached")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "COORDINATES" in copied
    assert "IPS-A06" in copied
