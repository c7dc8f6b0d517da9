"""A reader on a first visit, who finds what is looked for by clicking from the first page."""

import re

from playwright.sync_api import Download, Locator, Page, expect


class Visit:
    """A reader on the first page, who may click three times. What is not to be seen cannot be clicked."""

    def __init__(self, page: Page, site: str, narrow: bool, script: bool) -> None:
        self.page, self.site, self.narrow, self.script, self.clicks = page, site, narrow, script, 0
        page.goto(site + "/")

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def link(self, name: str) -> Locator:
        """The first link in view whose words begin so."""
        pattern = re.compile(rf"^\s*{re.escape(name)}")
        return self.main.get_by_role("link").filter(has_text=pattern).locator("visible=true").first

    def click(self, what: str | Locator) -> None:
        (self.link(what) if isinstance(what, str) else what).click()
        self.clicks += 1
        assert self.clicks <= 3, "that is too far to look for it"

    def to(self, path: str) -> None:
        """A link in view that leads exactly there, wherever it stands on the page."""
        self.click(self.main.locator(f'a[href="{path}"]').locator("visible=true").first)

    def navigate(self, name: str) -> None:
        if self.narrow:
            self.click(self.page.locator("summary", has_text="Menu and search"))
        self.click(self.page.get_by_role("navigation").get_by_role("link", name=name, exact=True).first)

    def foot(self, name: str) -> None:
        self.click(self.page.get_by_role("contentinfo").get_by_role("link", name=name, exact=True))

    def choose(self, label: str, option: str) -> None:
        self.main.get_by_label(label, exact=True).select_option(label=option)

    def submit(self, name: str) -> None:
        self.click(self.main.get_by_role("button", name=name, exact=True))

    def download(self, name: str) -> Download:
        with self.page.expect_download() as result:
            self.click(self.link(name))
        return result.value

    def says(self, *words: str) -> None:
        for word in words:
            expect(self.main).to_contain_text(word)

    def heading(self, words: str) -> None:
        expect(self.page.locator("h1")).to_contain_text(words)
