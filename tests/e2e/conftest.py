"""What every test in the browser watches for."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.support.page_checks import PageWatch


@pytest.fixture
def watch(page: Page, site: str) -> Iterator[PageWatch]:
    """The page under watch from before it is opened."""
    seen = PageWatch(urlsplit(site).netloc)
    page.add_init_script(
        "window.violations = []; document.addEventListener('securitypolicyviolation',"
        " e => window.violations.push(`${e.violatedDirective} ${e.blockedURI} ${e.sourceFile || ''}`));"
    )
    page.on("console", seen.on_console)
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    page.on("request", lambda request: seen.on_request(request.url))
    page.on("response", seen.on_response)
    yield seen
    page.close()
