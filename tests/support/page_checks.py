"""What is asked of any page that a browser shows."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# The rules of WCAG 2.0 to 2.2, A and AA, and what axe holds to be good practice beyond them.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Those of them that a palette can break.
COLOR_RULES = ["color-contrast", "link-in-text-block"]


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


def violations(page: Page, rules: list[str] = RULES) -> list[str]:
    """What axe finds, as rule, impact and the first elements concerned."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(
        "rules => axe.run({runOnly: rules, resultTypes: ['violations'], elementRef: false}).then(r => r.violations)",
        rules,
    )
    return [
        f"{rule['id']} ({rule['impact']}): {[node['target'] for node in rule['nodes'][:4]]} of {len(rule['nodes'])}"
        for rule in found
    ]
