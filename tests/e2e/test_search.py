"""The search box while a reader types: an ARIA combobox, by keyboard and by pointer, and a plain form without."""

from typing import Any

from playwright.sync_api import Browser, Page, expect


def test_a_suggestion_is_chosen_by_keyboard(page: Page, site: str) -> None:
    page.goto(f"{site}/goals/")
    box = page.locator("#q")
    expect(box).to_have_attribute("role", "combobox")
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("/")
    page.keyboard.type("space training")
    options = page.locator("#q-suggestions [role=option]")
    expect(options.first).to_contain_text("Space Training and Readiness Command")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "q-suggestions-0")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    expect(box).not_to_have_attribute("aria-activedescendant", "q-suggestions-0")
    page.keyboard.press("Escape")
    expect(page.locator("#q-suggestions")).to_be_hidden()
    expect(box).to_have_value("space training")
    page.keyboard.type(" and")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/offices/STARCOM/")


def test_enter_without_a_choice_searches(page: Page, site: str) -> None:
    page.goto(f"{site}/goals/")
    page.locator("#q").fill("space training")
    expect(page.locator("#q-suggestions [role=option]").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=space+training")


def test_a_suggestion_is_chosen_by_pointer(page: Page, site: str) -> None:
    page.goto(f"{site}/goals/")
    page.locator("#q").press_sequentially("olympic def")
    page.locator("#q-suggestions [role=option]").first.click()
    page.wait_for_url("**/MNF-OOD/")


def test_without_a_script_it_is_a_form(browser: Browser, site: str, context: Any) -> None:
    """``context`` opens the database to the server."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site}/goals/")
    page.locator("#q").fill("standards")
    page.locator("#q").press("Enter")
    page.wait_for_url("**/search/?q=standards")
    expect(page.locator("h2#results")).to_be_visible()
    page.goto(f"{site}/goals/?columns=note")
    expect(page.locator("[data-copy-table]")).to_be_hidden()
    page.context.close()


def test_a_list_is_copied_as_a_table(page: Page, site: str) -> None:
    page.goto(f"{site}/goals/")
    page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    page.get_by_role("button", name="Copy as table").click()
    lines = page.evaluate("window.copied").split("\n")
    counts = ["Activities linked", "With a lead named", "With a coordinating office", "With a supporting office"]
    assert lines[0].split("\t") == ["Record", "Statement", *counts, "Basis"]
    assert len(lines) == 4
    assert all(len(line.split("\t")) == 7 for line in lines)
