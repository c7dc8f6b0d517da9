"""The admin in a real browser: its pages keep to the policy and shut nobody out; tasking can be entered by hand."""

from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Page
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from config.accounts.models import Token
from lines_of_effort.models import Activity, Assignment
from partners.models import Partner
from strategy.models import Citation, Conflict, Office, Source
from tests.support.admin_forms import change_url, url
from tests.support.page_checks import PageWatch, sideways, violations

PASSWORD = "correct horse battery staple"
PAGES: dict[str, Callable[[], str]] = {
    "index": lambda: "/admin/",
    "list": lambda: url(Activity),
    "list with counts": lambda: f"{url(Activity)}?_facets=&lead=without_lead",
    "long list with dates": lambda: url(Source),
    "refused list": lambda: f"{url(Activity)}?foo=1",
    "new activity": lambda: url(Activity, "add"),
    "new conflict": lambda: url(Conflict, "add"),
    "activity": lambda: change_url(Activity.objects.get(code="IPS-A06")),
    "office": lambda: change_url(Office.objects.get(code="STARCOM")),
    "source with many citations": lambda: change_url(Source.objects.get(code="SRC-SEED")),
    "conflict": lambda: change_url(Conflict.objects.all()[0]),
    "citation": lambda: change_url(Citation.objects.all()[0]),
    "partner with many engagements": lambda: change_url(Partner.objects.get(code="USA")),
    "history": lambda: url(Office, "history", Office.objects.get(code="STARCOM").pk),
    "deleting": lambda: url(Activity, "delete", Activity.objects.get(code="IPS-A06").pk),
    "deleting what is needed": lambda: url(Office, "delete", Office.objects.get(code="STARCOM").pk),
    "tokens": lambda: url(Token),
    "new token": lambda: url(Token, "add"),
    "new user": lambda: url(User, "add"),
    "password": lambda: "/admin/password_change/",
    "page of a reader who is signed in": lambda: "/goals/",
}


@pytest.fixture(scope="module")
def session(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The session of an administrator, who is gone when the tests of this file are done."""
    with django_db_blocker.unblock():
        account = User.objects.create_superuser("browser", password=PASSWORD)
        client = Client()
        client.force_login(account)
        yield client.cookies["sessionid"].value
        Session.objects.all().delete()
        User.objects.filter(pk=account.pk).delete()


@pytest.fixture
def editor(page: Page, site: str, session: str) -> Page:
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    page.set_viewport_size({"width": 1280, "height": 900})
    return page


def is_clean(page: Page, watch: PageWatch) -> None:
    assert page.locator("h1").inner_text().strip()
    assert page.evaluate("window.violations") == []
    assert (watch.console, watch.errors, watch.outside) == ([], [], [])
    assert sideways(page) == []
    assert violations(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_page_is_clean_and_accessible(editor: Page, site: str, watch: PageWatch, name: str) -> None:
    response = editor.goto(site + PAGES[name]())
    assert response is not None
    assert response.status == (400 if name == "refused list" else 200)
    assert editor.get_by_label("Marking, top of page").inner_text() == "UNCLASSIFIED"
    is_clean(editor, watch)


@pytest.mark.parametrize("name", ["list", "activity"])
def test_dark_page_is_accessible(editor: Page, site: str, name: str) -> None:
    editor.emulate_media(color_scheme="dark")
    editor.goto(site + PAGES[name]())
    assert violations(editor) == []


@pytest.mark.parametrize("width", [1280, 390])
def test_what_is_edited_is_in_view(editor: Page, site: str, width: int) -> None:
    """Every field of a table stands within the window: a row too wide for it is a card."""
    editor.set_viewport_size({"width": width, "height": 900})
    editor.goto(site + PAGES["activity"]())
    outside = editor.locator(".tabular tr.form-row:not(.empty-form) td").evaluate_all(
        "all => all.filter(e => e.getBoundingClientRect().right > innerWidth).map(e => e.className)"
    )
    assert outside == []
    assert sideways(editor) == []
    assert violations(editor) == []


def test_tasking_is_entered_by_hand(page: Page, live_server: LiveServer, watch: PageWatch) -> None:
    """From an activity's page, a supporting office with its source, in five clicks: a picker takes the Enter key."""
    User.objects.create_superuser("hand", password=PASSWORD)
    page.goto(f"{live_server.url}/sign-in/?next=/activities/IPS-A06/")
    page.get_by_label("Username").fill("hand")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()

    def pick(number: int, text: str) -> None:
        row.locator(".select2-selection").nth(number).click()
        page.locator(".select2-search__field").last.fill(text)
        page.get_by_role("option", name=f"{text} ").first.wait_for()
        page.keyboard.press("Enter")

    page.get_by_role("link", name="Edit this page").click()
    row = page.locator("#assignments-1")
    pick(0, "SFC")
    row.get_by_label("Role").select_option("supporting")
    pick(1, "SRC-SEED")
    assert violations(page) == []
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("was changed successfully").wait_for(timeout=15_000)
    built = Assignment.objects.get(activity__code="IPS-A06", office__code="SFC")
    assert (built.role, built.basis) == ("supporting", "summary")
    assert [citation.source.code for citation in built.citations.all()] == ["SRC-SEED"]
    page.goto(f"{live_server.url}/activities/IPS-A06/")
    assert page.locator("main a[href='/offices/SFC/']").count() >= 1
    assert (watch.errors, page.evaluate("window.violations")) == ([], [])


def test_two_editors_of_one_activity(page: Page, live_server: LiveServer, watch: PageWatch) -> None:
    """The second to save is shown what the first did beside what they typed, at a desk and on a phone."""
    sessions = []
    for name in ("first", "second"):
        client = Client()
        client.force_login(User.objects.create_superuser(name))
        sessions.append(client.cookies["sessionid"].value)
    activity = Activity.objects.get(code="IPS-A06")
    address = live_server.url + change_url(activity)

    def use(session: str) -> None:
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])

    def save() -> None:
        page.get_by_role("button", name="Save", exact=True).click()

    use(sessions[1])
    page.goto(address)
    with page.context.expect_page() as opened:
        page.evaluate("window.open(location.href)")
    other = opened.value
    use(sessions[0])
    other.reload()
    other.get_by_label("Title", exact=False).first.fill("As the first has it")
    other.get_by_label("Reason for this change").fill("As signed")
    other.get_by_role("button", name="Save", exact=True).click()
    other.get_by_text("was changed successfully").wait_for(timeout=15_000)

    use(sessions[1])
    # The token of the form is that of the cookie, which another signing in does not change here.
    page.get_by_label("Title", exact=False).first.fill("As the second has it")
    save()
    page.get_by_text("Changed while you had this page open").wait_for(timeout=15_000)
    assert page.locator("#id_title").input_value() == "As the second has it"
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert (sideways(page), violations(page)) == ([], [])
    save()
    page.get_by_text("was changed successfully").wait_for(timeout=15_000)
    activity.refresh_from_db()
    assert activity.title == "As the second has it"
    assert page.evaluate("window.violations") == []


def test_a_bulk_action_in_its_steps(page: Page, live_server: LiveServer, watch: PageWatch) -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("hand"))
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(live_server.url + url(Activity))
    page.locator("input[name=_selected_action]").first.check()
    page.locator("select[name=action]").select_option("add_supporting_office")
    page.locator("button[name=index]").click()
    page.get_by_role("button", name="Preview").wait_for()
    assert (sideways(page), violations(page)) == ([], [])
    page.locator(".select2-selection").first.click()
    page.locator(".select2-search__field").last.fill("SFC")
    page.get_by_role("option", name="SFC ").first.wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Preview").click()
    page.get_by_text("SFC will support it").wait_for()
    assert (sideways(page), violations(page)) == ([], [])
    page.get_by_role("button", name="Make these changes").click()
    page.get_by_role("link", name="See what was changed").wait_for(timeout=15_000)
    assert (watch.errors, page.evaluate("window.violations")) == ([], [])
