"""What is done by keyboard alone: skipping to the content, searching, the menu of the phone."""

from playwright.sync_api import Page, expect


def focused(page: Page) -> str:
    return page.evaluate("`${document.activeElement.localName}#${document.activeElement.id}`")


def test_the_first_key_offers_to_skip_to_the_content(page: Page, site: str) -> None:
    page.goto(f"{site}/offices/STARCOM/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    # It slides in.
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    assert focused(page) == "main#main"
    # And from there on it goes on in the content.
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_search_from_the_slash_to_the_record(page: Page, site: str) -> None:
    page.goto(f"{site}/goals/")
    page.keyboard.press("/")
    assert focused(page) == "input#q"
    # In the field it is a letter like any other.
    page.keyboard.type("standards")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=standards*")
    wanted = page.locator('main a[href="/activities/IPS-A06/"]').first
    for _ in range(120):
        if wanted.evaluate("link => link === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(wanted).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/activities/IPS-A06/")


def test_a_slash_in_a_field_is_a_slash(page: Page, site: str) -> None:
    page.goto(f"{site}/")
    page.locator("#q").focus()
    page.keyboard.type("Force/Field")
    expect(page.locator("#q")).to_have_value("Force/Field")


def test_the_menu_of_the_phone_opens_and_closes(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{site}/")
    menu, summary = page.get_by_role("navigation", name="Menu"), page.locator("details.menu > summary")
    expect(menu).to_be_hidden()
    for _ in range(6):
        page.keyboard.press("Tab")
        if summary.evaluate("e => e === document.activeElement"):
            break
    expect(summary).to_be_focused()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    page.keyboard.press("Tab")
    assert focused(page) == "input#q-menu"
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(summary).to_be_focused()
    page.keyboard.press("/")
    assert focused(page) == "input#q-menu"
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    risks = menu.get_by_role("link", name="Risks")
    while not risks.evaluate("e => e === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/risks/")
