"""What somebody wants to know on a first visit, found by clicking from the first page: three clicks at most.

On a desk with a script, and on a phone without. The answers are those of the shipped content.
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, expect
from pypdf import PdfReader
from pytest_django import DjangoDbBlocker

from lines_of_effort.models import Activity, Assignment
from partners.models import Engagement, Partner
from strategy.models import Strategy
from tests.support.visits import Visit

READERS = [(1280, True), (390, False)]


@pytest.fixture(params=READERS, ids=[f"{w}-{'script' if s else 'plain'}" for w, s in READERS])
def visit(
    request: pytest.FixtureRequest, browser: Browser, site: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[Visit]:
    width, script = request.param
    with django_db_blocker.unblock():
        context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
        yield Visit(context.new_page(), site, width < 600, script)
        context.close()


def test_what_starcom_does(visit: Visit) -> None:
    visit.click("What is my office tasked with?")
    visit.to("/offices/STARCOM/")
    visit.says("No source names an activity that this office leads or supports.")
    expect(visit.main.locator("section[aria-labelledby=role-lead]")).to_have_count(0)
    expect(visit.main.locator("section[aria-labelledby=role-coordinating]")).to_contain_text("IPS-A06")


def test_who_leads_the_mission_area_teams(visit: Visit) -> None:
    visit.click("A02")
    visit.says("Leads", "CSRO", "Chief Strategy and Resource Officer")
    visit.says("No coordinating office named; no supporting office named.")


def test_a_goal_and_its_evidence(visit: Visit) -> None:
    visit.to("/goals/IPS-G2/")
    visit.says("IPS-G2", "Interoperate and share information")
    evidence = visit.main.locator("section[aria-labelledby=evidence]")
    expect(evidence).to_contain_text("Unofficial summary")
    visit.click(evidence.locator('a[href="/sources/SRC-SEED/"]').first)
    visit.heading("International Partnership Strategy (summary page)")


def test_activities_without_a_named_lead(visit: Visit) -> None:
    visit.click("Activities without a named lead")
    expect(visit.main.locator("table.table tbody tr")).to_have_count(Activity.objects.visible().without_lead().count())


def test_why_an_office_does_this(visit: Visit) -> None:
    visit.click("What is my office tasked with?")
    visit.to("/offices/STARCOM/")
    visit.click("Trace this")
    visit.heading("Trace from STARCOM")
    table = visit.main.locator("table.table--links")
    for code in ("IPS-A06", "IPS-L2", "IPS-G2", "IPS-G3"):
        expect(table).to_contain_text(code)


def test_which_risks_threaten_a_goal(visit: Visit) -> None:
    visit.to("/goals/IPS-G2/")
    visit.says("No source links a risk to this goal; these threaten the whole strategy.", "IPS-R2")


def test_the_matrix_of_what_is_looked_for_is_a_link(visit: Visit) -> None:
    visit.click("Who leads this activity?")
    whole = visit.page.url
    visit.to("/matrix/?line_of_effort=IPS-L2")
    item = visit.page.url
    both = {"line_of_effort=IPS-L2", "has_lead=false"}
    visit.click(
        visit.main.locator("a[href*='has_lead=false'][href*='line_of_effort=IPS-L2']").locator("visible=true").first
    )
    assert set(visit.page.url.partition("?")[2].split("&")) == both
    wanted = Activity.objects.visible().without_lead().filter(line_of_effort__code="IPS-L2").count()
    status = visit.page.get_by_role("status").filter(has_text="Showing")
    expect(status).to_contain_text(f"Showing {wanted} of 18")
    visit.page.reload()
    expect(status).to_contain_text(f"Showing {wanted} of 18")
    visit.page.go_back()
    assert visit.page.url == item
    visit.page.go_back()
    assert visit.page.url == whole


def test_the_matrix_as_a_file_has_the_marks_in_view(visit: Visit, tmp_path: Path) -> None:
    visit.click("Who leads this activity?")
    # What is read below does not wait for the page to come.
    visit.heading("Tasking matrix")
    marks = visit.main.locator("table.matrix a.role").evaluate_all("all => all.map(a => a.pathname)")
    file = tmp_path / "matrix.csv"
    visit.download("CSV").save_as(file)
    rows = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))
    assert rows
    assert sorted(f"/activities/{row['activity']}/" for row in rows) == sorted(marks)


def test_citing_a_goal(visit: Visit) -> None:
    visit.to("/goals/IPS-G1/")
    expect(visit.main.locator(".citation-box").last).to_contain_text(f"{visit.site}/goals/IPS-G1/")
    button = visit.main.get_by_role("button", name="Copy citation")
    if not visit.script:
        expect(button).to_be_hidden()
        return
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.click(button)
    expect(visit.page.locator("#announce")).to_have_text("Citation copied")
    assert "/goals/IPS-G1/" in visit.page.evaluate("navigator.clipboard.readText()")


def test_what_create_is(visit: Visit) -> None:
    visit.to("/lines-of-effort/IPS-L1/")
    visit.heading("Create")
    visit.says("take part in Force Design", "SRC-SEED")


def test_whether_a_mitigation_is_given_for_over_classification(visit: Visit) -> None:
    visit.click(visit.main.locator("a.risk").filter(has_text="Over-classification"))
    expect(visit.main).to_contain_text("Exists, contents unknown")
    expect(visit.main).to_contain_text("General aim only")


def test_the_strategy_prints(visit: Visit) -> None:
    """That the whole map is on the first sheet is proved beside, with its marking."""
    button = visit.main.get_by_role("button", name="Print").first
    if not visit.script:
        expect(button).to_be_hidden()
        return
    visit.page.evaluate("window.print = () => { window.printed = true; }")
    visit.click(button)
    assert visit.page.evaluate("window.printed")


def test_opening_chapter_6(visit: Visit) -> None:
    visit.click(visit.main.locator(".rail a").filter(has_text="Risks"))
    visit.heading("Risks")
    visit.click("Read this chapter")
    visit.says("Chapter 6 of 8", "What the official text says here was not available")
    visit.says("What it covers is listed below", "IPS-R1")


def test_what_is_stated_and_what_is_inferred(visit: Visit) -> None:
    visit.click("Why are we doing this?")
    shown = re.search(r"(\d+) links: (\d+) stated, (\d+) inferred", visit.main.inner_text())
    assert shown
    count, stated, inferred = map(int, shown.groups())
    assert (stated + inferred, stated > 0, inferred > 0) == (count, True, True)
    rows = visit.main.locator("table.table--links tbody tr")
    expect(rows).to_have_count(count)
    expect(rows.filter(has=visit.page.locator(".basis--inferred"))).to_have_count(inferred)


def test_whom_to_call_about_space_domain_awareness(visit: Visit) -> None:
    """Those who lead the sharing agreements, and not the nearest office with any role."""
    visit.click("Whom do I talk to?")
    visit.choose("Partner", "Australia (AUS)")
    visit.choose("Topic", "Space domain awareness data (TOP-SDA)")
    visit.submit("Answer")
    visit.heading("Whom does Australia talk to about space domain awareness data?")
    in_short = visit.main.locator("section[aria-labelledby=in-short]")
    expect(in_short).to_contain_text("United States Space Command")
    expect(in_short).not_to_contain_text("STARCOM")
    visit.says("Space Situational Awareness sharing agreements")


def test_one_page_for_a_general(visit: Visit, tmp_path: Path) -> None:
    visit.to("/goals/IPS-G2/")
    visit.to("/goals/IPS-G2/brief/")
    visit.says("Lines of effort that serve it", "No source names:")
    file = tmp_path / "brief.pdf"
    visit.download("PDF, Letter").save_as(file)
    assert len(PdfReader(file).pages) == 1


def test_citing_a_definition_credits_the_document_that_gives_it(visit: Visit) -> None:
    visit.navigate("Glossary")
    visit.click(visit.main.locator("#T18 a[href='/terms/T18/']").first)
    citation = visit.main.locator(".citation-box").last
    expect(citation).to_contain_text("Space Force Doctrine Document 1")
    expect(citation).to_contain_text("not a quotation")
    expect(citation).not_to_contain_text("International Partnership Strategy")


def test_what_changed(visit: Visit) -> None:
    """There is no other edition, and what a record said before is not shown; what was changed last can be listed."""
    assert Strategy.objects.visible().count() == 1
    visit.click("What changed since the last edition?")
    visit.says("Only one strategy is loaded", "what was changed last")
    visit.to("/activities/?ordering=-updated")
    expect(visit.main.locator("table.table tbody tr")).to_have_count(Activity.objects.visible().count())


def test_two_offices_side_by_side(visit: Visit) -> None:
    visit.foot("Compare offices")
    visit.choose("First office", "Space Training and Readiness Command (STARCOM)")
    visit.choose("Second office", "Space Futures Command (SFC)")
    visit.submit("Compare")
    visit.says("IPS-A06", "IPS-A01")


def test_how_many_activities_of_a_goal_have_a_lead(visit: Visit) -> None:
    visit.to("/goals/IPS-G3/")
    led = Activity.objects.visible().filter(goal_links__goal__code="IPS-G3").led().distinct().count()
    visit.to("/activities/?goal=IPS-G3&role=lead")
    expect(visit.main.locator("table.table tbody tr")).to_have_count(led)


def test_offices_in_a_workbook_are_counted_in_numbers(visit: Visit, tmp_path: Path) -> None:
    visit.click("What is my office tasked with?")
    file = tmp_path / "offices.xlsx"
    visit.download("XLSX").save_as(file)
    head, *rows = load_workbook(file).active.iter_rows(values_only=True)
    numbers = [dict(zip(head, row, strict=True))[role] for row in rows for role in ("leads", "coordinates", "supports")]
    assert {type(number) for number in numbers} == {int}
    assert sum(numbers) == Assignment.objects.visible().count()


def test_what_japan_did_in_a_year(visit: Visit) -> None:
    visit.to("/engagements/")
    visit.click(visit.main.locator("details.filter-panel summary"))
    visit.choose("Participant or host", "Japan · JPN")
    visit.main.get_by_label("Start may be on or after").fill("2025")
    visit.main.get_by_label("Start may be on or before").fill("2025")
    visit.submit("Apply filters")
    found = (
        Engagement.objects.visible().of_partner(Partner.objects.get(code="JPN")).filter(start_latest__gte="2025-01-01")
    )
    expected = found.filter(start_earliest__lte="2025-12-31").distinct().count()
    assert expected
    expect(visit.main.locator("table.table tbody tr")).to_have_count(expected)


def test_whether_it_is_official_and_who_made_it(visit: Visit) -> None:
    visit.says("This is not the official text.")
    expect(visit.page.get_by_role("contentinfo")).to_contain_text("Compiled by:")
    visit.click("About the data")
    visit.says("The official text of the strategy was not available to the compilers.")
