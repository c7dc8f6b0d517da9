"""The trace in a real browser: it is followed by eye, by keyboard and without a script."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django import DjangoDbBlocker

STARCOM = "svg.trace a[data-node=STARCOM]"
LIT = "svg.trace .edge-line.on"


@pytest.mark.parametrize("way", ["hover", "focus"])
def test_a_box_in_hand_lights_its_links(page: Page, site: str, way: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 1200})
    page.goto(f"{site}/trace/")
    assert page.locator(LIT).count() == 0
    getattr(page.locator(STARCOM), way)()
    assert page.locator(LIT).evaluate_all("all => all.map(e => e.dataset.edge)") == ["STARCOM IPS-A06"]
    expect(page.locator("svg.trace")).to_have_class(re.compile("lit"))
    page.locator("h1").hover()
    page.locator("#trace-focus").focus()
    assert page.locator(LIT).count() == 0


def test_a_start_is_chosen_without_a_script(browser: Browser, site: str, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{site}/trace/")
        page.get_by_label("Start from", exact=True).select_option("IPS-R1")
        page.get_by_role("button", name="Trace").click()
        page.wait_for_url("**/trace/?focus=IPS-R1")
        heading = page.locator("h1").inner_text()
        context.close()
    assert heading == "Trace from IPS-R1"


def test_words_are_never_shrunk(page: Page, site: str) -> None:
    """On a narrow desk the picture scrolls in its own box; on a phone lists stand in its place."""
    page.set_viewport_size({"width": 800, "height": 900})
    page.goto(f"{site}/trace/")
    drawn, wanted = page.locator("svg.trace").evaluate(
        "e => [e.getBoundingClientRect().width, e.viewBox.baseVal.width]"
    )
    assert drawn == wanted
    smallest = page.locator("svg.trace text").evaluate_all(
        "all => Math.min(...all.map(e => parseFloat(getComputedStyle(e).fontSize)))"
    )
    assert smallest >= 12
    page.set_viewport_size({"width": 390, "height": 900})
    assert page.locator("svg.trace").is_hidden()
    assert page.get_by_role("heading", name="Ends", exact=True).is_visible()


def test_words_stay_inside_their_boxes(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{site}/trace/")
    out = page.locator("svg.trace a.node").evaluate_all(
        """all => all.filter(node => {
            const box = node.querySelector("rect").getBBox();
            return [...node.querySelectorAll("text")].some(text => {
                const words = text.getBBox();
                return words.x < box.x || words.x + words.width > box.x + box.width + 1
                    || words.y + words.height > box.y + box.height + 1;
            });
        }).map(node => node.dataset.node)"""
    )
    assert out == []
