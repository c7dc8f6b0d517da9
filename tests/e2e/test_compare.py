"""Two editions side by side in a real browser. The editions are made here, so the content is loaded anew after."""

from typing import Literal

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.support import factories as make
from tests.support.page_checks import sideways, violations

SCHEMES: list[Literal["light", "dark"]] = ["light", "dark"]


@pytest.fixture
def compared(live_server: LiveServer) -> str:
    """A site with two editions that differ in every way."""
    old = make.strategy(code="ED", title="The document", edition="first")
    new = make.strategy(code="ED2", title="The document", edition="second", supersedes=old)
    make.goal(strategy=old, code="ED-G1", title="Share", statement="Share data with allies.")
    make.goal(strategy=new, code="ED2-G1", title="Share", statement="Share all data with allies and industry.")
    make.risk(strategy=old, title="Gone", description="Averyveryverylongwordthatmustnotmakethepagescrollsideways" * 3)
    make.term(strategy=new, term="New")
    lines = [make.line_of_effort(strategy=strategy, title=t) for strategy, t in ((old, "One"), (new, "Two"))]
    for strategy, line in zip((old, new), lines, strict=True):
        activity = make.activity(strategy=strategy, title="Task", line_of_effort=line, line_basis="summary")
        make.assignment(activity=activity)
    return live_server.url


@pytest.mark.django_db(transaction=True)
def test_compared_editions_are_accessible(page: Page, compared: str):
    for address in ("/compare/?a=ED&b=ED2&change=any", "/goals/ED-G1/"):
        page.goto(compared + address)
        for width in (1280, 390, 320):
            page.set_viewport_size({"width": width, "height": 900})
            assert sideways(page) == [], width
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                assert violations(page) == [], (width, scheme)
