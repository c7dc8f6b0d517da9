"""The pages a reader meets, in a real browser: nothing breaks, nothing calls out, nobody is shut out."""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from .conftest import Watch

MISSING = "/offices/STARCOMM/"
PAGES = {
    "home": "/",
    "office": "/offices/STARCOM/",
    "office that does not stand": "/offices/SFC/",
    "office without a task": "/offices/DTSA/",
    "offices": "/offices/",
    "activity": "/activities/IPS-A06/",
    "activity with two leads": "/activities/IPS-A01/",
    "goal": "/goals/IPS-G2/",
    "line of effort": "/lines-of-effort/IPS-L1/",
    "assignment": "/assignments/ASG1B/",
    "risk register": "/risks/",
    "risk": "/risks/IPS-R2/",
    "mitigation": "/mitigations/IPS-X1/",
    "source": "/sources/SRC-SEED/",
    "conflict": "/conflicts/apss_n/",
    "silence": "/silences/SIL-18/",
    "citation": "/citations/CIT-0229/",
    "partner": "/partners/AUS/",
    "organisation": "/partners/spacefor_jpn/",
    "partners": "/partners/",
    "framework": "/frameworks/mnf_ood/",
    "framework without dates": "/frameworks/fvey/",
    "engagements": "/engagements/",
    "engagement lanes": "/engagements/?lane=partner_region&kind=exercise",
    "engagement": "/engagements/gs2024/",
    "series": "/series/schriever/",
    "whom to ask": "/contacts/",
    "who is named": "/contacts/?partner=AUS&topic=IPS-L1",
    "nobody is named": "/contacts/?partner=ISR&topic=IPS-A16",
    "findings": "/findings/",
    "one finding": "/findings/term-without-definition/",
    "a finding without records": "/findings/record-without-source/",
    "list": "/activities/",
    "filtered list": "/activities/?office=STARCOM&role=coordinating",
    "long list": "/citations/?page=2",
    "matrix": "/matrix/",
    "matrix of all offices": "/matrix/?offices=all&line_of_effort=IPS-L1",
    "matrix as a list": "/matrix/?view=list",
    "matrix, offices down": "/matrix/?view=offices&goal=IPS-G3",
    "matrix of a pair": "/matrix/?rows=goal&columns=line_of_effort",
    "matrix of partners": "/matrix/?rows=partner&columns=line_of_effort",
    "matrix of what is not tied": "/matrix/?rows=partner&columns=goal",
    "matrix refused": "/matrix/?rows=goal&columns=goal",
    "search": "/search/?q=training",
    "trace": "/trace/",
    "trace from an office": "/trace/?focus=STARCOM",
    "trace refused": "/trace/?focus=STARCOMM",
    "search without a hit": "/search/?q=interoprability",
    "read": "/read/",
    "chapter with points": "/read/IPS-CH2/?q=space",
    "chapter with records": "/read/IPS-CH4/",
    "glossary": "/glossary/",
    "compare, one strategy": "/compare/",
    "several records": "/id/NGA",
    "refused": "/activities/?rolle=lead",
    "missing": MISSING,
}
STATUS = {"missing": 404, "refused": 400, "matrix refused": 400, "trace refused": 400, "several records": 300}
WIDTHS = [1280, 390]


def sideways(page: Page) -> list[str]:
    """What sticks out of the window to the right; empty where the page itself does not scroll sideways."""
    return page.evaluate(
        """() => {
            const wide = document.documentElement.clientWidth;
            if (Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) <= wide) return [];
            return ['page', ...[...document.querySelectorAll('body *')]
                .filter(e => e.getBoundingClientRect().right > wide + 1).slice(0, 5)
                .map(e => `${e.tagName.toLowerCase()}.${e.className} ${Math.round(e.getBoundingClientRect().right)}`)];
        }"""
    )


def violations(page: Page) -> list[str]:
    """What axe finds, as rule, impact and the first elements concerned."""
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']} ({rule['impact']}): {[node['target'] for node in rule['nodes'][:4]]} of {len(rule['nodes'])}"
        for rule in found
    ]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_page_is_clean_and_accessible(page: Page, site: str, watch: Watch, name: str, width: int):
    page.set_viewport_size({"width": width, "height": 900})
    response = page.goto(site + PAGES[name], wait_until="networkidle")
    status = STATUS.get(name, 200)
    assert response is not None
    assert response.status == status
    assert page.locator("h1").inner_text().strip()
    assert page.evaluate("window.violations") == []
    assert (watch.console, watch.errors, watch.outside) == ([], [], [])
    assert watch.failed == ([] if status < 400 else [f"{status} {urlsplit(PAGES[name]).path}"])
    assert violations(page) == []
    assert sideways(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_page_does_not_scroll_sideways_at_320(page: Page, site: str, name: str):
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(site + PAGES[name], wait_until="networkidle")
    assert sideways(page) == []


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


def test_form_finds_what_starcom_coordinates(page: Page, site: str, watch: Watch):
    ask(page, site, "STARCOM", "coordinating")
    assert "office=STARCOM" in page.url
    assert "role=coordinating" in page.url
    assert "/activities/IPS-A06/" in listed(page)
    assert (watch.console, watch.errors, watch.failed) == ([], [], [])


def test_form_says_that_starcom_leads_nothing(page: Page, site: str, watch: Watch):
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
