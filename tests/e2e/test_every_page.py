"""The pages a reader meets, in a real browser: nothing breaks, nothing calls out, nobody is shut out."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.support.page_checks import COLOR_RULES, RULES, PageWatch, lengthen, sideways, violations
from tests.support.page_kinds import ALIKE, NO_PAGE, PAGES, STATUS, is_page, routes, shown_routes

# A page is opened at the first of them, and by the proofs at each.
WIDTHS = [1280, 320, 390]
# Every fourth kind of page is seen in the dark, and by the proofs each.
DARK = set(list(PAGES)[::4])
OBSERVE_SHIFTS = """
window.shift = 0;
new PerformanceObserver(list => { for (const entry of list.getEntries()) window.shift += entry.value; })
    .observe({type: 'layout-shift', buffered: true});
"""


def test_no_kind_of_page_is_missing():
    """A new route is a page with an address in PAGES or ALIKE, or no page, with its reason in NO_PAGE."""
    known = set(routes())
    assert {route for route in known if is_page(route)} == shown_routes([*PAGES.values(), *ALIKE])
    for mark in NO_PAGE:
        assert any(mark in route for route in known), f"{mark} is no longer a route"


def opened(page: Page, address: str, status: int, width: int = WIDTHS[0]) -> None:
    """The page, come as it must and with nothing wrong on the way, in the light scheme."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    response = page.goto(address)
    assert response is not None
    assert response.status == status
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert page.locator("h1").count() == 1
    assert page.locator("h1").inner_text().strip()


def shift(page: Page) -> float:
    """The sum of all layout shifts since the page was asked for, which is good below 0.1."""
    page.evaluate("document.fonts.ready.then(() => new Promise(done => requestAnimationFrame(done)))")
    return float(page.evaluate("window.shift"))


def nothing_went_wrong(page: Page, watch: PageWatch, failed: list[str]) -> None:
    """Asked at the end, so that what a narrow window or the dark fetches is seen as well."""
    assert page.evaluate("window.violations") == []
    assert (watch.console, watch.errors, watch.outside) == ([], [], [])
    assert watch.failed == failed


@pytest.mark.proof(rounds=1, all_rounds=len(WIDTHS))
@pytest.mark.parametrize("name", PAGES)
def test_page_is_clean_and_accessible(page: Page, site: str, watch: PageWatch, name: str, rounds: int):
    """A load at each of as many widths as there are rounds; the dark changes colors only, of parts that pages share."""
    status = STATUS.get(name, 200)
    failed = [] if status < 400 else [f"{status} {urlsplit(PAGES[name]).path}"]
    page.add_init_script(OBSERVE_SHIFTS)
    result: dict[str, object] = {}
    for width in WIDTHS[:rounds]:
        opened(page, site + PAGES[name], status, width)
        result[f"{width}, jumps"] = shift(page) >= 0.1
        result[f"{width}, light"] = violations(page, RULES)
        if name in DARK or rounds == len(WIDTHS):
            page.emulate_media(color_scheme="dark")
            result[f"{width}, dark"] = violations(page, COLOR_RULES)
        nothing_went_wrong(page, watch, failed)
        watch.failed.clear()
    for words in ("own words", "long words"):
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            result[f"{width}, {words}"] = sideways(page)
        lengthen(page)
    assert {key: faults for key, faults in result.items() if faults} == {}


@pytest.mark.proof(rounds=1, all_rounds=len(WIDTHS))
@pytest.mark.parametrize("address", ALIKE)
def test_page_of_a_shared_template_is_clean(page: Page, site: str, watch: PageWatch, address: str, rounds: int):
    """What a template does to readers is seen on another of its pages; the proofs ask each page."""
    opened(page, site + address, 200)
    if rounds == len(WIDTHS):
        assert violations(page) == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert sideways(page) == [], width
    nothing_went_wrong(page, watch, [])


def listed(page: Page) -> list[str]:
    """The addresses of the records in the list."""
    return page.locator("main table.table tbody th[scope=row] a").evaluate_all("all => all.map(a => a.pathname)")


def ask(page: Page, site: str, office: str, role: str) -> None:
    """Fills in the form as a reader would."""
    page.goto(f"{site}/activities/")
    form = page.get_by_role("form", name="Filters")
    if not form.is_visible():
        page.get_by_text("Search and filter", exact=True).click()
    form.get_by_label("Office", exact=True).select_option(office)
    form.get_by_label("Role of the office").select_option(role)
    form.get_by_role("button", name="Apply filters").click()
    page.wait_for_url("**/activities/?*")


def test_form_finds_what_starcom_coordinates(page: Page, site: str, watch: PageWatch):
    ask(page, site, "STARCOM", "coordinating")
    assert "office=STARCOM" in page.url
    assert "role=coordinating" in page.url
    assert "/activities/IPS-A06/" in listed(page)
    assert (watch.console, watch.errors, watch.failed) == ([], [], [])


def test_form_says_that_starcom_leads_nothing(page: Page, site: str, watch: PageWatch):
    ask(page, site, "STARCOM", "lead")
    assert listed(page) == []
    assert page.get_by_text("No record matches.").is_visible()
    assert (watch.console, watch.errors, watch.failed) == ([], [], [])


def test_form_works_without_javascript(browser, site: str, django_db_blocker):
    with django_db_blocker.unblock():
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        ask(page, site, "STARCOM", "coordinating")
        addresses = [link.get_attribute("href") for link in page.locator("main table.table tbody th a").all()]
        context.close()
    assert "/activities/IPS-A06/" in addresses


def test_missing_page_suggests_the_nearest_record(page: Page, site: str):
    page.goto(site + "/offices/training-command/")
    assert page.get_by_role("heading", name="Did you mean").is_visible()
    assert page.locator("main a[href='/offices/STARCOM/']").count() == 1


def test_a_drawing_wider_than_its_box_opens_at_the_newest_years(page: Page, site: str):
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(f"{site}/engagements/")
    left, most = page.locator(".picture").evaluate("box => [box.scrollLeft, box.scrollWidth - box.clientWidth]")
    assert left == most > 0
