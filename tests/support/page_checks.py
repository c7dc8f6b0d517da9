"""What is asked of any page that a browser shows."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import ConsoleMessage, Page, Response

# The rules of WCAG 2.0 to 2.2, A and AA, and what axe holds to be good practice beyond them.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Those of them that a palette can break.
COLOR_RULES = ["color-contrast", "link-in-text-block"]
# The browser itself remarks upon the status of a page that was refused on purpose.
REMARK = "Failed to load resource: the server responded with a status of"


@dataclass
class PageWatch:
    """What went wrong while a page was open."""

    host: str
    console: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(REMARK):
            self.console.append(message.text)

    def on_request(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob", "about") and parts.netloc != self.host:
            self.outside.append(url)

    def on_response(self, response: Response) -> None:
        if response.status >= 400:
            self.failed.append(f"{response.status} {urlsplit(response.url).path}")


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


def lengthen(page: Page) -> None:
    """Puts a word of 195 letters into every text of the page but the labels whose words are the site's own."""
    page.evaluate(
        """() => {
            const fixed = 'thead, caption, label, legend, summary, button, option, svg, .code, .basis, .known';
            const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
            for (let text = texts.nextNode(); text; text = texts.nextNode()) {
                const words = text.data.trim().split(/\\s+/);
                if (words.length < 3 || text.parentElement.closest(`${fixed}, .no-lead, .hidden-text`)) continue;
                text.data = text.data.replace(words[1], 'W'.repeat(195));
            }
        }"""
    )


def violations(page: Page, rules: list[str] = RULES) -> list[str]:
    """What axe finds, as rule, impact and the first elements concerned."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    result = page.evaluate(
        "rules => axe.run({runOnly: rules, resultTypes: ['violations'], elementRef: false}).then(r => r.violations)",
        rules,
    )
    return [
        f"{rule['id']} ({rule['impact']}): {[node['target'] for node in rule['nodes'][:4]]} of {len(rule['nodes'])}"
        for rule in result
    ]
