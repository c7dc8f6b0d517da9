"""The matrix by keyboard, on a phone, on paper and without a script."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from tests.support.page_checks import sideways

MARKS = "table.matrix a.role"


def focused(page: Page) -> str:
    """What has the focus, in words."""
    return page.evaluate("document.activeElement.textContent.replace(/\\s+/g, ' ').trim()")


def opened(page: Page, site: str, path: str = "/matrix/", width: int = 1280) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(site + path)


def size(element: Locator) -> tuple[float, float]:
    box = element.bounding_box()
    return (box["width"], box["height"]) if box else (0, 0)


# What is drawn at the middle of the focused mark, if it is not the mark.
COVER = """() => {
    const mark = document.activeElement, box = mark.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return mark.contains(top) ? '' : `${Math.round(box.x)},${Math.round(box.y)} ${top && top.outerHTML}`;
}"""


def test_the_marks_are_one_tab_stop_and_arrows_move_between_them(page: Page, site: str):
    opened(page, site)
    assert page.locator(MARKS).count() == 4
    assert page.locator(f"{MARKS}[tabindex='0']").count() == 1
    page.locator(MARKS).first.focus()
    assert focused(page) == "L Leads: Space Futures Command"
    seen = []
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowDown", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
        seen.append(focused(page))
    assert seen == [
        "L Leads: Futures Task Force",
        "L Leads: Futures Task Force",
        "L Leads: Space Futures Command",
        "L Leads: Deputy Chief of Space Operations for Strategy, Plans, Programs, and Requirements",
        "C Coordinates: Space Training and Readiness Command",
        "L Leads: Deputy Chief of Space Operations for Strategy, Plans, Programs, and Requirements",
    ]
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('a.role')") is False
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/activities/IPS-A02/")


def test_the_matrix_can_be_skipped(page: Page, site: str):
    opened(page, site)
    skip = page.get_by_role("link", name="Skip the matrix")
    skip.focus()
    assert size(skip)[0] > 50
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "after-matrix"


def test_focus_is_not_hidden_under_the_heads(page: Page, site: str):
    page.emulate_media(reduced_motion="reduce")
    opened(page, site, "/matrix/?offices=all")
    marks = page.locator(MARKS)
    for n in [*range(marks.count()), *reversed(range(marks.count()))]:
        marks.nth(n).focus()
        assert page.evaluate(COVER) == "", n


@pytest.mark.parametrize("width", [390, 320])
def test_on_a_phone_each_activity_is_a_card(page: Page, site: str, width: int):
    opened(page, site, width=width)
    assert page.locator(".matrix thead").is_hidden()
    assert page.locator(".matrix td:empty").first.is_hidden()
    row = page.locator("tr", has=page.locator("a[href='/activities/IPS-A06/']"))
    assert row.evaluate("row => getComputedStyle(row).display") == "flex"
    mark = row.locator("a.role")
    assert mark.inner_text().split() == ["C", "Coordinates:", "Space", "Training", "and", "Readiness", "Command"]
    assert size(mark)[1] >= 24
    assert row.get_by_text("No lead named").is_visible()
    assert sideways(page) == []


def test_facets_search_and_pairs_work_without_a_script(browser: Any, site: str, context: Any):
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(f"{site}/matrix/")
    page.get_by_role("link", name="No lead named 16").click()
    assert page.get_by_role("status").first.inner_text().startswith("Showing 16 of 18 activities")
    page.get_by_label("Words in the activity").fill("standards")
    page.get_by_role("button", name="Filter").click()
    assert "has_lead=false" in page.url
    assert page.locator("table.matrix a[href='/activities/IPS-A06/']").count() == 2
    page.get_by_label("Rows").select_option("stage")
    page.get_by_label("Columns").select_option("office")
    page.get_by_role("button", name="Count").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Stages by offices"
    plain.close()


def test_on_paper_the_heads_do_not_float(page: Page, site: str):
    opened(page, site)
    page.emulate_media(media="print")
    styles = page.locator(".matrix :is(th, td, span)").evaluate_all("all => all.map(e => getComputedStyle(e).position)")
    assert styles
    assert "sticky" not in styles
    assert page.locator(".matrix thead").evaluate("e => getComputedStyle(e).display") == "table-header-group"
    assert page.locator(".matrix-filters").is_hidden()
