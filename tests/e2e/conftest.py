"""What every test in the browser watches for."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import ConsoleMessage, Page, Response

# The browser itself remarks upon the status of a page that was refused on purpose.
REMARK = "Failed to load resource: the server responded with a status of"


@dataclass
class Watch:
    """What went wrong while a page was open."""

    host: str
    console: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(REMARK):
            self.console.append(message.text)

    def asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob", "about") and parts.netloc != self.host:
            self.outside.append(url)

    def answered(self, response: Response) -> None:
        if response.status >= 400:
            self.failed.append(f"{response.status} {urlsplit(response.url).path}")


@pytest.fixture
def watch(page: Page, site: str) -> Iterator[Watch]:
    """The page under watch from before it is opened."""
    seen = Watch(urlsplit(site).netloc)
    page.add_init_script(
        "window.violations = []; document.addEventListener('securitypolicyviolation',"
        " e => window.violations.push(`${e.violatedDirective} ${e.blockedURI} ${e.sourceFile || ''}`));"
    )
    page.on("console", seen.said)
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    page.on("request", lambda request: seen.asked(request.url))
    page.on("response", seen.answered)
    yield seen
    page.close()
