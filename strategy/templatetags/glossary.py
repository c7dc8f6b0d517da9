"""Terms in running text, linked to the glossary."""

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ..core.models import CodedModel
from ..glossary.terms_in_text import Linker

register = template.Library()


@register.simple_tag(takes_context=True)
def glossary(context: Any, text: str, record: CodedModel | None = None, section: str = "") -> SafeString:
    """Plain text as HTML, with the first use of each term in a section linked to its entry in the glossary.

    ``record`` is whose text it is: its edition's terms are meant. Calls that name no ``section`` share the page's.
    Everything is escaped, lines stay lines. Not for use inside a link.
    """
    pieces = Linker.of(getattr(context, "request", None)).pieces(str(text or ""), record, section)
    return format_html_join(
        "",
        "{}",
        (
            (format_html('<a class="term" href="{}">{}</a>', gloss.url, piece) if gloss else lines(piece),)
            for piece, gloss in pieces
        ),
    )


def lines(text: str) -> SafeString:
    """The text, escaped, with its line breaks."""
    first, *rest = text.replace("\r\n", "\n").split("\n")
    return format_html("{}", first) + format_html_join("", "<br>{}", ((line,) for line in rest))
