"""A term's definition where it is used: by pointing, by keyboard, by touch."""

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django import DjangoDbBlocker

# Its statement uses a term that no source defines, its note none.
WITH_TERM = "/terms/T21/"
NAME, DEFINITION, ORIGIN = (
    "Force Design",
    "Determining the capabilities, capacity and structure",
    "paraphrase of SFDD-1",
)


def test_pointing_shows_the_definition_and_leaving_hides_it(page: Page, site: str):
    page.goto(site + WITH_TERM)
    term = page.locator("main a.term").first
    term.hover()
    popup = page.get_by_role("tooltip")
    expect(popup).to_contain_text(NAME)
    expect(popup).to_contain_text(DEFINITION)
    expect(popup).to_contain_text(ORIGIN)
    # It stays while pointed at, so that it can be read at any magnification.
    popup.hover()
    page.wait_for_timeout(600)
    expect(popup).to_be_visible()
    page.mouse.move(1, 1)
    expect(popup).to_have_count(0)


def test_focus_shows_it_and_esc_closes_it(page: Page, site: str):
    page.goto(site + WITH_TERM)
    term = page.locator("main a.term").first
    page.locator("main").focus()
    while not term.evaluate("link => link === document.activeElement"):
        page.keyboard.press("Tab")
    popup = page.get_by_role("tooltip")
    expect(popup).to_contain_text(DEFINITION)
    assert term.get_attribute("aria-describedby") == popup.get_attribute("id")
    page.keyboard.press("Escape")
    expect(popup).to_have_count(0)
    assert term.get_attribute("aria-describedby") is None
    assert term.evaluate("link => link === document.activeElement")
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary/#T01")


def test_a_tap_shows_it_and_a_second_tap_opens_the_entry(
    browser: Browser, site: str, django_db_blocker: DjangoDbBlocker
):
    with django_db_blocker.unblock():
        context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
        page = context.new_page()
        page.goto(site + WITH_TERM)
        term, popup = page.locator("main a.term").first, page.get_by_role("tooltip")
        term.tap()
        expect(popup).to_contain_text(DEFINITION)
        assert page.url.endswith(WITH_TERM)
        box = popup.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        page.locator("h1").tap()
        expect(popup).to_have_count(0)
        term.tap()
        expect(popup).to_be_visible()
        term.tap()
        page.wait_for_url("**/glossary/#T01")
        expect(page.locator("#T01")).to_be_in_viewport()
        context.close()


def test_a_tap_opens_the_entry_when_it_cannot_be_shown(browser: Browser, site: str, django_db_blocker: DjangoDbBlocker):
    with django_db_blocker.unblock():
        context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True)
        page = context.new_page()
        page.goto(site + WITH_TERM)
        page.evaluate("() => { window.fetch = () => Promise.reject(new Error('offline')); }")
        page.locator("main a.term").first.tap()
        page.wait_for_url("**/glossary/#T01")
        context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_term_is_a_link_with_and_without_a_script(
    browser: Browser, site: str, django_db_blocker: DjangoDbBlocker, scripts: bool
):
    with django_db_blocker.unblock():
        context = browser.new_context(java_script_enabled=scripts)
        page = context.new_page()
        page.goto(site + WITH_TERM)
        page.locator("main a.term").first.click()
        page.wait_for_url("**/glossary/#T01")
        context.close()
