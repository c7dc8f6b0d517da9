"""Read the HTML of an answer as a browser does: its elements, words and links, never the text of its tags.

``main_of(response).one("table.matrix").rows()`` reads the page's own part; ``parse(response)`` reads the whole page.
"""

from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode


def squeeze(text: str) -> str:
    """The words of a text with one space between them."""
    return " ".join(text.split())


class Element:
    """One element of a page; two are equal if they are the same place of the same page."""

    def __init__(self, node: LexborNode):
        self.node = node

    def __repr__(self) -> str:
        return f"<{self.tag} {dict(self.node.attributes)}>"

    def __getitem__(self, attribute: str) -> str:
        """The value of an attribute, which must be there; one without a value is an empty text."""
        return self.node.attributes[attribute] or ""

    def __contains__(self, attribute: str) -> bool:
        return attribute in self.node.attributes

    def get(self, attribute: str) -> str | None:
        return self.node.attributes.get(attribute)

    @property
    def tag(self) -> str:
        return self.node.tag or ""

    @property
    def classes(self) -> set[str]:
        return set((self.get("class") or "").split())

    @property
    def text(self) -> str:
        """The words in it, with one space between them and at the edges of each element."""
        return squeeze(self.node.text(separator=" "))

    @property
    def own_text(self) -> str:
        """The words that stand in it directly, not in an element within."""
        return squeeze(self.node.text(deep=False, separator=" "))

    @property
    def raw_text(self) -> str:
        """The text in it, character by character."""
        return self.node.text()

    @property
    def html(self) -> str:
        return self.node.html or ""

    def all(self, selector: str) -> list["Element"]:
        """The elements within it that a CSS selector names, in their order."""
        return [Element(node) for node in self.node.css(selector) if node.mem_id != self.node.mem_id]

    def has(self, selector: str) -> bool:
        return bool(self.all(selector))

    def one(self, selector: str) -> "Element":
        """The only element within it that a CSS selector names."""
        elements = self.all(selector)
        assert len(elements) == 1, f"{len(elements)} elements are {selector!r}, not one"
        return elements[0]

    def texts(self, selector: str) -> list[str]:
        """The words of each element that a CSS selector names."""
        return [element.text for element in self.all(selector)]

    def values(self, selector: str, attribute: str) -> list[str]:
        """An attribute of each element that a CSS selector names, and that has it: `[href]` names `xlink:href` too."""
        return [element[attribute] for element in self.all(selector) if attribute in element]

    @property
    def hrefs(self) -> list[str]:
        """Where everything within it leads, in its order."""
        return self.values("[href]", "href")

    @property
    def links(self) -> set[str]:
        """Where everything within it leads."""
        return set(self.hrefs)

    @property
    def parent(self) -> "Element":
        assert self.node.parent is not None
        return Element(self.node.parent)

    @property
    def children(self) -> list["Element"]:
        return [Element(node) for node in self.node.iter()]

    def ancestors(self) -> Iterator["Element"]:
        """The elements around it, from the nearest."""
        node = self.node.parent
        while node is not None and node.is_element_node:
            yield Element(node)
            node = node.parent

    def section(self, heading: str) -> "Element":
        """The innermost ``<section>`` whose heading begins with these words."""
        for head in self.all("h2, h3, h4"):
            if f"{head.text} ".startswith(f"{heading} "):
                return next(around for around in head.ancestors() if around.tag == "section")
        raise AssertionError(f"there is no section '{heading}'")


def parse(response: Any) -> Element:
    """The whole page of an answer, or of a text."""
    root = LexborHTMLParser(response if isinstance(response, str) else response.content.decode()).root
    assert root is not None, "there is nothing to read"
    return Element(root)


def main_of(response: Any) -> Element:
    """The page's own part, without what every page has around it."""
    return parse(response).one("main")


def text_of(response: Any) -> str:
    """The words of the page's own part."""
    return main_of(response).text


def links_of(response: Any) -> set[str]:
    """Where the page's own part leads."""
    return main_of(response).links


def row_links(response: Any) -> list[str]:
    """Where the rows of a list page lead, in their order."""
    return [head.hrefs[0] for head in main_of(response).all("th[scope=row]") if head.hrefs]
